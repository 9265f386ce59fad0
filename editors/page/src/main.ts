// The page: an editor with the findings beside it. Nothing of it is stored, and nothing sent but to the server that it came from.
import { defaultKeymap, history, historyKeymap, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";
import type { ViewUpdate } from "@codemirror/view";
import { cards, closeCard, showCard } from "./cards";
import { Connection, takeToken } from "./connection";
import type { State } from "./connection";
import * as desk from "./desk";
import { byId } from "./dom";
import { DossierPanel } from "./dossier";
import { SEVERITIES, currentOf, findingAt, findingsOf, marked, selected } from "./findings";
import type { Finding } from "./findings";
import { clean, looksLike, taken } from "./intake";
import type { Language } from "./intake";
import { FindingList, counted } from "./list";

const DOSSIER_AFTER_MS = 500;

const status = byId("status");
const notice = byId("notice");
const spoken = byId("spoken");
const format = byId<HTMLSelectElement>("format");
const files = byId<HTMLInputElement>("files");
const buttons = {
  undo: byId<HTMLButtonElement>("undo"),
  redo: byId<HTMLButtonElement>("redo"),
  fixAll: byId<HTMLButtonElement>("fix-all"),
  copy: byId<HTMLButtonElement>("copy"),
};

const language = new Compartment();
let against = "";
let whenDossier: ReturnType<typeof setTimeout> | undefined;

/** Says something to who hears the page. */
function say(words: string): void {
  spoken.textContent = "";
  requestAnimationFrame(() => (spoken.textContent = words));
}

/** Tells something where the person looks; nothing takes it away. */
function tell(words: string, kind: "fault" | "lost" | "remark" = "fault"): void {
  notice.className = kind;
  byId("notice-words").textContent = words;
  byId("again").hidden = kind !== "lost";
  byId("dismiss").hidden = kind === "lost";
  notice.hidden = false;
}

function untell(kind: string): void {
  if (notice.className === kind) notice.hidden = true;
}

const list = new FindingList(() => view, select, (words) => {
  say(words);
  if (!words.startsWith("Done")) tell(words);
});

const dossier = new DossierPanel((line, character) => {
  const at = view.state.doc.line(Math.min(line + 1, view.state.doc.lines));
  view.dispatch({ selection: EditorSelection.cursor(Math.min(at.from + character, at.to)), scrollIntoView: true });
  view.focus();
});

/** Whether the list is below the draft and not beside it: to show the one takes the other out of sight. */
function isNarrow(): boolean {
  return matchMedia("(max-width: 52rem)").matches;
}

/** Makes a finding the one that is looked at, and shows it on both sides. */
function select(finding: Finding, from: "list" | "draft"): void {
  const scroll = from === "list" && isNarrow() ? [] : [EditorView.scrollIntoView(finding.from, { y: "center" })];
  view.dispatch({ selection: EditorSelection.range(finding.to, finding.from), effects: [selected.of(finding.key), ...scroll] });
  follow(finding);
}

/** To the finding after the cursor, or before it; from the last to the first. */
function step(by: 1 | -1): boolean {
  const findings = findingsOf(view.state);
  if (findings.length === 0) {
    say("There are no findings.");
    return true;
  }
  const current = currentOf(view.state);
  const at = view.state.selection.main.from;
  const known = current ? findings.findIndex(({ key }) => key === current.key) : -1;
  const after = findings.findIndex(({ from }) => from > at);
  const before = findings.findLastIndex(({ from }) => from < at);
  const next = known >= 0 ? known + by : by > 0 ? after : before;
  const finding = findings[(next + findings.length) % findings.length] ?? findings[by > 0 ? 0 : findings.length - 1];
  if (!finding) return true;
  select(finding, "draft");
  say(`${finding.severity}: ${finding.message}`);
  return true;
}

/** From the words to what can be done about them. */
function toActions(): boolean {
  const finding = findingAt(view.state, view.state.selection.main.head);
  if (!finding) {
    say("No finding stands here.");
    return true;
  }
  select(finding, "list");
  list.item(finding.key)?.querySelector("button")?.focus();
  return true;
}

function described(): string {
  const findings = findingsOf(view.state);
  const counts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const);
  const words = counts.filter(([, count]) => count > 0).map(([severity, count]) => counted(severity, count));
  const found = view.state.doc.length === 0 ? "no draft yet" : words.length > 0 ? words.join(", ") : "nothing found";
  return against ? `${found} · against ${against}` : found;
}

