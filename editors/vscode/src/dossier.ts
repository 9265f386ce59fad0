// The Dossier, a panel at the side: whom and what the draft in front names, with what the archive attests, what differs and what is new.
import * as vscode from "vscode";
import { isDraft } from "./drafts";
import { FILTERS, spoken, tree } from "./outline";
import type { Filter, Node } from "./outline";
import { reveal, toRange } from "./places";
import type { Dossier, Mark, Source } from "./protocol";
import type { Session } from "./session";

/** Typing is followed once it pauses. */
const AFTER_A_CHANGE_MS = 600;

const ICONS: Record<Mark, vscode.ThemeIcon> = {
  attested: new vscode.ThemeIcon("check", new vscode.ThemeColor("charts.green")),
  differs: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  new: new vscode.ThemeIcon("circle-large-outline", new vscode.ThemeColor("charts.blue")),
};

export class DossierView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  #draft: vscode.TextDocument | undefined;
  #dossier: Dossier | undefined;
  #filter: Filter = "all";
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#view = vscode.window.createTreeView("copydesk.dossier", { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      this.#view.onDidChangeVisibility(() => this.#soon(0)),
      vscode.window.onDidChangeActiveTextEditor(() => this.#soon(0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => document === this.#draft && this.#soon(AFTER_A_CHANGE_MS)),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === this.#draft?.uri.toString())) this.#soon(AFTER_A_CHANGE_MS);
      }),
      session.onDidChangeState(() => this.#soon(AFTER_A_CHANGE_MS)),
    ];
    this.#soon(0);
  }

  /** Only what somebody sees is asked for. */
  #soon(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#view.visible) this.#timer = setTimeout(() => void this.refresh(), milliseconds);
  }

  async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const asked = ++this.#asked;
    // Another panel in front, or a source that was opened to be read, leaves what is shown as it is.
    for (const draft of [document, this.#draft]) {
      if (!isDraft(draft) || draft.isClosed) continue;
      const textDocument = { uri: draft.uri.toString() };
      const dossier = await this.#session.ask<Dossier | null>("copydesk/dossier", { textDocument }).catch(() => null);
      if (asked !== this.#asked) return;
      if (dossier) return this.#show(draft, dossier);
    }
    this.#show(undefined, undefined);
  }

  #show(draft: vscode.TextDocument | undefined, dossier: Dossier | undefined): void {
    // Drawn anew only where something is another: who is going through it keeps her place.
    const isSame = draft === this.#draft && JSON.stringify(dossier?.entries) === JSON.stringify(this.#dossier?.entries);
    if (isSame && dossier) return;
    this.#draft = draft;
    this.#dossier = dossier;
    this.#describe();
    this.#changed.fire();
  }

  #describe(): void {
    this.#view.message = this.#dossier ? inWords(this.#dossier) : "";
    const name = this.#draft && vscode.workspace.asRelativePath(this.#draft.uri).split("/").pop();
    const filter = FILTERS.find(([filter]) => filter === this.#filter)?.[1];
    this.#view.description = [name, this.#filter === "all" ? undefined : filter].filter(Boolean).join(" – ");
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.#dossier ? tree(this.#dossier, this.#filter) : [];
    return "children" in node ? node.children : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = this.#item(node);
    if ("children" in node && node.children.length > 0 && node.type !== "group") item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    return item;
  }

  #item(node: Node): vscode.TreeItem {
    switch (node.type) {
      case "group": {
        const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
        item.description = node.description;
        item.id = node.kind;
        return item;
      }
      case "entry": {
        const { entry } = node;
        const item = new vscode.TreeItem(oneLine(entry.name));
        if (entry.detail) item.description = oneLine(entry.detail);
        // By which it is known again, open or not, when the draft has changed.
        item.id = `${entry.kind} ${entry.name} ${node.nth}`;
        item.iconPath = ICONS[entry.mark];
        item.accessibilityInformation = { label: spoken(entry) };
        item.tooltip = spoken(entry);
        const first = entry.places[0];
        if (first) item.command = this.#toDraft(toRange(first));
        return item;
      }
      case "finding": {
        const item = new vscode.TreeItem(node.finding.message);
        item.description = node.finding.rule;
        item.iconPath = new vscode.ThemeIcon(node.finding.severity === "error" ? "error" : node.finding.severity === "warning" ? "warning" : "info");
        item.tooltip = node.finding.message;
        item.command = this.#toDraft(toRange(node.finding.range));
        return item;
      }
      case "attested": {
        const item = new vscode.TreeItem(oneLine(node.attested.words));
        if (node.source) {
          const others = node.children.length > 0 ? ` and ${node.children.length} more` : "";
          item.description = `${node.source.attribution}${others}`;
          this.#leadTo(item, node.source);
        }
        item.iconPath = new vscode.ThemeIcon("references");
        return item;
      }
      case "source": {
        const item = new vscode.TreeItem(node.source.attribution);
        item.description = oneLine(node.source.sentence);
        item.iconPath = new vscode.ThemeIcon("go-to-file");
        this.#leadTo(item, node.source);
        return item;
      }
      case "places":
        return new vscode.TreeItem(node.label);
      case "place": {
        const range = toRange(node.range);
        const item = new vscode.TreeItem(`Line ${range.start.line + 1}`);
        if (this.#draft) item.description = this.#draft.lineAt(Math.min(range.start.line, this.#draft.lineCount - 1)).text.trim();
        item.command = this.#toDraft(range);
        return item;
      }
    }
  }

  #toDraft(range: vscode.Range): vscode.Command {
    return { title: "Show in the draft", command: "copydesk.dossier.reveal", arguments: [range] };
  }

  #leadTo(item: vscode.TreeItem, source: Source): void {
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(`${source.sentence}\n— ${source.attribution}`);
    item.tooltip = tooltip;
    item.command = { title: "Open the source", command: "copydesk.dossier.openSource", arguments: [source] };
  }

  async reveal(range: vscode.Range): Promise<void> {
    if (this.#draft) await reveal(this.#draft.uri, range);
  }

  async chooseFilter(): Promise<void> {
    const items = FILTERS.map(([filter, label, detail]) => ({ label, detail, filter, picked: filter === this.#filter }));
    const picked = await vscode.window.showQuickPick(items, { title: "What the Dossier shows" });
    if (!picked) return;
    this.#filter = picked.filter;
    this.#describe();
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
  }
}

function inWords({ summary, entries, unshown }: Dossier): string {
  if (entries.length === 0) return "There is nothing in this draft that the archive could speak to.";
  return unshown > 0 ? `${capitalised(summary)}; the first ${entries.length} are listed` : capitalised(summary);
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
