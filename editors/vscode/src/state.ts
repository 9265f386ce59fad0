// How the server stands, in a value that whatever shows it can be made of. Knows nothing of VS Code, so that it can be tested alone.
import type { Setting, Status } from "./protocol";

export type State =
  | { kind: "off" }
  | { kind: "stopped" }
  | { kind: "starting" }
  | { kind: "running"; version: string | undefined; archive: Status | undefined }
  | { kind: "failed"; message: string };

export interface Shown {
  /** For the status bar, short. */
  text: string;
  /** A sentence. */
  detail: string;
  busy: boolean;
  alarm: "none" | "warning" | "error";
}

export function sourcesInWords(count: number): string {
  return count === 1 ? "1 source" : `${count.toLocaleString("en")} sources`;
}

/** `setting` is what the draft in front is checked against, once that is known. */
export function shown(state: State, setting?: Setting): Shown {
  switch (state.kind) {
    case "off":
      return { text: "$(circle-slash) copydesk", detail: "Switched off by the setting copydesk.enable.", busy: false, alarm: "none" };
    case "stopped":
      return { text: "$(circle-slash) copydesk", detail: "The server is stopped.", busy: false, alarm: "none" };
    case "starting":
      return { text: "$(sync~spin) copydesk", detail: "The server is starting.", busy: true, alarm: "none" };
    case "failed":
      return { text: "$(error) copydesk", detail: state.message, busy: false, alarm: "error" };
    case "running":
      return running(state.archive, setting, state.version === undefined ? "" : ` Version ${state.version}.`);
  }
}

function running(archive: Status | undefined, setting: Setting | undefined, version: string): Shown {
  if (archive?.state === "loading") {
    return { text: "$(sync~spin) copydesk: reading sources", detail: `The archive is being read.${version}`, busy: true, alarm: "none" };
  }
  const problem = setting ? setting.problem : archive?.state === "failed" ? (archive.message ?? "The archive can't be read.") : null;
  if (problem !== null) return { text: "$(warning) copydesk", detail: problem, busy: false, alarm: "warning" };
  const sources = setting?.sources ?? archive?.sources;
  if (sources === undefined || sources === null) {
    return { text: "$(check) copydesk", detail: `The server is running.${version}`, busy: false, alarm: "none" };
  }
  const counted = `${sourcesInWords(sources)}${setting?.builtIn ? " (demonstration)" : ""}`;
  const remark = setting ? setting.remark : (archive?.message ?? null);
  const said = remark === null ? "" : ` ${capitalised(remark)}.`;
  return { text: `$(check) copydesk: ${counted}`, detail: `Running, with ${counted}.${said}${version}`, busy: false, alarm: "none" };
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
