/**
 * A ProseMirror plugin that shows what copydesk finds, as decorations. It asks `ask(text)` once nobody has typed for a moment, which answers
 * with the JSON of `copydesk lint --format json`: the page's own server asks, so that the token never comes here.
 */

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export const copydesk = new PluginKey("copydesk");

/** The document as plain text, a paragraph a block, and the way back from a byte of it to the document. */
export function textOf(doc) {
  const encoder = new TextEncoder();
  const pieces = [];
  let text = "";
  let bytes = 0;
  const add = (words, position) => {
    const length = encoder.encode(words).length;
    if (position !== null) pieces.push({ from: bytes, to: bytes + length, position, words });
    text += words;
    bytes += length;
  };
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    if (text) add("\n\n", null);
    node.forEach((child, offset) => add(child.isText ? child.text.replace(/\n/g, " ") : " ", position + 1 + offset));
    return false;
  });
  const positionOf = (byte, isEnd) => {
    const piece = pieces.find(({ from, to }) => (isEnd ? from < byte && byte <= to : from <= byte && byte < to));
    if (!piece) return null;
    // Positions count as JavaScript does, offsets as UTF-8.
    const before = new TextDecoder().decode(encoder.encode(piece.words).slice(0, byte - piece.from));
    return piece.position + before.length;
  };
  return { text, positionOf };
}

/** Findings with their places in the document; what has none there is left out. */
export function placed(findings, positionOf) {
  const range = ({ start, end }) => ({ from: positionOf(start.offset, false), to: positionOf(end.offset, true) });
  const edits = (fix) => fix.edits.map((edit) => ({ ...range(edit), text: edit.text }));
  return findings
    .map((finding) => ({ ...finding, ...range(finding), fixes: finding.fixes.map((fix) => ({ ...fix, edits: edits(fix) })) }))
    .filter(({ from, to }) => from !== null && to !== null && from < to);
}

function decorated(doc, findings) {
  const mark = ({ from, to, severity, message, fingerprint }) =>
    Decoration.inline(from, to, { class: `copydesk ${severity}`, title: message }, { fingerprint });
  return DecorationSet.create(doc, findings.map(mark));
}

/** What is shown now: the findings of the last answer, those left out whose words have changed since. */
export function shown(state) {
  const { marks, findings, fault } = copydesk.getState(state);
  const here = marks.find().map((mark) => {
    const finding = findings.get(mark.spec.fingerprint);
    return { ...finding, from: mark.from, to: mark.to };
  });
  return { findings: here.filter(({ from, to, text }) => state.doc.textBetween(from, to) === text), fault };
}

/** Makes a fix, unless its words have changed since. */
export function fixed(state, { from, fixes }, index = 0) {
  const original = copydesk.getState(state).findings;
  const finding = [...original.values()].find((one) => one.fixes.includes(fixes[index]));
  const moved = from - finding.from;
  const transaction = state.tr;
  for (const edit of [...fixes[index].edits].sort((one, other) => other.from - one.from)) {
    transaction.insertText(edit.text, edit.from + moved, edit.to + moved);
  }
  return transaction;
}

export function copydeskPlugin({ ask, delay = 500, onChange = () => {} }) {
  return new Plugin({
    key: copydesk,
    state: {
      init: () => ({ marks: DecorationSet.empty, findings: new Map(), fault: null }),
      apply(transaction, before) {
        const answer = transaction.getMeta(copydesk);
        if (answer) return answer;
        return { ...before, marks: before.marks.map(transaction.mapping, transaction.doc) };
      },
    },
    props: {
      decorations: (state) => copydesk.getState(state).marks,
    },
    view(view) {
      let timer = null;
      let version = 0;
      const check = async () => {
        const asked = ++version;
        const { doc } = view.state;
        const { text, positionOf } = textOf(doc);
        let answer;
        try {
          const findings = placed((await ask(text)).findings, positionOf);
          answer = { marks: decorated(doc, findings), findings: new Map(findings.map((one) => [one.fingerprint, one])), fault: null };
        } catch (error) {
          answer = { ...copydesk.getState(view.state), fault: error.message };
        }
        // What was typed meanwhile is asked about next.
        if (asked === version && view.state.doc.eq(doc)) view.dispatch(view.state.tr.setMeta(copydesk, answer));
      };
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(check, delay);
      };
      later();
      return {
        update(_, before) {
          if (!before.doc.eq(view.state.doc)) later();
          onChange(view);
        },
        destroy() {
          version++;
          clearTimeout(timer);
        },
      };
    },
  });
}
