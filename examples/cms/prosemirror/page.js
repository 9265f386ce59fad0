/** A page with an editor and a list of what differs. Words of drafts and sources are put in as text, never as markup. */

import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { copydeskPlugin, fixed, shown } from "./copydesk.js";

const list = document.querySelector("#findings");
const status = document.querySelector("#status");

async function ask(text) {
  const answer = await fetch("/check", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }) });
  const report = await answer.json();
  if (!answer.ok) throw new Error(report.error);
  return report;
}

function element(name, words, ...children) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  made.append(...children);
  return made;
}

function show(view) {
  const { findings, fault } = shown(view.state);
  status.textContent = fault ?? (findings.length === 0 ? "Nothing differs, as far as the sources speak of it." : `${findings.length} to look at`);
  list.replaceChildren(
    ...findings.map((finding) => {
      const item = element("li", null, element("strong", finding.text), element("p", finding.message));
      for (const { outlet, source, published, text } of finding.evidence) {
        const from = [outlet ?? source.split("/").pop(), published].filter(Boolean).join(", ");
        item.append(element("blockquote", null, element("p", text), element("cite", from)));
      }
      finding.fixes.forEach((fix, index) => {
        const button = element("button", fix.title);
        button.type = "button";
        button.addEventListener("click", () => {
          view.dispatch(fixed(view.state, finding, index));
          view.focus();
        });
        item.append(button);
      });
      return item;
    }),
  );
}

const state = EditorState.create({
  schema,
  plugins: [history(), keymap({ "Mod-z": undo, "Mod-y": redo }), keymap(baseKeymap), copydeskPlugin({ ask, onChange: show })],
});
new EditorView(document.querySelector("#editor"), { state, attributes: { "aria-label": "Draft", role: "textbox", "aria-multiline": "true" } });
