// The item in the status bar: how the server stands, what drafts are checked against, and the menu behind it.
import * as vscode from "vscode";
import { isDeskFile, isDraft } from "./drafts";
import type { Session } from "./session";
import { shown } from "./state";
import type { Shown } from "./state";
import type { Setting } from "./protocol";

/** Shown while a draft or one of the desk's files is in front; where nothing concerns copydesk there is nothing to see. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #session: Session;
  readonly #subscriptions: vscode.Disposable[];
  #asked = 0;
  /** What it says, in a sentence. */
  detail = "";

  constructor(session: Session) {
    this.#session = session;
    this.#item = vscode.window.createStatusBarItem("copydesk.status", vscode.StatusBarAlignment.Right, 90);
    this.#item.name = "copydesk";
    this.#item.command = "copydesk.menu";
    this.#subscriptions = [
      session.onDidChangeState(() => void this.#update()),
      vscode.window.onDidChangeActiveTextEditor(() => void this.#update()),
    ];
    void this.#update();
  }

  /** Several configurations may be open: what counts is that of the draft in front. */
  async #update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !(isDraft(document) || isDeskFile(document))) {
      this.#item.hide();
      return;
    }
    this.#show(shown(this.#session.state));
    if (this.#session.state.kind !== "running") return;
    const asked = ++this.#asked;
    const [setting, fault] = await settingOf(this.#session, document).then(
      (setting) => [setting, undefined] as const,
      (error: Error & { code?: number }) => [undefined, error] as const,
    );
    if (asked !== this.#asked || this.#session.state.kind !== "running") return;
    const { state } = this.#session;
    // An older program has no such answer, and what it says of its own accord has to do.
    const isTold = fault === undefined || fault.code === METHOD_NOT_FOUND;
    this.#show(isTold ? shown(state, setting) : shown({ ...state, archive: { state: "failed", sources: null, message: fault.message } }));
  }

  #show({ text, detail, alarm }: Shown): void {
    this.#item.text = text;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(`${detail}\nClick for the menu.`);
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `copydesk: ${detail}`, role: "button" };
    this.#item.backgroundColor = alarm === "none" ? undefined : new vscode.ThemeColor(`statusBarItem.${alarm}Background`);
    this.#item.show();
    this.detail = detail;
  }

  dispose(): void {
    this.#item.dispose();
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }
}

function settingOf(session: Session, document: vscode.TextDocument): Promise<Setting> {
  return session.ask<Setting>("copydesk/setting", document.uri.scheme === "file" ? { textDocument: { uri: document.uri.toString() } } : {});
}

/** JSON-RPC's. */
const METHOD_NOT_FOUND = -32601;

interface MenuItem extends vscode.QuickPickItem {
  command?: string;
}

/** Everything there is, from the item in the status bar. */
export async function showMenu({ detail }: StatusItem): Promise<void> {
  const separator = (label: string): MenuItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: MenuItem[] = [
    separator("This draft"),
    { label: "$(list-tree) Open the Dossier", command: "copydesk.openDossier" },
    { label: "$(lightbulb) Preview Fixes", command: "copydesk.previewFixes" },
    { label: "$(go-to-file) Open Source", command: "copydesk.openSource" },
    separator("The archive"),
    { label: "$(person) Who Is…?", command: "copydesk.who" },
    { label: "$(checklist) Check All Drafts", command: "copydesk.checkAllDrafts" },
    { label: "$(law) Audit the Archive", command: "copydesk.auditArchive" },
    { label: "$(database) Archive Status", command: "copydesk.archiveStatus" },
    { label: "$(history) Update the Archive", command: "copydesk.updateArchive" },
    { label: "$(package) Build the Archive", command: "copydesk.buildArchive" },
    { label: "$(refresh) Reload Archive", command: "copydesk.reloadArchive" },
    separator("The desk"),
    { label: "$(settings-gear) Open or Create Configuration", command: "copydesk.openConfiguration" },
    { label: "$(book) Open or Create Stylebook", command: "copydesk.openStylebook" },
    { label: "$(pass) Accept What Is Found (Baseline)", command: "copydesk.writeBaseline" },
    { label: "$(question) Explain Rule", command: "copydesk.explainRule" },
    separator("The server"),
    { label: "$(sync) Restart Server", command: "copydesk.restartServer" },
    { label: "$(output) Show Output", command: "copydesk.showOutput" },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: "copydesk", placeHolder: detail });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
}
