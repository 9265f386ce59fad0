// From the protocol's places to the editor's, and how a source is opened at its line.
import * as vscode from "vscode";
import type { Range } from "vscode-languageserver-protocol";
import type { Source } from "./protocol";

export function toRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** Shows words of a draft, and puts the cursor there. */
export async function reveal(draft: vscode.Uri, range: vscode.Range): Promise<void> {
  await vscode.window.showTextDocument(draft, { selection: range });
}

/** Opens a source at its sentence, beside the draft; an article on the web where there is no file. */
export async function openSource(source: Source): Promise<void> {
  if (source.location) {
    const selection = toRange(source.location.range);
    await vscode.window.showTextDocument(vscode.Uri.parse(source.location.uri), { selection, preview: true, viewColumn: besideTheDraft() });
  } else if (source.url) {
    await vscode.env.openExternal(vscode.Uri.parse(source.url));
  } else {
    void vscode.window.showInformationMessage(`${source.attribution} is in no file that could be opened: “${source.sentence}”`);
  }
}

/** A second column is used where there is one, and made where there isn't: whoever checks a fact wants to see both. */
function besideTheDraft(): vscode.ViewColumn {
  const columns = vscode.window.tabGroups.all.length;
  return columns > 1 && vscode.window.tabGroups.activeTabGroup.viewColumn !== vscode.ViewColumn.One ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

interface SourceItem extends vscode.QuickPickItem {
  source: Source;
}

/** Lets somebody choose among sources; the only one is opened at once. */
export async function chooseSource(sources: Source[], title: string): Promise<void> {
  const [only, ...others] = sources;
  if (only === undefined) {
    void vscode.window.showInformationMessage(`${title}: no source speaks to what is under the cursor.`);
    return;
  }
  if (others.length === 0) return openSource(only);
  const items = sources.map((source): SourceItem => ({ label: source.attribution, detail: source.sentence, source }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (picked) await openSource(picked.source);
}

/** Each place once. */
export function distinct(sources: Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = `${source.attribution}\n${source.sentence}`;
    return !seen.has(key) && seen.add(key);
  });
}
