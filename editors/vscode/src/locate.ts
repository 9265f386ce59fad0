// Decides which copydesk program to start. Knows nothing of VS Code, so that it can be tested alone.
import * as fs from "node:fs";
import * as nodePath from "node:path";

export interface Surroundings {
  /** The setting copydesk.server.path. */
  configured: string | null | undefined;
  /** The folder in which a packaged extension carries the program. */
  bundledFolder: string;
  /** What a relative path counts from. */
  workspaceFolder: string | undefined;
  home: string;
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

export type Located = { program: string } | { problem: string };

/**
 * The program to start, or a sentence saying why there is none.
 *
 * A configured path that doesn't lead to a program is an error: falling back to another copy
 * would check drafts with a version the user didn't choose.
 */
export function locateServer(surroundings: Surroundings): Located {
  const { configured, bundledFolder, environment, home, platform } = surroundings;
  if (configured && configured.trim() !== "") {
    const program = resolveConfigured(configured.trim(), surroundings);
    if (program === undefined) {
      return { problem: `The copydesk program “${configured}” is given relative to a folder, but no folder is open.` };
    }
    return isProgram(program)
      ? { program }
      : { problem: `There is no program at ${program}, where the setting copydesk.server.path points.` };
  }
  const name = platform === "win32" ? "copydesk.exe" : "copydesk";
  const separator = platform === "win32" ? ";" : ":";
  const searchPath = environment["PATH"] ?? environment["Path"] ?? "";
  // A relative entry would let the open folder decide what is run. Where cargo puts programs is often on the shell's PATH alone.
  const onPath = searchPath.split(separator).filter((folder) => nodePath.isAbsolute(folder));
  const program = [bundledFolder, ...onPath, nodePath.join(home, ".cargo", "bin")]
    .map((folder) => nodePath.join(folder, name))
    .find(isProgram);
  return program !== undefined
    ? { program }
    : { problem: "The copydesk program is not there: not in the extension, not on the PATH and not in ~/.cargo/bin." };
}

function resolveConfigured(configured: string, { home, workspaceFolder }: Surroundings): string | undefined {
  if (configured === "~") return home;
  if (/^~[/\\]/.test(configured)) return nodePath.join(home, configured.slice(2));
  if (nodePath.isAbsolute(configured)) return configured;
  return workspaceFolder === undefined ? undefined : nodePath.join(workspaceFolder, configured);
}

function isProgram(path: string): boolean {
  try {
    if (!fs.statSync(path).isFile()) return false;
    fs.accessSync(path, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
