import assert from "node:assert";
import { test } from "node:test";
import { placesIn } from "../src/report";

const named = (line: string) => placesIn(line).map(({ path, line, column }) => [path, line, column]);

test("each place of a report is found at its words, and nothing else is", () => {
  const lines = [
    "warning[name-misspelled]: 2 sources, The Courier 1, The Post 1",
    "  1 source (last: The Courier, 5 March 2024) spells this name “Solvang”; this article has “Sollvang”",
    "    “Sollvang”: The Post, 4 March 2024 (archive/b.md:12:37)",
    "      “Mayor Anja Sollvang came (at 10:30:00).”",
    "    otherwise: The Courier, 5 March 2024 (archive/a.md:1:7)",
    "",
    "5 sources held against each other: 1 disagreement (name-misspelled 1)",
  ];
  const places = placesIn(lines.join("\n"));
  assert.deepStrictEqual(places.map(({ at }) => lines[at.line]?.slice(at.from, at.to)), ["archive/b.md:12:37", "archive/a.md:1:7"]);
  assert.deepStrictEqual(places[0], { at: { line: 2, from: 40, to: 58 }, path: "archive/b.md", line: 12, column: 37 });
});

test("an article of many in a file leads to the file", () => {
  assert.deepStrictEqual(named("    otherwise: The Post (archive/a.jsonl#L2:2:37)"), [["archive/a.jsonl", 2, 37]]);
  assert.deepStrictEqual(named("    otherwise: The Post (archive/feed.xml#https://post.example/1#top:2:37)"), [["archive/feed.xml", 2, 37]]);
  assert.deepStrictEqual(named("    otherwise: The Post (archive/no #3.md:2:37)"), [["archive/no #3.md", 2, 37]]);
});

test("a path may have brackets, blanks and a drive", () => {
  assert.deepStrictEqual(named("    otherwise: The Post (Oslo), 4 March 2024 (old (2023)/a b.md:1:7)"), [["old (2023)/a b.md", 1, 7]]);
  assert.deepStrictEqual(named(String.raw`    otherwise: The Post (C:\desk\a.md:1:7)`), [[String.raw`C:\desk\a.md`, 1, 7]]);
});

test("what is in no file is no place", () => {
  assert.deepStrictEqual(named("    otherwise: The Post (https://post.example/1:1:7)"), []);
});
