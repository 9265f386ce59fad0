// The desk's own files: its configuration, its stylebook and its baseline, opened, or made where they are missing.
import * as path from "node:path";
import * as vscode from "vscode";
import { runProgram } from "./program";
import type { Outcome } from "./program";
import type { Setting } from "./protocol";
import type { Session } from "./session";

const CREATE = "Create";
const ACCEPT = "Accept";

/** What holds for the document in front; an error in words where its configuration can't be loaded. */
export function settingInFront(session: Session): Promise<Setting> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return session.ask<Setting>("copydesk/setting", uri?.scheme === "file" ? { textDocument: { uri: uri.toString() } } : {});
}

/** The open folder that the document in front is in, or else the first. */
export function deskFolder(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === "file" ? folder.uri : undefined;
}

export class Desk {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** A faulty configuration answers for nothing, and is the very file that is wanted. */
  async #configuration(): Promise<vscode.Uri | undefined> {
    const setting = await settingInFront(this.#session).catch(() => undefined);
    if (setting?.configuration) return vscode.Uri.parse(setting.configuration);
    const folder = deskFolder();
    const own = folder && vscode.Uri.joinPath(folder, "copydesk.toml");
    return own && (await exists(own)) ? own : undefined;
  }

  async openConfiguration(): Promise<vscode.Uri | undefined> {
    const known = await this.#configuration();
    if (known) {
      await vscode.window.showTextDocument(known);
      return known;
    }
    const folder = deskFolder();
    if (!folder) {
      void vscode.window.showInformationMessage("Open the desk's folder first: copydesk.toml stands in it.");
      return undefined;
    }
    const ask = `There is no copydesk.toml for ${path.basename(folder.fsPath)}. Create one, with what the folder tells?`;
    if ((await vscode.window.showInformationMessage(ask, { modal: true }, CREATE)) !== CREATE) return undefined;
    const { status, reason } = await this.#run(folder, ["init"]);
    if (status !== 0) {
      void vscode.window.showErrorMessage(`copydesk.toml could not be made: ${reason}`);
      return undefined;
    }
    const made = vscode.Uri.joinPath(folder, "copydesk.toml");
    await vscode.window.showTextDocument(made);
    return made;
  }

  async openStylebook(): Promise<void> {
    const setting = await settingInFront(this.#session).catch(() => undefined);
    if (setting?.stylebook) return openOrCreate(vscode.Uri.parse(setting.stylebook));
    const configuration = (await this.#configuration()) ?? (await this.openConfiguration());
    if (!configuration) return;
    await addLine(configuration, 'stylebook = "stylebook.toml"');
    await openOrCreate(vscode.Uri.joinPath(configuration, "..", "stylebook.toml"));
  }

  async writeBaseline(): Promise<void> {
    const configuration = await this.#configuration();
    if (!configuration) {
      void vscode.window.showInformationMessage("A baseline is named in copydesk.toml, and there is none yet: create it first.");
      return;
    }
    const setting = await settingInFront(this.#session);
    const folder = vscode.Uri.joinPath(configuration, "..");
    const baseline = setting.baseline ? vscode.Uri.parse(setting.baseline) : vscode.Uri.joinPath(folder, "baseline.toml");
    const name = path.basename(baseline.fsPath);
    const ask = `Accept all that is found now in the drafts of ${path.basename(folder.fsPath)}?`;
    const detail = `It is written into ${name}, where reasons can be added, and is shown no more. What is found from then on is.`;
    if ((await vscode.window.showWarningMessage(ask, { modal: true, detail }, ACCEPT)) !== ACCEPT) return;
    await vscode.workspace.saveAll(false);
    const { status, reason } = await this.#run(folder, ["lint", "--write-baseline", baseline.fsPath]);
    if (status === 2 || !(await exists(baseline))) {
      void vscode.window.showErrorMessage(`The baseline could not be written: ${reason}`);
      return;
    }
    if (!setting.baseline) await addLine(configuration, `baseline = "${name}"`);
    await vscode.window.showTextDocument(baseline);
  }

  /** Runs the program that the server is. */
  async #run(folder: vscode.Uri, args: string[]): Promise<Outcome> {
    const program = this.#session.program;
    return program ? runProgram(program, args, folder.fsPath) : { status: 2, report: "", reason: "the copydesk program is not there" };
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(file)).then(
    () => true,
    () => false,
  );
}

async function openOrCreate(file: vscode.Uri): Promise<void> {
  if (!(await exists(file))) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(file, { ignoreIfExists: true });
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(file);
}

/** Puts a key before the first table of a TOML file, where a key still is the file's own, and saves it. */
async function addLine(file: vscode.Uri, line: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const table = document.getText().search(/^\s*\[/m);
  const at = table < 0 ? document.positionAt(document.getText().length) : document.positionAt(table);
  const before = table < 0 && at.character > 0 ? "\n" : "";
  const edit = new vscode.WorkspaceEdit();
  edit.insert(file, at, `${before}${line}\n${table < 0 ? "" : "\n"}`);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}
