// How the server stands, in a value that whatever shows it can be made of. Knows nothing of VS Code, so that it can be tested alone.
import type { Status } from "./protocol";

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

export function shown(state: State): Shown {
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
      return running(state.archive, state.version === undefined ? "" : ` Version ${state.version}.`);
  }
}

function running(archive: Status | undefined, version: string): Shown {
  if (archive === undefined) {
    return { text: "$(check) copydesk", detail: `The server is running.${version}`, busy: false, alarm: "none" };
  }
  switch (archive.state) {
    case "loading":
      return { text: "$(sync~spin) copydesk: reading sources", detail: `The archive is being read.${version}`, busy: true, alarm: "none" };
    case "failed": {
      const reason = archive.message ?? "The archive can't be read.";
      return { text: "$(warning) copydesk", detail: reason, busy: false, alarm: "warning" };
    }
    case "ready": {
      const sources = sourcesInWords(archive.sources ?? 0);
      const remark = archive.message === null ? "" : ` ${capitalised(archive.message)}.`;
      return { text: `$(check) copydesk: ${sources}`, detail: `Running, with ${sources}.${remark}${version}`, busy: false, alarm: "none" };
    }
  }
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
