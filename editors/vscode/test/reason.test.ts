import assert from "node:assert";
import { test } from "node:test";
import { failureReason } from "../src/reason";

test("silence has no reason", () => {
  assert.strictEqual(failureReason([]), undefined);
  assert.strictEqual(failureReason(["", "  "]), undefined);
});

test("the error is preferred to the hints after it", () => {
  const lines = ["error: unrecognized subcommand 'lsp'", "", "Usage: copydesk <COMMAND>", "", "For more information, try '--help'."];
  assert.strictEqual(failureReason(lines), "unrecognized subcommand 'lsp'");
});

test("a panic is reported with its cause, not its place", () => {
  const lines = ["thread 'main' panicked at src/main.rs:3:5:", "no corpus", "note: run with `RUST_BACKTRACE=1`"];
  assert.strictEqual(failureReason(lines), "no corpus");
});

test("otherwise the last line counts", () => {
  assert.strictEqual(failureReason(["loading", "copydesk.toml, line 3: unknown key", ""]), "copydesk.toml, line 3: unknown key");
});
