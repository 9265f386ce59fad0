// Bundles the page into dist/, which is committed, so that copydesk builds where there is Rust alone; `.ci/run` builds it anew and fails where
// that is another. Beside it go the licences of what was bundled.
import { build } from "esbuild";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { page: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16.4"],
  minify: true,
  // What a browser shows of it is ASCII, whatever it takes the file for.
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const styles = await build({ entryPoints: ["src/page.css"], outdir: "dist", minify: true, logLevel: "warning", metafile: true });
if (styles.errors.length > 0) process.exit(1);
copyFileSync("src/index.html", "dist/index.html");

const bundled = new Set();
for (const [input, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0].inputs)) {
  const inPackage = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (inPackage && bytesInOutput > 0) bundled.add(inPackage[1]);
}
const notices = [...bundled].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  if (!["MIT", "Apache-2.0", "ISC", "BSD-3-Clause"].includes(license)) throw new Error(`${name}: what the licence ${license} asks has to be looked at first`);
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${folder} is bundled but brings no licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
});
writeFileSync("dist/licences.txt", notices.join(`\n${"-".repeat(72)}\n\n`));
