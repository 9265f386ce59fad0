// Decides which copydesk program to start. Knows nothing of VS Code, so that it can be tested alone.
"use strict";

const fs = require("node:fs");
const nodePath = require("node:path");

/**
 * @typedef {object} Surroundings
 * @property {string | null | undefined} configured  the setting copydesk.server.path
 * @property {string} bundledFolder   the folder in which a packaged extension carries the program
 * @property {string | undefined} workspaceFolder   what a relative path counts from
 * @property {string} home
 * @property {NodeJS.ProcessEnv} environment
 * @property {NodeJS.Platform} platform
 */

/**
 * The program to start, or a sentence saying why there is none.
 *
 * A configured path that doesn't lead to a program is an error: falling back to another copy
 * would check drafts with a version the user didn't choose.
 *
 * @param {Surroundings} surroundings
 * @returns {{ program: string } | { problem: string }}
 */
function locateServer(surroundings) {
  const { configured, bundledFolder, environment, platform } = surroundings;
  if (configured && configured.trim() !== "") {
    const program = resolveConfigured(configured.trim(), surroundings);
    if (program === undefined) {
      return { problem: `The copydesk program “${configured}” is given relative to a folder, but no folder is open.` };
    }
    return isProgram(program)
      ? { program }
      : { problem: `There is no program at ${program}, where the setting copydesk.server.path points.` };
  }
  const names = platform === "win32" ? ["copydesk.exe"] : ["copydesk"];
  const separator = platform === "win32" ? ";" : ":";
  const searchPath = environment.PATH ?? environment.Path ?? "";
  // A relative entry would let the open folder decide what is run.
  const folders = [bundledFolder, ...searchPath.split(separator).filter((folder) => nodePath.isAbsolute(folder))];
  for (const folder of folders) {
    for (const name of names) {
      const program = nodePath.join(folder, name);
      if (isProgram(program)) return { program };
    }
  }
  return { problem: "The copydesk program was not found on the PATH. Install it, or say where it is in the setting copydesk.server.path." };
}

function resolveConfigured(configured, { home, workspaceFolder }) {
  if (configured === "~") return home;
  if (/^~[/\\]/.test(configured)) return nodePath.join(home, configured.slice(2));
  if (nodePath.isAbsolute(configured)) return configured;
  return workspaceFolder === undefined ? undefined : nodePath.join(workspaceFolder, configured);
}

function isProgram(path) {
  try {
    if (!fs.statSync(path).isFile()) return false;
    fs.accessSync(path, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

module.exports = { locateServer };