function updated(update: ViewUpdate): void {
  const hasFindings = update.startState.field(marked) !== update.state.field(marked);
  if (update.docChanged || hasFindings) {
    status.textContent = described();
    buttons.undo.disabled = undoDepth(update.state) === 0;
    buttons.redo.disabled = redoDepth(update.state) === 0;
    buttons.copy.disabled = update.state.doc.length === 0;
    buttons.fixAll.disabled = !findingsOf(update.state).some(({ settled }) => settled);
    clearTimeout(whenDossier);
    whenDossier = setTimeout(() => void dossier.refresh(), DOSSIER_AFTER_MS);
  }
  // Where a person goes, the list follows.
  if (update.selectionSet && update.transactions.some((one) => one.isUserEvent("select"))) {
    const here = findingAt(update.state, update.state.selection.main.head);
    if (here && here.key !== currentOf(update.state)?.key) {
      queueMicrotask(() => {
        view.dispatch({ effects: selected.of(here.key) });
        follow(here);
      });
    }
  }
  if (hasFindings || update.docChanged) requestAnimationFrame(() => {
      list.draw();
      near();
    });
}

/** Where the list is out of sight, below the draft, the finding at the cursor is told at the edge of the screen. */
function near(): void {
  const finding = currentOf(view.state);
  const bar = byId("near");
  bar.hidden = !finding;
  bar.className = finding?.severity ?? "";
  byId("near-words").textContent = finding?.message ?? "";
}

/** Shows a finding in the list; on a phone that would take the draft away from under the person's finger. */
function follow(finding: Finding): void {
  if (!isNarrow()) list.item(finding.key)?.scrollIntoView({ block: "nearest" });
}

function setLanguage(to: Language): void {
  format.value = to;
  view.dispatch({ effects: language.reconfigure(desk.client.plugin(desk.DRAFT, to)) });
}

/** Puts a draft in the place of what is there; undo brings that back. */
function put(text: string, to: Language): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, userEvent: "input.paste", scrollIntoView: true });
  setLanguage(to);
  view.focus();
}

async function takeFile(file: File | undefined): Promise<void> {
  if (!file) return;
  try {
    const { text, format: to } = await taken(file, connection.token);
    put(text, to);
    notice.hidden = true;
    say(`“${file.name}” is here.`);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

const view = new EditorView({
  parent: byId("editor"),
  state: EditorState.create({
    extensions: [
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? ""),
      EditorView.contentAttributes.of({ "aria-label": "Draft", spellcheck: "false", "aria-describedby": "keys", tabindex: "0" }),
      EditorView.lineWrapping,
      highlightSpecialChars(),
      drawSelection(),
      history(),
      placeholder("Paste or type a draft, or drop a file: text, Markdown, HTML or Word"),
      keymap.of([
        { key: "F8", run: () => step(1) },
        { key: "Shift-F8", run: () => step(-1) },
        { key: "Mod-.", run: toActions },
        {
          key: "Mod-i",
          run: (view) => {
            void showCard(view).then((words) => say(words ?? "Nothing is known of what stands here."));
            return true;
          },
        },
        { key: "Escape", run: closeCard },
        ...historyKeymap,
        ...searchKeymap,
        ...defaultKeymap,
      ]),
      EditorView.domEventHandlers({
        drop: (event) => {
          const file = event.dataTransfer?.files[0];
          if (!file) return false;
          event.preventDefault();
          void takeFile(file);
          return true;
        },
        paste: (event, view) => {
          const file = event.clipboardData?.files[0];
          const text = event.clipboardData?.getData("text/plain");
          if (file && !text) {
            event.preventDefault();
            void takeFile(file);
            return true;
          }
          if (text && view.state.doc.length === 0) {
            const to = looksLike(text);
            if (to !== format.value) queueMicrotask(() => setLanguage(to));
          }
          return false;
        },
      }),
      marked,
      cards,
      desk.telling,
      language.of(desk.client.plugin(desk.DRAFT, "markdown")),
      EditorView.updateListener.of(updated),
    ],
  }),
});

function changed(state: State): void {
  document.documentElement.dataset["connection"] = state;
  if (state === "open") untell("lost");
  else if (state === "lost") tell("The connection to copydesk is lost. What you have typed is safe here, and is checked as soon as it is back.", "lost");
  else if (state === "refused") {
    tell("copydesk doesn't know this page: it was started anew, or the address was not the one that it printed. What you have typed is safe here; put the new address into this tab.");
  }
}

const connection = new Connection(
  takeToken(),
  (transport) => {
    if (desk.client.connected) desk.client.disconnect();
    desk.client.connect(transport);
    void desk.client.initializing
      .then(() => desk.setting())
      .then((setting) => {
        against = setting.against;
        status.textContent = described();
        const remark = setting.problem ?? setting.remark;
        if (remark && notice.hidden) tell(`Note: ${remark}`, "remark");
      })
      .catch(() => undefined);
  },
  changed,
);

function show(panel: "findings" | "dossier"): void {
  for (const name of ["findings", "dossier"] as const) {
    byId(name).hidden = name !== panel;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === panel));
    byId(`tab-${name}`).tabIndex = name === panel ? 0 : -1;
  }
  void dossier.refresh();
}

