import assert from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
// @ts-expect-error a script, without types
import { withSettings } from "../scripts/settings.mjs";

const read = (path: string): string => readFileSync(path, "utf8");
const manifest = () => JSON.parse(read("package.json"));
const properties = (): Record<string, { default: unknown; scope: string }> => manifest().contributes.configuration.properties;

test("the settings are those of the program's rules and keys: `npm run generate` writes them", () => {
  assert.deepStrictEqual(manifest(), withSettings(manifest(), JSON.parse(read("../../schemas/copydesk.schema.json"))));
});

test("each setting is in the README with its default", () => {
  const readme = read("README.md");
  for (const [name, { default: value }] of Object.entries(properties())) {
    assert(readme.includes(`| \`${name}\` | \`${JSON.stringify(value)}\` |`), `${name} with ${JSON.stringify(value)} is not in the README`);
  }
});

test("what starts a program or has files read can't be set by a folder that isn't trusted", () => {
  const restricted: string[] = manifest().capabilities.untrustedWorkspaces.restrictedConfigurations;
  const risky = Object.keys(properties()).filter((name) => /^copydesk\.(server\.|corpus)/.test(name));
  assert.deepStrictEqual(restricted.toSorted(), risky.toSorted());
});

test("each command that is named is there, has code, and each that is shown is in the README", () => {
  const { commands, walkthroughs, viewsWelcome, menus } = manifest().contributes;
  const titles = new Map<string, string>(commands.map(({ command, title }: { command: string; title: string }) => [command, title]));
  const code = read("src/extension.ts") + read("src/status.ts");
  const readme = read("README.md");
  const hidden = menus.commandPalette.filter(({ when }: { when: string }) => when === "false").map(({ command }: { command: string }) => command);
  for (const [command, title] of titles) {
    assert(code.includes(`"${command}":`), `${command} has no code`);
    if (!hidden.includes(command)) assert(readme.includes(`**${title}**`), `“${title}” is not in the README`);
  }
  const named = JSON.stringify({ walkthroughs, viewsWelcome, menus }).matchAll(/command:(copydesk[\w.]+)|"command":"(copydesk[\w.]+)"/g);
  const shown = [...read("src/status.ts").matchAll(/command: "(copydesk[\w.]+)"/g)].map(([, command]) => command);
  for (const command of [...[...named].map(([, a, b]) => a ?? b), ...shown]) assert(titles.has(command ?? ""), `${command} is no command`);
});

test("the comparison in the documentation counts the commands and the settings", () => {
  const { commands, menus } = manifest().contributes;
  const hidden = menus.commandPalette.filter(({ when }: { when: string }) => when === "false");
  const page = read("../../docs/editors.md");
  assert(page.includes(`| commands | ${commands.length - hidden.length} in the palette |`), `${commands.length - hidden.length} commands`);
  assert(page.includes(`| settings | ${Object.keys(properties()).length}, `), `${Object.keys(properties()).length} settings`);
});

test("all files that are named are there", () => {
  const { icon, contributes } = manifest();
  const media = JSON.stringify(contributes).matchAll(/media\/[\w./-]+/g);
  for (const file of [icon, ...[...media].map(([file]) => file)]) assert(existsSync(file), `${file} is not there`);
});
