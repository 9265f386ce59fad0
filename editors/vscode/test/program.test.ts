import assert from "node:assert";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { runProgram } from "../src/program";

const folder = realpathSync(tmpdir());
const script = (code: string, signal?: AbortSignal) => runProgram(process.execPath, ["-e", code], folder, signal);

test("what is written is the report, without its last break, and the folder is the one that is given", async () => {
  assert.deepStrictEqual(await script("console.log(process.cwd())"), { status: 0, report: folder, reason: "" });
});

test("a status of its own is kept, with what it has written", async () => {
  const { status, report } = await script("console.log('one disagreement'); process.exitCode = 1");
  assert.deepStrictEqual([status, report], [1, "one disagreement"]);
});

test("the reason is the program's own words, without its name", async () => {
  const { status, reason } = await script("console.error('copydesk: archive: there is no archive in archive'); process.exitCode = 2");
  assert.deepStrictEqual([status, reason], [2, "archive: there is no archive in archive"]);
});

test("a program that can't be started has failed, and says why", async () => {
  const { status, reason } = await runProgram("/no/such/program", [], folder);
  assert.strictEqual(status, 2);
  assert.match(reason, /ENOENT/);
});

test("one that is called off ends at once, and has failed", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 200);
  const started = Date.now();
  const { status } = await script("setTimeout(() => {}, 60_000)", controller.signal);
  assert.strictEqual(status, 2);
  assert(Date.now() - started < 30_000);
});
