// What the server answers beyond the protocol: docs/protocol.md in the repository is the contract.
import type { Location, Range } from "vscode-languageserver-protocol";

export type EntryKind = "person" | "place" | "organisation" | "figure" | "quotation";
export type Mark = "attested" | "differs" | "new";

/** A sentence of a source. */
export interface Source {
  attribution: string;
  sentence: string;
  location: Location | null;
  url: string | null;
}

export interface Attested {
  words: string;
  evidence: Source[];
}

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "info" | "hint";
  message: string;
  range: Range;
  evidence: Source[];
}

export interface Entry {
  kind: EntryKind;
  name: string;
  detail: string | null;
  mark: Mark;
  places: Range[];
  findings: Finding[];
  attested: Attested[];
}

/** `copydesk/dossier` */
export interface Dossier {
  version: number;
  summary: string;
  attested: number;
  differing: number;
  new: number;
  entries: Entry[];
  unshown: number;
}

/** `copydesk/who` */
export interface Who {
  markdown: string;
  records: { kind: EntryKind; name: string; sources: number; attested: Attested[] }[];
  unshown: number;
  near: string[];
  against: string;
}

/** `copydesk/setting` */
export interface Setting {
  configuration: string | null;
  stylebook: string | null;
  baseline: string | null;
  corpus: string[];
  sources: number;
  builtIn: boolean;
  against: string;
  remark: string | null;
  problem: string | null;
}

/** `copydesk/check` */
export interface Count {
  drafts: number;
  errors: number;
  warnings: number;
  infos: number;
  hints: number;
}

/** `copydesk/rules` */
export interface Rule {
  name: string;
  severity: string;
  summary: string;
  page: string | null;
}

/** `copydesk/status`, sent by the server. */
export interface Status {
  state: "loading" | "ready" | "failed";
  sources: number | null;
  message: string | null;
}
