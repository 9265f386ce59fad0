// What the server answers: docs/protocol.md in the repository is the contract.
import type { Diagnostic, Range } from "vscode-languageserver-protocol";

export type Severity = "error" | "warning" | "info" | "hint";

/** A sentence of a source. */
export interface Source {
  attribution: string;
  sentence: string;
  url: string | null;
}

/** A finding as it comes with a draft's version. */
export interface Told extends Diagnostic {
  data?: { evidence: Source[]; settled: boolean };
}

export interface Entry {
  kind: "person" | "place" | "organisation" | "figure" | "quotation";
  name: string;
  detail: string | null;
  mark: "attested" | "differs" | "new";
  places: Range[];
  attested: { words: string; evidence: Source[] }[];
}

/** `copydesk/dossier` */
export interface Dossier {
  summary: string;
  entries: Entry[];
  unshown: number;
}

/** `copydesk/setting` */
export interface Setting {
  against: string;
  remark: string | null;
  problem: string | null;
  builtIn: boolean;
}
