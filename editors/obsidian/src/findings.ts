// From what `copydesk lint --format json` prints to what stands in a note. Knows nothing of Obsidian, so that it can be tested alone.

interface Position {
  /** Bytes of UTF-8. */
  offset: number;
}

interface Edit {
  start: Position;
  end: Position;
  text: string;
}

interface Printed {
  findings: {
    rule: string;
    severity: "error" | "warning" | "info" | "hint";
    start: Position;
    end: Position;
    message: string;
    evidence: { source: string; outlet: string | null; published: string | null; text: string }[];
    fixes: { title: string; edits: Edit[] }[];
  }[];
}

/** A place of the note, as an editor of JavaScript counts. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

export interface Finding {
  from: number;
  to: number;
  severity: "error" | "warning" | "info" | "hint";
  rule: string;
  message: string;
  /** `The Courier, 2024-03-05: “…”` */
  evidence: string[];
  fixes: { title: string; changes: Change[] }[];
}

const EVIDENCE_SHOWN = 3;

export function findingsOf(json: string, note: string): Finding[] {
  const { findings } = JSON.parse(json) as Printed;
  const at = places(note);
  return findings.map(({ start, end, severity, rule, message, evidence, fixes }) => ({
    from: at(start.offset),
    to: at(end.offset),
    severity,
    rule,
    message,
    evidence: evidence.slice(0, EVIDENCE_SHOWN).map(({ outlet, source, published, text }) => `${[outlet ?? source, published].filter(Boolean).join(", ")}: “${text}”`),
    fixes: fixes.map(({ title, edits }) => ({ title, changes: edits.map((edit) => ({ from: at(edit.start.offset), to: at(edit.end.offset), insert: edit.text })) })),
  }));
}

/** Where a byte of the note's UTF-8 stands in its string. */
function places(note: string): (offset: number) => number {
  const bytes = new TextEncoder().encode(note);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return (offset) => decoder.decode(bytes.subarray(0, offset)).length;
}
