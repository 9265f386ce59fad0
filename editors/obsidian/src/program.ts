// The copydesk program: where it is, and what it is asked. It is started without a shell, in the vault's folder, and given the note on its
// standard input, so that what isn't saved yet counts.
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

/** A check that takes longer is of no use to who is typing. */
const TIMEOUT_MS = 20_000;
const MOST_OUTPUT = 64 << 20;

/** The program that somebody has chosen, or else the first where programs are; on a Mac the PATH of an app has few of these folders. */
export function locate(chosen: string | null, environment: NodeJS.ProcessEnv = process.env, home = homedir()): string | undefined {
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  const onPath = (environment["PATH"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const folders = [...onPath, path.join(home, ".cargo", "bin"), "/usr/local/bin", "/opt/homebrew/bin"];
  const name = process.platform === "win32" ? "copydesk.exe" : "copydesk";
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export interface Program {
  /** What is found in a note, as JSON. */
  lint(note: string, file: string): Promise<string>;
  /** What the archive attests of a name, in words. */
  who(name: string): Promise<string>;
}

export function program(command: string, vault: string): Program {
  const run = (args: string[], input: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = execFile(command, args, { cwd: vault, timeout: TIMEOUT_MS, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
        // 1 says that something was found, or that nobody has the name.
        if (!error || error.code === 1) resolve(stdout || stderr);
        else reject(new Error(stderr.trim().split("\n").at(-1) || error.message));
      });
      child.stdin?.on("error", () => {});
      child.stdin?.end(input);
    });
  return {
    lint: (note, file) => run(["lint", "-", "--stdin-path", path.join(vault, file), "--format", "json"], note),
    who: (name) => run(["who", "--", name], ""),
  };
}
