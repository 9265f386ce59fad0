import assert from "node:assert";
import { test } from "node:test";
import { spoken, tree } from "../src/outline";
import type { Node } from "../src/outline";
import type { Dossier, Entry, Source } from "../src/protocol";

const range = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 4 } });
const source = (attribution: string): Source => ({ attribution, sentence: "Forty boats left.", location: null, url: null });
const entry = (changes: Partial<Entry>): Entry => ({
  kind: "person",
  name: "Anna Brandvold",
  detail: "harbour engineer",
  mark: "attested",
  places: [range(0)],
  findings: [],
  attested: [],
  ...changes,
});

const dossier: Dossier = {
  version: 1,
  summary: "",
  attested: 1,
  differing: 1,
  new: 1,
  unshown: 0,
  entries: [
    entry({ places: [range(0), range(4)], attested: [{ words: "harbour engineer", evidence: [source("The Courier"), source("Gazette")] }] }),
    entry({ name: "Peter Mara", mark: "new", detail: null }),
    entry({
      kind: "figure",
      name: "50",
      detail: "boats",
      mark: "differs",
      findings: [{ rule: "figure-conflict", severity: "warning", message: "The Courier gives 40", range: range(2), evidence: [source("The Courier"), source("The Courier")] }],
    }),
  ],
};

function labels(nodes: Node[]): unknown[] {
  return nodes.map((node) => (node.type === "group" ? [node.label, node.description, labels(node.children)] : node.type === "entry" ? node.entry.name : node.type));
}

test("groups that have something come in their order, and say how much differs and is new", () => {
  assert.deepStrictEqual(labels(tree(dossier, "all")), [
    ["People", "2, 1 new", ["Anna Brandvold", "Peter Mara"]],
    ["Figures", "1, 1 differing", ["50"]],
  ]);
});

test("a filter leaves groups out that have nothing else", () => {
  assert.deepStrictEqual(labels(tree(dossier, "new")), [["People", "1, 1 new", ["Peter Mara"]]]);
  assert.deepStrictEqual(labels(tree(dossier, "differs")), [["Figures", "1, 1 differing", ["50"]]]);
});

test("below an entry stand what is found, who says so, what is attested and where it is named", () => {
  const [people, figures] = tree(dossier, "all");
  assert(people?.type === "group" && figures?.type === "group");
  const [anna] = people.children;
  const [fifty] = figures.children;
  assert(anna?.type === "entry" && fifty?.type === "entry");
  assert.deepStrictEqual(labels(anna.children), ["attested", "places"]);
  assert.deepStrictEqual(labels(fifty.children), ["finding", "source"]);
  const [attested] = anna.children;
  assert(attested?.type === "attested");
  assert.strictEqual(attested.source?.attribution, "The Courier");
  assert.deepStrictEqual(labels(attested.children), ["source"]);
});

test("a mark is said to those who can't see it", () => {
  assert.strictEqual(spoken(entry({ mark: "new" })), "Anna Brandvold, harbour engineer, new to the archive");
});
