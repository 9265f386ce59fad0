// A dossier as a tree: groups, what is in them, and what is known of each. Knows nothing of VS Code, so that it can be tested alone.
import type { Range } from "vscode-languageserver-protocol";
import type { Attested, Dossier, Entry, EntryKind, Finding, Mark, Source } from "./protocol";

export type Filter = "all" | Mark;

export type Node =
  | { type: "group"; kind: EntryKind; label: string; description: string; children: Node[] }
  | { type: "entry"; entry: Entry; nth: number; children: Node[] }
  | { type: "finding"; finding: Finding }
  | { type: "attested"; attested: Attested; source: Source | undefined; children: Node[] }
  | { type: "source"; source: Source }
  | { type: "places"; label: string; children: Node[] }
  | { type: "place"; range: Range };

const GROUPS: [EntryKind, string][] = [
  ["person", "People"],
  ["place", "Places"],
  ["organisation", "Bodies"],
  ["figure", "Figures"],
  ["quotation", "Quotations"],
];

export const FILTERS: [Filter, string, string][] = [
  ["all", "Everything", "all that the draft says"],
  ["differs", "What differs", "from the archive or within the draft"],
  ["new", "What is new", "no source has it"],
  ["attested", "What is attested", "a source has it"],
];

/** The groups that have something to show. */
export function tree(dossier: Dossier, filter: Filter): Node[] {
  return GROUPS.flatMap(([kind, label]): Node[] => {
    const entries = dossier.entries.filter((entry) => entry.kind === kind && (filter === "all" || entry.mark === filter));
    if (entries.length === 0) return [];
    const nth = (at: number): number => entries.slice(0, at).filter(({ name }) => name === entries[at]?.name).length;
    return [{ type: "group", kind, label, description: counted(entries), children: entries.map((entry, at) => entryNode(entry, nth(at))) }];
  });
}

function counted(entries: Entry[]): string {
  const differing = entries.filter((entry) => entry.mark === "differs").length;
  const added = entries.filter((entry) => entry.mark === "new").length;
  return [String(entries.length), differing > 0 && `${differing} differing`, added > 0 && `${added} new`].filter(Boolean).join(", ");
}

/** `nth` tells entries of one name apart: the same figure may stand in a draft twice. */
function entryNode(entry: Entry, nth: number): Node {
  const findings = entry.findings.map((finding): Node => ({ type: "finding", finding }));
  const evidence = distinctSources(entry.findings.flatMap((finding) => finding.evidence)).map((source): Node => ({ type: "source", source }));
  const attested = entry.attested.map((attested): Node => {
    const [first, ...others] = attested.evidence;
    return { type: "attested", attested, source: first, children: others.map((source) => ({ type: "source", source })) };
  });
  const places: Node[] =
    entry.places.length > 1
      ? [{ type: "places", label: `${entry.places.length} mentions`, children: entry.places.map((range) => ({ type: "place", range })) }]
      : [];
  return { type: "entry", entry, nth, children: [...findings, ...evidence, ...attested, ...places] };
}

function distinctSources(sources: Source[]): Source[] {
  return sources.filter((source, at) => sources.findIndex((other) => other.sentence === source.sentence && other.attribution === source.attribution) === at);
}

/** What is said of an entry to somebody who can't see its icon. */
export function spoken({ name, detail, mark }: Entry): string {
  const marks: Record<Mark, string> = { attested: "attested by the archive", differs: "differs", new: "new to the archive" };
  return [name, detail, marks[mark]].filter(Boolean).join(", ");
}
