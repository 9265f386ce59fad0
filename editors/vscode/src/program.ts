// Runs another of the program's commands and waits for its end. Knows nothing of VS Code, so that it can be tested alone.
import { execFile } from "node:child_process";
import { failureReason } from "./reason";

/** How a command ended: 1 is an answer as good as 0, 2 and above are failures. */
export interface Outcome {
  status: number;
  /** What it wrote to standard output. */
  report: string;
  /** What a person should hear where it failed. */
  reason: string;
}

const MOST_BYTES = 64 << 20;
const FAILED = 2;

/** Without a shell; `signal` ends it, which is a failure like any other. */
export function runProgram(program: string, args: string[], folder: string, signal?: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, maxBuffer: MOST_BYTES, ...(signal && { signal }) }, (error, stdout, stderr) => {
      // A program that could not be started, or was ended, has a word or nothing for a status.
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : FAILED;
      const reason = (failureReason(stderr.split("\n")) ?? error?.message ?? "").replace(/^copydesk: /, "");
      resolve({ status, report: stdout.trimEnd(), reason });
    });
  });
}
