// The archive as a whole: audited, built, updated and counted by the program's own commands, each in the desk's folder, and what takes long with a way to call it off.
import * as path from "node:path";
import * as vscode from "vscode";
import { deskFolder, settingInFront } from "./desk";
import { runProgram } from "./program";
import type { Outcome } from "./program";
import { placesIn } from "./report";
import type { Session } from "./session";

const SCHEME = "copydesk-audit";
const CREATE = "Open or Create Configuration";
const BUILD = "Build the Archive";
const UPDATE = "Update the Archive";

export class Archive implements vscode.Disposable, vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #running = new Set<AbortController>();
  /** The last of each desk, with the folder that its paths count from. */
  readonly #audits = new Map<string, { report: string; folder: string }>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
    ];
  }

  /** The report is a document that can be searched and kept, and is no draft. */
  async audit(): Promise<void> {
    const done = await this.#run("Auditing the archive", ["audit"]);
    if (!done) return;
    const { folder, outcome } = done;
    if (isFailure(outcome)) {
      void vscode.window.showErrorMessage(`The archive could not be audited: ${outcome.reason}`);
      return;
    }
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/Audit of ${path.basename(folder)}`, query: folder });
    this.#audits.set(uri.toString(), { report: outcome.report, folder });
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  async build(): Promise<void> {
    if (!mayWrite()) return;
    const done = await this.#run("Building the archive", ["archive", "build"]);
    if (!done) return;
    if (isFailure(done.outcome)) {
      void vscode.window.showErrorMessage(`The archive could not be built: ${done.outcome.reason}`);
      return;
    }
    void vscode.window.showInformationMessage(`The archive is built: ${inOneLine(done.outcome.report)}`);
    // A server that has read the sources themselves doesn't look whether there is an archive by now.
    await this.#session.ask("workspace/executeCommand", { command: "copydesk.reload", arguments: [] });
  }

  async update(): Promise<void> {
    if (!mayWrite()) return;
    const done = await this.#run("Updating the archive", ["archive", "update"]);
    if (!done) return;
    if (isFailure(done.outcome)) this.#offerToBuild(`The archive could not be updated: ${done.outcome.reason}`);
    else void vscode.window.showInformationMessage(`The archive is up to date: ${inOneLine(done.outcome.report)}`);
  }

  async status(): Promise<void> {
    const done = await this.#run("Looking at the archive", ["archive", "status"], vscode.ProgressLocation.Window);
    if (!done) return;
    const { outcome } = done;
    if (isFailure(outcome)) {
      this.#offerToBuild(outcome.reason);
      return;
    }
    // Anything but 0 says that something has changed since.
    const buttons = outcome.status === 0 ? [] : [UPDATE];
    // A message that is long is cut short: where the archive lies comes last.
    const [place, ...counts] = outcome.report.split("\n");
    const message = inOneLine([...counts, place].join("\n"));
    void vscode.window.showInformationMessage(message, ...buttons).then((button) => (button ? vscode.commands.executeCommand("copydesk.updateArchive") : undefined));
  }

  /** What is wrong with an archive, or that there is none, is put right by building it. */
  #offerToBuild(message: string): void {
    void vscode.window.showErrorMessage(message, BUILD).then((button) => (button ? vscode.commands.executeCommand("copydesk.buildArchive") : undefined));
  }

  /** Nothing where it was called off, or where there is no archive to speak of, which is told. */
  async #run(title: string, args: string[], location = vscode.ProgressLocation.Notification): Promise<{ folder: string; outcome: Outcome } | undefined> {
    const setting = await settingInFront(this.#session);
    const folder = setting.configuration ? path.dirname(vscode.Uri.parse(setting.configuration).fsPath) : deskFolder()?.fsPath;
    if (setting.builtIn || folder === undefined) {
      const ask = "There is no archive of the desk's own yet: copydesk.toml names it, in the desk's folder.";
      if ((await vscode.window.showInformationMessage(ask, CREATE)) === CREATE) await vscode.commands.executeCommand("copydesk.openConfiguration");
      return undefined;
    }
    // The very program that the server is: what a folder that isn't trusted names was refused there.
    const program = this.#session.program;
    if (!program) throw new Error("The copydesk program is not there.");
    // Said anew, since the sources may come from the editor's settings.
    const corpus = setting.corpus.flatMap((uri) => ["--corpus", vscode.Uri.parse(uri).fsPath]);
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      const outcome = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
        token.onCancellationRequested(() => controller.abort());
        return runProgram(program, [...args, ...corpus], folder, controller.signal);
      });
      return controller.signal.aborted ? undefined : { folder, outcome };
    } finally {
      this.#running.delete(controller);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // A window that was open before: the report went with it.
    return this.#audits.get(uri.toString())?.report ?? "This audit is over. Run “Audit the Archive” again.";
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const audit = this.#audits.get(document.uri.toString());
    if (!audit) return [];
    return placesIn(audit.report).map(({ at, path: named, line, column }) => {
      const target = vscode.Uri.file(path.resolve(audit.folder, named)).with({ fragment: `L${line},${column}` });
      return new vscode.DocumentLink(new vscode.Range(at.line, at.from, at.line, at.to), target);
    });
  }

  dispose(): void {
    this.#running.forEach((controller) => controller.abort());
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#changed.dispose();
  }
}

function isFailure({ status }: Outcome): boolean {
  return status > 1;
}

/** Where an archive is written, the folder's own configuration says. */
function mayWrite(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void vscode.window.showInformationMessage("No archive is written for a folder that is not trusted.");
  return false;
}

/** A message has no lines. */
function inOneLine(report: string): string {
  return report.split("\n").map((line) => line.trim()).join(" – ");
}
