// Bundles the extension into dist/ and puts beside it the licences of what was bundled, the schemas of the desk's files and an example.
import { build } from "esbuild";
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  // The client is read when a server is started: most of the code is its.
  entryPoints: ["src/extension.ts", "src/language-client.ts"],
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode", "./language-client"],
  // As `require`, which finds a file without its ending.
  supported: { "dynamic-import": false },
  minify: true,
  metafile: true,
  logLevel: "warning",
});

const bundledPackages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const inPackage = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (inPackage) bundledPackages.add(inPackage[1]);
}

const notices = [...bundledPackages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const licenceFile = existsSync(folder) && readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licenceFile) throw new Error(`${folder} is bundled but brings no licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${licenceFile}`, "utf8").trim()}\n`;
});
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", notices.join(`\n${"-".repeat(72)}\n\n`));

for (const file of ["copydesk", "stylebook"]) {
  copyFileSync(`../../schemas/${file}.schema.json`, `dist/${file}.schema.json`);
}
copyFileSync("../../examples/drafts/week-ahead.md", "dist/example.md");
