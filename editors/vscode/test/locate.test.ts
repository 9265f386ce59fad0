import assert from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { locateServer } from "../src/locate";
import type { Located, Surroundings } from "../src/locate";

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-locate-"));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function file(name: string, mode = 0o755): string {
  const at = path.join(root, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, "", { mode });
  return at;
}

function problem(located: Located): string {
  assert("problem" in located);
  return located.problem;
}

function locate(changes: Partial<Surroundings>): Located {
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
  assert.match(problem(locate({ configured: path.join(root, "gone") })), /gone.*copydesk\.server\.path/);
});

test("a folder or a file that can't be executed is no program", () => {
  assert.ok(problem(locate({ configured: root })));
  assert.ok(problem(locate({ configured: file("plain", 0o644) })));
});

test("a tilde stands for the home folder", () => {
  const program = file("home/bin/copydesk");
  assert.deepStrictEqual(locate({ configured: "~/bin/copydesk" }), { program });
});

test("a relative path counts from the workspace folder", () => {
  const program = file("workspace/tools/copydesk");
  assert.deepStrictEqual(locate({ configured: "tools/copydesk" }), { program });
  assert.match(problem(locate({ configured: "tools/copydesk", workspaceFolder: undefined })), /no folder is open/);
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
  assert.match(problem(locate({ environment: { PATH: relative } })), /not on the PATH/);
});

test("Windows has its own file name and its own spelling of PATH", () => {
  const program = file("bundled/copydesk.exe");
  assert.deepStrictEqual(locate({ platform: "win32", environment: { Path: "" } }), { program });
});

test("where cargo puts programs is looked at last", () => {
  const program = file("home/.cargo/bin/copydesk");
  assert.deepStrictEqual(locate({}), { program });
  const onPath = file("bin/copydesk");
  assert.deepStrictEqual(locate({ environment: { PATH: path.join(root, "bin") } }), { program: onPath });
});
