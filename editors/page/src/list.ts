// The findings beside the text, the gravest first, each with its evidence and with what can be done about it.
import type { EditorView } from "@codemirror/view";
import * as desk from "./desk";
import { byId, element, link } from "./dom";
import { SEVERITIES, currentOf, findingsOf } from "./findings";
import type { Finding } from "./findings";
import type { Severity, Source } from "./protocol";

const NAMES: Record<Severity, readonly [string, string]> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  info: ["remark", "remarks"],
  hint: ["hint", "hints"],
};

/** So many sentences are shown; the rest when they are asked for. */
const FIRST_SENTENCES = 2;

export function counted(severity: Severity, count: number): string {
  return `${count} ${NAMES[severity][count === 1 ? 0 : 1]}`;
}

export class FindingList {
  readonly #view: () => EditorView;
  readonly #select: (finding: Finding, from: "list" | "draft") => void;
  readonly #say: (words: string) => void;
  readonly #list = byId<HTMLElement>("findings");
  #shown = "";
  #asked = 0;

  constructor(view: () => EditorView, select: (finding: Finding, from: "list" | "draft") => void, say: (words: string) => void) {
    this.#view = view;
    this.#select = select;
    this.#say = say;
  }

  /** Draws what is found, where that is another: who is reading keeps her place. */
  draw(): void {
    const { state } = this.#view();
    const [findings, current] = [findingsOf(state), currentOf(state)];
    const lines = findings.map(({ from }) => state.doc.lineAt(from).number);
    const now = JSON.stringify([findings.map(({ key, evidence, settled }) => [key, evidence, settled]), lines, state.doc.length > 0]);
    if (now !== this.#shown) {
      this.#shown = now;
      const focused = document.activeElement?.closest<HTMLElement>("li[data-key]")?.dataset["key"];
      const scrolled = this.#list.scrollTop;
      this.#list.replaceChildren(...this.#groups(findings, lines));
      if (findings.length === 0) {
        const words = state.doc.length > 0 ? "Nothing in this draft differs from the sources or from itself." : "Findings stand here once there is a draft.";
        this.#list.append(element("p", { class: "empty" }, words));
      }
      this.#list.scrollTop = scrolled;
      if (focused) this.item(focused)?.querySelector("button")?.focus();
    }
    for (const item of this.#list.querySelectorAll<HTMLElement>("li[data-key]")) {
      const isCurrent = item.dataset["key"] === current?.key;
      if (item.classList.contains("current") === isCurrent && (!isCurrent || item.querySelector(".actions"))) continue;
      item.classList.toggle("current", isCurrent);
      item.querySelector("button")?.setAttribute("aria-expanded", String(isCurrent));
      if (isCurrent && current) void this.#offer(item, current);
      else item.querySelector(".actions")?.remove();
    }
  }

  item(key: string): HTMLElement | undefined {
    return [...this.#list.querySelectorAll<HTMLElement>("li[data-key]")].find((item) => item.dataset["key"] === key);
  }

  #groups(findings: readonly Finding[], lines: readonly number[]): Node[] {
    return SEVERITIES.flatMap((severity) => {
      const own = findings.map((finding, nth) => ({ finding, line: lines[nth] ?? 1 })).filter(({ finding }) => finding.severity === severity);
      if (own.length === 0) return [];
      const list = element("ul", {}, ...own.map(({ finding, line }) => this.#row(finding, line)));
      return [element("h2", { class: severity }, counted(severity, own.length)), list];
    });
  }

  #row(finding: Finding, line: number): HTMLElement {
    const { doc } = this.#view().state;
    const words = doc.sliceString(finding.from, Math.min(finding.to, finding.from + 80)).replace(/\s+/g, " ");
    const open = element(
      "button",
      { type: "button", "aria-expanded": "false", click: () => this.#select(this.#newest(finding), "list") },
      element("span", { class: "where" }, `Line ${line} · ${finding.rule}`),
      words && element("q", {}, words),
      element("span", { class: "message" }, finding.message),
    );
    return element("li", { class: finding.severity, "data-key": finding.key }, open, ...evidence(finding.evidence));
  }

  /** A finding where it stands by now. */
  #newest(finding: Finding): Finding {
    return findingsOf(this.#view().state).find(({ key }) => key === finding.key) ?? finding;
  }

  async #offer(item: HTMLElement, finding: Finding): Promise<void> {
    const asked = ++this.#asked;
    const box = item.querySelector(".actions") ?? element("div", { class: "actions", role: "group", "aria-label": "What can be done" });
    // Before the evidence: who goes by keys comes to it first.
    item.querySelector("button")?.after(box);
    const actions = await desk.actionsFor(this.#view(), this.#newest(finding)).catch(() => undefined);
    if (asked !== this.#asked || !item.isConnected) return;
    if (!actions) {
      box.replaceChildren(element("p", {}, "What can be done can't be told just now."));
      return;
    }
    box.replaceChildren(
      ...actions.map((action) => {
        const settled = action.kind === "fix" && action.preferred && finding.settled;
        const kind = settled ? "settled" : action.kind === "fix" ? "suggested" : undefined;
        return element("button", { type: "button", class: action.kind, click: () => void this.#do(action, finding) }, action.title, kind && element("small", {}, kind));
      }),
      element("button", { type: "button", class: "reveal", click: () => this.#select(this.#newest(finding), "draft") }, "Show in the draft"),
    );
  }

  async #do(action: desk.Action, finding: Finding): Promise<void> {
    const view = this.#view();
    try {
      let isDone = await desk.done(view, action);
      if (!isDone) {
        const again = (await desk.actionsFor(view, this.#newest(finding))).find(({ title }) => title === action.title);
        isDone = again !== undefined && (await desk.done(view, again));
      }
      this.#say(isDone ? `Done: ${action.title}.` : "The draft is another by now; choose again.");
      view.focus();
    } catch (error) {
      this.#say(`That could not be done: ${error instanceof Error ? error.message : String((error as { message?: unknown }).message ?? error)}`);
    }
  }
}

/** Sentences of sources, the first of them at once. */
export function evidence(sources: readonly Source[]): Node[] {
  const quoted = ({ sentence, attribution, url }: Source) => element("blockquote", {}, element("p", {}, sentence), element("cite", {}, link(url, attribution)));
  const more = sources.slice(FIRST_SENTENCES);
  const hidden = more.length > 0 && element("details", {}, element("summary", {}, `${more.length} more`), ...more.map(quoted));
  return [...sources.slice(0, FIRST_SENTENCES).map(quoted), ...(hidden ? [hidden] : [])];
}
