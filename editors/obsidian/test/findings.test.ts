// Against the program itself where COPYDESK names it, as .ci/run does.
import assert from "node:assert";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import { findingsOf } from "../src/findings";
import { locate, program } from "../src/program";

const vault = mkdtempSync(path.join(tmpdir(), "copydesk-vault-"));
after(() => rmSync(vault, { recursive: true }));
mkdirSync(path.join(vault, "archive"));
const sentence = "Harbour engineer Anna Brandvold opened the dam.\n";
writeFileSync(path.join(vault, "archive/one.md"), sentence);
writeFileSync(path.join(vault, "archive/two.md"), sentence);
writeFileSync(path.join(vault, "copydesk.toml"), 'corpus = ["archive"]\n');

const NOTE = "😀 É: The engineer Anna Brandvodl left.\n";

test("findings stand at their words, whatever stands before them, and a fix puts them right", async () => {
  const command = process.env["COPYDESK"];
  assert(command, "COPYDESK has to name the program");
  const [finding, ...others] = findingsOf(await program(command, vault).lint(NOTE, "note.md"), NOTE);
  assert(finding);
  assert.deepStrictEqual(others, []);
  assert.strictEqual(NOTE.slice(finding.from, finding.to), "Brandvodl");
  assert.strictEqual(finding.rule, "name-misspelled");
  assert.match(finding.message, /“Brandvold”; the draft has “Brandvodl”/);
  assert(finding.evidence.every((one) => one.endsWith(`“${sentence.trim()}”`)), finding.evidence.join("\n"));
  const [fix] = finding.fixes;
  const [change] = fix?.changes ?? [];
  assert(change);
  assert.strictEqual(NOTE.slice(0, change.from) + change.insert + NOTE.slice(change.to), NOTE.replace("Brandvodl", "Brandvold"));
});

test("who somebody is comes in words, and a name like an option is a name", async () => {
  const asked = program(process.env["COPYDESK"] ?? "", vault);
  assert.match(await asked.who("Brandvold"), /^Anna Brandvold \(person\), in 2 sources/);
  assert.match(await asked.who("--help"), /none of 2 sources/);
});

test("a configuration that is faulty is told in its own words", async () => {
  const faulty = path.join(vault, "faulty");
  mkdirSync(faulty);
  writeFileSync(path.join(faulty, "copydesk.toml"), "rules = 3\n");
  await assert.rejects(program(process.env["COPYDESK"] ?? "", faulty).lint(NOTE, "note.md"), /copydesk\.toml: line 1/);
});

test("a program is looked for on the PATH and where cargo puts it, and one that is chosen has to be there", () => {
  const home = path.join(vault, "home");
  const cargo = path.join(home, ".cargo/bin");
  mkdirSync(cargo, { recursive: true });
  const own = path.join(cargo, "copydesk");
  writeFileSync(own, "");
  chmodSync(own, 0o755);
  assert.strictEqual(locate(null, { PATH: "" }, home), own);
  assert.strictEqual(locate(path.join(home, "gone"), { PATH: "" }, home), undefined);
  assert.strictEqual(locate(own, {}, home), own);
});
