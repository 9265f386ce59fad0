// The commands that are more than one call.
import * as vscode from "vscode";
import { activeDraft } from "./drafts";
import { chooseSource, distinct, toRange } from "./places";
import type { Count, Dossier, Rule } from "./protocol";
import type { Session } from "./session";

/** What is found in all drafts, in the Problems panel and in a sentence. */
export async function checkAllDrafts(session: Session): Promise<void> {
  const title = { location: vscode.ProgressLocation.Window, title: "Checking all drafts" };
  const { drafts, errors, warnings, infos, hints } = await vscode.window.withProgress(title, () => session.ask<Count>("copydesk/check", {}));
  const counts: [number, string][] = [
    [errors, "error"],
    [warnings, "warning"],
    [infos, "remark"],
    [hints, "hint"],
  ];
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => counted(count, what));
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  void vscode.window.showInformationMessage(`${counted(drafts, "draft")} checked: ${found.length > 0 ? found.join(", ") : "nothing to report"}.`);
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

/** Opens what the archive has on what is under the cursor, at its line. */
export async function openSourceHere(session: Session): Promise<void> {
  const editor = activeDraft();
  if (!editor) return;
  const dossier = await session.ask<Dossier | null>("copydesk/dossier", { textDocument: { uri: editor.document.uri.toString() } });
  const cursor = editor.selection.active;
  const touched = (dossier?.entries ?? []).filter(({ places }) => places.some((place) => toRange(place).contains(cursor)));
  const found = (dossier?.entries ?? []).flatMap(({ findings }) => findings).filter(({ range }) => toRange(range).contains(cursor));
  const sources = [...found.flatMap(({ evidence }) => evidence), ...touched.flatMap(({ attested }) => attested.flatMap(({ evidence }) => evidence))];
  await chooseSource(distinct(sources), "Open Source");
}

/** Shows a rule's page: the one under the cursor first. */
export async function explainRule(session: Session, name?: string): Promise<void> {
  const rules = await session.ask<Rule[]>("copydesk/rules", {});
  const here = rulesAtTheCursor();
  const items = rules
    .map((rule) => ({ label: rule.name, description: here.includes(rule.name) ? `${rule.severity}, under the cursor` : rule.severity, detail: rule.summary, rule }))
    .sort((a, b) => Number(here.includes(b.label)) - Number(here.includes(a.label)));
  const picked = rules.find((rule) => rule.name === name) ?? (await vscode.window.showQuickPick(items, { title: "Explain Rule", matchOnDetail: true }))?.rule;
  if (!picked) return;
  if (!picked.page) {
    void vscode.window.showInformationMessage(`${picked.name}: ${picked.summary}`);
    return;
  }
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.parse(picked.page), undefined, { locked: true });
}

function rulesAtTheCursor(): string[] {
  const editor = activeDraft();
  if (!editor) return [];
  const here = vscode.languages.getDiagnostics(editor.document.uri).filter(({ range, source }) => source === "copydesk" && range.contains(editor.selection.active));
  return here.map(({ code }) => String(typeof code === "object" ? code.value : code));
}

/** A draft with planted faults, in no file. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const example = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", "example.md"));
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: new TextDecoder().decode(example) });
  await vscode.window.showTextDocument(document);
}

/** Has the program chosen from the disk, and remembers it. */
export async function chooseProgram(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ title: "The copydesk Program", openLabel: "Choose", canSelectMany: false });
  const program = picked?.[0]?.fsPath;
  if (program) await vscode.workspace.getConfiguration("copydesk").update("server.path", program, vscode.ConfigurationTarget.Global);
}
