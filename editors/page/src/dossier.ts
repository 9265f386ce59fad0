// The dossier: whom and what the draft names, with what the archive has on each.
import * as desk from "./desk";
import { byId, element } from "./dom";
import { evidence } from "./list";
import type { Dossier, Entry } from "./protocol";

const KINDS: readonly (readonly [Entry["kind"], string])[] = [
  ["person", "People"],
  ["place", "Places"],
  ["organisation", "Organisations"],
  ["figure", "Figures"],
  ["quotation", "Quotations"],
];

const MARKS: Record<Entry["mark"], string> = { attested: "attested", differs: "differs", new: "new to the archive" };

export class DossierPanel {
  readonly #reveal: (line: number, character: number) => void;
  readonly #panel = byId<HTMLElement>("dossier");
  #shown = "";
  #asked = 0;

  constructor(reveal: (line: number, character: number) => void) {
    this.#reveal = reveal;
  }

  async refresh(): Promise<void> {
    if (this.#panel.hidden) return;
    const asked = ++this.#asked;
    const dossier = await desk.dossier().catch(() => null);
    if (asked !== this.#asked || !dossier) return;
    const now = JSON.stringify(dossier);
    if (now === this.#shown) return;
    this.#shown = now;
    const open = new Set([...this.#panel.querySelectorAll<HTMLDetailsElement>("details.entry[open]")].map(({ dataset }) => dataset["key"]));
    this.#panel.replaceChildren(element("p", { class: "empty" }, inWords(dossier)), ...this.#groups(dossier, open));
  }

  #groups({ entries }: Dossier, open: ReadonlySet<string | undefined>): Node[] {
    return KINDS.flatMap(([kind, label]) => {
      const own = entries.filter((entry) => entry.kind === kind);
      if (own.length === 0) return [];
      return [element("h2", {}, `${label} `, element("small", {}, String(own.length))), ...own.map((entry) => this.#entry(entry, open))];
    });
  }

  #entry(entry: Entry, open: ReadonlySet<string | undefined>): HTMLElement {
    const key = `${entry.kind} ${entry.name}`;
    const places = entry.places.map(({ start }) =>
      element("button", { type: "button", class: "place", click: () => this.#reveal(start.line, start.character) }, `line ${start.line + 1}`),
    );
    return element(
      "details",
      { class: `entry ${entry.mark}`, "data-key": key, open: open.has(key) },
      element("summary", {}, element("b", {}, entry.name), entry.detail && `, ${entry.detail}`, " ", element("small", {}, MARKS[entry.mark])),
      element("p", { class: "places" }, "In the draft: ", ...places.flatMap((place, nth) => (nth ? [" ", place] : [place]))),
      ...entry.attested.flatMap((one) => [element("p", { class: "words" }, one.words), ...evidence(one.evidence)]),
    );
  }
}

function inWords({ summary, entries, unshown }: Dossier): string {
  if (entries.length === 0) return "There is nothing in this draft that the archive could speak to.";
  const words = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}`;
  return unshown > 0 ? `${words}; the first ${entries.length} are listed.` : `${words}.`;
}
