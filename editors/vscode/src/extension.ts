// The extension's two ends: what VS Code calls when it wakes the extension and when it puts it to rest.
import * as vscode from "vscode";
import { Archive } from "./archive";
import { checkAllDrafts, chooseProgram, explainRule, openExample, openSourceHere } from "./commands";
import { Desk } from "./desk";
import { DossierView } from "./dossier";
import { activeDraft } from "./drafts";
import { previewFixes } from "./fixes";
import { openSource } from "./places";
import type { Source } from "./protocol";
import { Session } from "./session";
import { StatusItem, showMenu } from "./status";
import { TraceChannel } from "./trace";
import { who } from "./who";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("copydesk", { log: true });
  const trace = new TraceChannel();
  const own = new Session(context.asAbsolutePath("server"), output, trace);
  session = own;
  const dossier = new DossierView(own);
  const desk = new Desk(own);
  const archive = new Archive(own);
  const status = new StatusItem(own);
  const commands: Record<string, (...args: never[]) => unknown> = {
    "copydesk.menu": () => showMenu(status),
    "copydesk.who": () => who(own),
    "copydesk.checkAllDrafts": () => checkAllDrafts(own),
    "copydesk.openSource": () => openSourceHere(own),
    "copydesk.openDossier": () => vscode.commands.executeCommand("copydesk.dossier.focus").then(() => dossier.refresh()),
    "copydesk.dossier.filter": () => dossier.chooseFilter(),
    "copydesk.dossier.refresh": () => dossier.refresh(),
    "copydesk.dossier.reveal": (range: vscode.Range) => dossier.reveal(range),
    "copydesk.dossier.openSource": (source: Source) => openSource(source),
    "copydesk.previewFixes": () => {
      const editor = activeDraft();
      return editor && previewFixes(editor);
    },
    "copydesk.openConfiguration": () => desk.openConfiguration(),
    "copydesk.openStylebook": () => desk.openStylebook(),
    "copydesk.writeBaseline": () => desk.writeBaseline(),
    "copydesk.reloadArchive": () => own.ask("workspace/executeCommand", { command: "copydesk.reload", arguments: [] }),
    "copydesk.auditArchive": () => archive.audit(),
    "copydesk.archiveStatus": () => archive.status(),
    "copydesk.updateArchive": () => archive.update(),
    "copydesk.buildArchive": () => archive.build(),
    "copydesk.explainRule": (name?: string) => explainRule(own, name),
    "copydesk.openExample": () => openExample(context.extensionUri),
    "copydesk.openWalkthrough": () => vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
    "copydesk.chooseProgram": chooseProgram,
    "copydesk.restartServer": () => own.restart(),
    "copydesk.showOutput": () => output.show(true),
  };
  context.subscriptions.push(
    output,
    trace,
    own,
    dossier,
    archive,
    status,
    own.onDidChangeState(({ kind }) => void vscode.commands.executeCommand("setContext", "copydesk.isRunning", kind === "running")),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, telling(run))),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("copydesk.server") || change.affectsConfiguration("copydesk.enable")) void own.restart();
    }),
  );
  void vscode.commands.executeCommand("setContext", "copydesk.isActive", true);
  // Not awaited: VS Code holds commands back until activation is over, and a server that
  // never answers could then not be restarted.
  void own.restart();
}

export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}

/** A command that fails says why, in words. */
function telling<Args extends unknown[]>(run: (...args: Args) => unknown): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      await run(...args);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };
}
