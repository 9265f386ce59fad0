// Hover cards: who or what stands under the pointer, or under the cursor where a person asks by key.
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, showTooltip } from "@codemirror/view";
import type { Tooltip } from "@codemirror/view";
import * as desk from "./desk";
import { element } from "./dom";
import { shown } from "./markdown";

const HOVER_MS = 250;

const asked = StateEffect.define<Tooltip | null>();

function card(markdown: string, from: number, to: number): Tooltip {
  return { pos: from, end: to, above: true, create: () => ({ dom: element("div", { class: "card", role: "note" }, shown(markdown)) }) };
}

const underCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(asked)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows the card of what the cursor stands on; its words, for who hears them. */
export async function showCard(view: EditorView): Promise<string | undefined> {
  const found = await desk.hover(view, view.state.selection.main.head);
  if (!found) return undefined;
  view.dispatch({ effects: asked.of(card(found.markdown, found.from, found.to)) });
  return shown(found.markdown).textContent ?? "";
}

export function closeCard(view: EditorView): boolean {
  if (!view.state.field(underCursor)) return false;
  view.dispatch({ effects: asked.of(null) });
  return true;
}

export const cards = [
  underCursor,
  EditorView.focusChangeEffect.of((_, isFocused) => (isFocused ? null : asked.of(null))),
  hoverTooltip(
    async (view, at) => {
      const found = await desk.hover(view, at).catch(() => undefined);
      return found ? card(found.markdown, found.from, found.to) : null;
    },
    { hoverTime: HOVER_MS },
  ),
];
