"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { afterEach, beforeEach, test } = require("node:test");
const { locateServer } = require("../src/locate");

let root;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-locate-"));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function file(name, mode = 0o755) {
  const at = path.join(root, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, "", { mode });
  return at;
}

function locate(changes) {
  return locateServer({
    configured: null,
    bundledFolder: path.join(root, "bundled"),
    workspaceFolder: path.join(root, "workspace"),
    home: path.join(root, "home"),
    environment: { PATH: "" },
    platform: "linux",
    ...changes,
  });
}

test("a configured path wins over the bundled program", () => {
  file("bundled/copydesk");
  const program = file("elsewhere/copydesk-nightly");
  assert.deepStrictEqual(locate({ configured: program }), { program });
});

test("a configured path that leads nowhere is a problem, not a reason to take another copy", () => {
  file("bundled/copydesk");
  const { program, problem } = locate({ configured: path.join(root, "gone") });
  assert.strictEqual(program, undefined);
  assert.match(problem, /gone.*copydesk\.server\.path/);
});

test("a folder or a file that can't be executed is no program", () => {
  assert.ok(locate({ configured: root }).problem);
  assert.ok(locate({ configured: file("plain", 0o644) }).problem);
});

test("a tilde stands for the home folder", () => {
  const program = file("home/bin/copydesk");
  assert.deepStrictEqual(locate({ configured: "~/bin/copydesk" }), { program });
});

test("a relative path counts from the workspace folder", () => {
  const program = file("workspace/tools/copydesk");
  assert.deepStrictEqual(locate({ configured: "tools/copydesk" }), { program });
  assert.match(locate({ configured: "tools/copydesk", workspaceFolder: undefined }).problem, /no folder is open/);
});

test("without a setting the bundled program is taken before the PATH", () => {
  const onPath = file("bin/copydesk");
  const environment = { PATH: `${path.join(root, "empty")}:${path.join(root, "bin")}` };
  assert.deepStrictEqual(locate({ environment }), { program: onPath });
  const bundled = file("bundled/copydesk");
  assert.deepStrictEqual(locate({ environment }), { program: bundled });
});

test("an empty setting counts as none", () => {
  const program = file("bundled/copydesk");
  assert.deepStrictEqual(locate({ configured: " " }), { program });
});

test("relative entries of the PATH are passed over", () => {
  file("bin/copydesk");
  const relative = path.relative(process.cwd(), path.join(root, "bin"));
  assert.match(locate({ environment: { PATH: relative } }).problem, /not found on the PATH/);
});

test("Windows has its own file name and its own spelling of PATH", () => {
  const program = file("bundled/copydesk.exe");
  assert.deepStrictEqual(locate({ platform: "win32", environment: { Path: "" } }), { program });
});
