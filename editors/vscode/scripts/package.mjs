// Packs the extension.
//
//   npm run package                                        without a program: copydesk.vsix, for whoever has it already
//   npm run package -- --target linux-x64 --program FILE   with the program for a platform: copydesk-linux-x64.vsix
//   npm run package -- --repository https://…              names the repository, for the registries
//
// Nothing is published by this.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

/** A package may be no larger: who opens a draft on a train waits for it. */
const MOST_BYTES = 12 * 1024 * 1024;

const { values } = parseArgs({
  options: { target: { type: "string" }, program: { type: "string" }, repository: { type: "string" }, out: { type: "string" } },
});
const { target, program, repository } = values;
if ((target === undefined) !== (program === undefined)) throw new Error("--target and --program go together");
const extension = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(values.out ?? join(extension, target ? `copydesk-${target}.vsix` : "copydesk.vsix"));

execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: extension, stdio: "inherit" });
const stage = mkdtempSync(join(tmpdir(), "copydesk-vsix-"));
try {
  const manifest = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  for (const key of ["scripts", "devDependencies"]) delete manifest[key];
  if (repository) Object.assign(manifest, { repository: { type: "git", url: `${repository}.git` }, homepage: repository, bugs: { url: `${repository}/issues` } });
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ["README.md", "CHANGELOG.md", "LICENSE"]) copyFileSync(join(extension, file), join(stage, file));
  for (const folder of ["dist", "media"]) cpSync(join(extension, folder), join(stage, folder), { recursive: true });
  // All that is staged is meant.
  writeFileSync(join(stage, ".vscodeignore"), ".vscodeignore\n");
  if (program) {
    const name = target.startsWith("win32") ? "copydesk.exe" : "copydesk";
    mkdirSync(join(stage, "server"));
    copyFileSync(program, join(stage, "server", name));
    chmodSync(join(stage, "server", name), 0o755);
  }
  const vsce = join(extension, "node_modules/@vscode/vsce/vsce");
  const links = repository ? ["--baseContentUrl", `${repository}/blob/HEAD/editors/vscode`, "--baseImagesUrl", `${repository}/raw/HEAD/editors/vscode`] : ["--no-rewrite-relative-links", "--allow-missing-repository"];
  execFileSync(process.execPath, [vsce, "package", "--no-dependencies", "--allow-star-activation", ...links, ...(target ? ["--target", target] : []), "--out", out], { cwd: stage, stdio: ["ignore", "ignore", "inherit"] });
  const { size } = statSync(out);
  console.log(`${out}: ${(size / 1024 / 1024).toFixed(1)} MB`);
  if (size > MOST_BYTES) throw new Error(`the package has more than ${MOST_BYTES / 1024 / 1024} MB`);
} finally {
  rmSync(stage, { recursive: true });
}
