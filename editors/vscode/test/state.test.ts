import assert from "node:assert";
import { test } from "node:test";
import { shown } from "../src/state";
import type { State } from "../src/state";

const running = (state: "loading" | "ready" | "failed", sources: number | null, message: string | null) =>
  shown({ kind: "running", version: "0.1.0", archive: { state, sources, message } });

test("the archive is counted once it is read", () => {
  assert.strictEqual(running("loading", null, null).text, "$(sync~spin) copydesk: reading sources");
  assert.strictEqual(running("ready", 1, null).text, "$(check) copydesk: 1 source");
  assert.strictEqual(running("ready", 3000, null).detail, "Running, with 3,000 sources. Version 0.1.0.");
  assert.strictEqual(running("ready", 5, "checked against 5 sources").detail, "Running, with 5 sources. Checked against 5 sources. Version 0.1.0.");
});

test("of several configurations that of the draft in front counts", () => {
  const setting = { configuration: null, stylebook: null, baseline: null, corpus: [], sources: 5, builtIn: true, against: "5 sources", remark: "checked against 5 sources", problem: null };
  const state: State = { kind: "running", version: undefined, archive: { state: "ready", sources: 3000, message: "another draft's" } };
  assert.strictEqual(shown(state, setting).text, "$(check) copydesk: 5 sources (demonstration)");
  assert.strictEqual(shown(state, setting).detail, "Running, with 5 sources (demonstration). Checked against 5 sources.");
  assert.deepStrictEqual(shown(state, { ...setting, problem: "line 3: unknown key" }).alarm, "warning");
});

test("what went wrong is said in its own words", () => {
  const archive = running("failed", null, "/desk/copydesk.toml: line 3: unknown key");
  assert.deepStrictEqual([archive.alarm, archive.detail], ["warning", "/desk/copydesk.toml: line 3: unknown key"]);
  assert.strictEqual(shown({ kind: "failed", message: "There is no program" }).alarm, "error");
});

test("at rest it says why", () => {
  assert.match(shown({ kind: "off" }).detail, /copydesk\.enable/);
  assert.match(shown({ kind: "stopped" }).detail, /stopped/);
  assert.strictEqual(shown({ kind: "starting" }).busy, true);
});
