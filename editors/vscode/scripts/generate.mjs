// Writes into package.json the settings that follow from the program; a test fails where that is due.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withSettings } from "./settings.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
writeFileSync("package.json", `${JSON.stringify(withSettings(read("package.json"), read("../../schemas/copydesk.schema.json")), null, 2)}\n`);
