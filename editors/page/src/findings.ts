// The findings as the editor keeps them: marks in the text that move with it until the server tells of the next version.
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Text } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import type { Severity, Source, Told } from "./protocol";

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

export interface Finding {
  from: number;
  to: number;
  severity: Severity;
  rule: string;
  message: string;
  evidence: readonly Source[];
  /** Whether one replacement is clearly meant and settled. */
  settled: boolean;
  /** By which it is known again in the next version. */
  key: string;
}

interface Marked {
  findings: readonly Finding[];
  current: string | undefined;
  marks: DecorationSet;
}

export const told = StateEffect.define<readonly Finding[]>();
export const selected = StateEffect.define<string | undefined>();

/** What the server tells of a version of the draft, at its places in that. */
export function understood(items: readonly Told[], doc: Text, place: (position: Told["range"]["start"]) => number): Finding[] {
  const seen = new Map<string, number>();
  const findings = items.map((item): Omit<Finding, "key"> => {
    const from = Math.min(place(item.range.start), doc.length);
    return {
      from,
      to: Math.min(Math.max(place(item.range.end), from), doc.length),
      severity: SEVERITIES[(item.severity ?? 1) - 1] ?? "hint",
      rule: String(item.code ?? ""),
      message: item.message,
      evidence: item.data?.evidence ?? [],
      settled: item.data?.settled ?? false,
    };
  });
  findings.sort((one, other) => one.from - other.from || one.to - other.to);
  return findings.map((finding) => {
    const alike = `${finding.rule}\n${doc.sliceString(finding.from, finding.to)}\n${finding.message}`;
    const nth = seen.get(alike) ?? 0;
    seen.set(alike, nth + 1);
    return { ...finding, key: `${alike}\n${nth}` };
  });
}

function marksOf(findings: readonly Finding[], current: string | undefined): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to, severity, key } of findings) {
    if (from < to) marks.add(from, to, Decoration.mark({ tagName: "mark", class: `finding ${severity}${key === current ? " current" : ""}` }));
  }
  return marks.finish();
}

export const marked = StateField.define<Marked>({
  create: () => ({ findings: [], current: undefined, marks: Decoration.none }),
  update(value, transaction) {
    let { findings, current, marks } = value;
    if (transaction.docChanged) {
      const { changes } = transaction;
      findings = findings.map((finding) => ({ ...finding, from: changes.mapPos(finding.from, 1), to: changes.mapPos(finding.to, -1) }));
      findings = findings.filter(({ from, to }) => from <= to);
      marks = marks.map(changes);
    }
    let isAnother = false;
    for (const effect of transaction.effects) {
      if (effect.is(told)) findings = effect.value;
      else if (effect.is(selected)) current = effect.value;
      else continue;
      isAnother = true;
    }
    if (isAnother) marks = marksOf(findings, current);
    return isAnother || transaction.docChanged ? { findings, current, marks } : value;
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

export function findingsOf(state: EditorState): readonly Finding[] {
  return state.field(marked).findings;
}

export function currentOf(state: EditorState): Finding | undefined {
  const { findings, current } = state.field(marked);
  return findings.find(({ key }) => key === current);
}

/** The finding whose words the cursor touches; the shortest, where there are several. */
export function findingAt(state: EditorState, at: number): Finding | undefined {
  const here = findingsOf(state).filter(({ from, to }) => from <= at && at <= to);
  return here.sort((one, other) => one.to - one.from - (other.to - other.from))[0];
}