for (const name of ["findings", "dossier"] as const) {
  const tab = byId(`tab-${name}`);
  tab.addEventListener("click", () => show(name));
  tab.addEventListener("keydown", ({ key }) => {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return;
    const other = name === "findings" ? "dossier" : "findings";
    show(other);
    byId(`tab-${other}`).focus();
  });
}
byId("findings").addEventListener("keydown", (event) => {
  if (event.key === "Escape") view.focus();
  else if (event.key === "F8") step(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
});
buttons.undo.addEventListener("click", () => undo(view));
buttons.redo.addEventListener("click", () => redo(view));
buttons.copy.addEventListener("click", () => {
  const text = clean(view.state.doc.toString(), format.value as Language);
  navigator.clipboard.writeText(text).then(
    () => say("The draft is copied, without the marks that let something stand."),
    () => tell("This browser lets no page copy: select the text and copy it yourself."),
  );
});
buttons.fixAll.addEventListener("click", () => {
  void desk
    .fixAll(view)
    .then(async (action) => say(action && (await desk.done(view, action)) ? `Done: ${action.title}.` : "Nothing is settled here."))
    .catch((error: unknown) => tell(`That could not be done: ${String((error as Error).message)}`));
});
byId("near-open").addEventListener("click", () => {
  show("findings");
  const finding = currentOf(view.state);
  const item = finding && list.item(finding.key);
  item?.scrollIntoView({ block: "start" });
  item?.querySelector("button")?.focus({ preventScroll: true });
});
byId("print").addEventListener("click", () => print());
byId("open").addEventListener("click", () => files.click());
files.addEventListener("change", () => {
  void takeFile(files.files?.[0]);
  files.value = "";
});
format.addEventListener("change", () => setLanguage(format.value as Language));
byId("again").addEventListener("click", () => connection.open());
byId("dismiss").addEventListener("click", () => {
  notice.hidden = true;
  view.focus();
});
document.addEventListener("copydesk-says", (event) => tell(String((event as CustomEvent<unknown>).detail), "remark"));
// What is dropped beside the editor is meant for it, and not to take the place of the page.
for (const kind of ["dragover", "drop"] as const) {
  document.addEventListener(kind, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (kind === "drop") void takeFile(event.dataTransfer.files[0]);
  });
}
addEventListener("hashchange", () => {
  if (location.hash.length > 1) connection.renew(takeToken());
});
addEventListener("beforeunload", (event) => {
  if (view.state.doc.length > 0) event.preventDefault();
});

show("findings");
list.draw();
status.textContent = described();
connection.open();
view.focus();
