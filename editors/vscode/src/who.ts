// "Who is…?": a name, and what the archive attests of those who bear it, each line a way into its source.
import * as vscode from "vscode";
import { openSource } from "./places";
import type { Source, Who } from "./protocol";
import type { Session } from "./session";

interface WhoItem extends vscode.QuickPickItem {
  source?: Source;
  name?: string;
}

export async function who(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : "";
  let name = await vscode.window.showInputBox({
    title: "Who Is…?",
    prompt: "A person, a place or a body, whole or in part",
    value: selected.length < 80 ? selected.replace(/\s+/g, " ").trim() : "",
  });
  while (name) {
    const textDocument = editor && { uri: editor.document.uri.toString() };
    const answer = await session.ask<Who>("copydesk/who", textDocument ? { name, textDocument } : { name });
    const picked: WhoItem | undefined = await vscode.window.showQuickPick(items(name, answer), { title: `Who is ${name}?`, matchOnDescription: true, matchOnDetail: true });
    if (picked?.source) await openSource(picked.source);
    name = picked?.name;
  }
}

function items(name: string, answer: Who): WhoItem[] {
  if (answer.records.length === 0) {
    const nobody: WhoItem = { label: `$(circle-slash) None of ${answer.against} is known to name “${name}”` };
    return [nobody, ...answer.near.map((near): WhoItem => ({ label: `$(person) ${near}`, description: "is meant?", name: near }))];
  }
  const found = answer.records.flatMap((record): WhoItem[] => {
    const sources = record.sources === 1 ? "1 source" : `${record.sources} sources`;
    const heading: WhoItem = { label: `${record.name}, ${record.kind}, ${sources}`, kind: vscode.QuickPickItemKind.Separator };
    const attested = record.attested.flatMap(({ words, evidence }) =>
      evidence.map((source): WhoItem => ({ label: `$(go-to-file) ${words}`, description: source.attribution, detail: source.sentence, source })),
    );
    return [heading, ...attested];
  });
  const more: WhoItem[] = answer.unshown > 0 ? [{ label: `and ${answer.unshown} more; a surname tells them apart` }] : [];
  return [...found, ...more];
}
