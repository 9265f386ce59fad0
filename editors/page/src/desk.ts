// What is asked of the server about the draft: through CodeMirror's client, which keeps the server's text and the editor's together.
import { LSPClient, LSPPlugin } from "@codemirror/lsp-client";
import type { ChangeSpec, Text } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { CodeAction, Command, Hover, PublishDiagnosticsParams, TextDocumentEdit, TextEdit } from "vscode-languageserver-protocol";
import { told, understood } from "./findings";
import type { Finding } from "./findings";
import type { Dossier, Setting, Told } from "./protocol";

export const DRAFT = "untitled:draft";

/** Typing is told of once it pauses for so long: less than anybody notices. */
const PAUSE_MS = 40;
const PATIENCE_MS = 20_000;

/** Something that can be done about a finding. */
export interface Action {
  title: string;
  kind: "fix" | "stand" | "decision";
  preferred: boolean;
  edits: readonly TextEdit[];
  command: Command | undefined;
  /** The text that the edits are of. */
  of: Text;
}

export const client: LSPClient = new LSPClient({
  timeout: PATIENCE_MS,
  notificationHandlers: {
    "textDocument/publishDiagnostics": (client, params: PublishDiagnosticsParams) => {
      const file = client.workspace.getFile(params.uri);
      const view = file?.getView();
      const plugin = view && LSPPlugin.get(view);
      // What is told of an older version is followed by what is found in this.
      if (!file || !plugin || (params.version != null && params.version !== file.version)) return true;
      const place = (position: { line: number; character: number }) => plugin.unsyncedChanges.mapPos(plugin.fromPosition(position, plugin.syncedDoc));
      view.dispatch({ effects: told.of(understood(params.diagnostics as Told[], view.state.doc, place)) });
      return true;
    },
    "window/logMessage": () => true,
    "window/showMessage": (_, { message }: { message: string }) => {
      document.dispatchEvent(new CustomEvent("copydesk-says", { detail: message }));
      return true;
    },
  },
});

/** Tells the server of what is typed. */
export const telling = ViewPlugin.fromClass(
  class {
    #pause: ReturnType<typeof setTimeout> | undefined;

    update({ docChanged }: ViewUpdate): void {
      if (!docChanged) return;
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => client.sync(), PAUSE_MS);
    }

    destroy(): void {
      clearTimeout(this.#pause);
    }
  },
);

function ask<Answer>(method: string, params: object): Promise<Answer> {
  client.sync();
  return client.request<object, Answer>(method, params);
}

const textDocument = { uri: DRAFT };

export async function hover(view: EditorView, at: number): Promise<{ markdown: string; from: number; to: number } | undefined> {
  const plugin = LSPPlugin.get(view);
  if (!plugin) return undefined;
  const doc = view.state.doc;
  const answer = await ask<Hover | null>("textDocument/hover", { textDocument, position: plugin.toPosition(at, doc) });
  if (!answer || view.state.doc !== doc || typeof answer.contents !== "object" || !("value" in answer.contents)) return undefined;
  const range = answer.range;
  return {
    markdown: answer.contents.value,
    from: range ? plugin.fromPosition(range.start, doc) : at,
    to: range ? plugin.fromPosition(range.end, doc) : at,
  };
}

export async function actionsFor(view: EditorView, finding: Pick<Finding, "from" | "to">): Promise<Action[]> {
  const plugin = LSPPlugin.get(view);
  if (!plugin) return [];
  const of = view.state.doc;
  const range = { start: plugin.toPosition(finding.from, of), end: plugin.toPosition(finding.to, of) };
  const answer = await ask<CodeAction[] | null>("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } });
  return (answer ?? []).map((action) => understoodAction(action, of));
}

export async function fixAll(view: EditorView): Promise<Action | undefined> {
  const plugin = LSPPlugin.get(view);
  if (!plugin) return undefined;
  const of = view.state.doc;
  const range = { start: { line: 0, character: 0 }, end: plugin.toPosition(of.length, of) };
  const context = { diagnostics: [], only: ["source.fixAll"] };
  const [action] = (await ask<CodeAction[] | null>("textDocument/codeAction", { textDocument, range, context })) ?? [];
  return action && understoodAction(action, of);
}

function understoodAction({ title, isPreferred, edit, command }: CodeAction, of: Text): Action {
  const changed = (edit?.documentChanges ?? []).filter((change): change is TextDocumentEdit => "edits" in change && change.textDocument.uri === DRAFT);
  const edits = changed.flatMap((change) => change.edits as TextEdit[]);
  const kind = command ? "decision" : /^Let .* stand /.test(title) ? "stand" : "fix";
  return { title, kind, preferred: isPreferred ?? false, edits, command, of };
}

/** Does it; false where the draft is another by now, and it has to be asked for again. */
export async function done(view: EditorView, action: Action): Promise<boolean> {
  if (action.command) {
    await ask("workspace/executeCommand", { command: action.command.command, arguments: action.command.arguments });
    return true;
  }
  const plugin = LSPPlugin.get(view);
  if (!plugin || view.state.doc !== action.of) return false;
  const changes: ChangeSpec[] = action.edits.map(({ range, newText }) => ({
    from: plugin.fromPosition(range.start, action.of),
    to: plugin.fromPosition(range.end, action.of),
    insert: newText,
  }));
  view.dispatch({ changes, userEvent: "input.fix" });
  client.sync();
  return true;
}

export function dossier(): Promise<Dossier | null> {
  return ask("copydesk/dossier", { textDocument });
}

export function setting(): Promise<Setting> {
  return client.request("copydesk/setting", {});
}
