// Fixes before they are made: all that are clearly meant, each with its reason, in the editor's own preview of changes.
import * as vscode from "vscode";

export async function previewFixes(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  const version = document.version;
  const findings = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "copydesk");
  const edit = new vscode.WorkspaceEdit();
  const title = { location: vscode.ProgressLocation.Notification, title: "Trying the fixes", cancellable: true };
  const taken: vscode.Range[] = [];
  const finished = await vscode.window.withProgress(title, async (_, token) => {
    for (const finding of findings) {
      if (token.isCancellationRequested) return false;
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      // Which finding an action is for is not told on this way, but what it changes is.
      const edits = (action: vscode.CodeAction): vscode.TextEdit[] => action.edit?.get(document.uri) ?? [];
      const isOfFinding = (action: vscode.CodeAction): boolean => edits(action).some(({ range }) => range.intersection(finding.range));
      const meant = actions.find((action) => action.isPreferred && isOfFinding(action));
      // Of two fixes of the same words the first is shown.
      if (!meant || edits(meant).some(({ range }) => taken.some((other) => other.intersection(range)))) continue;
      for (const { range, newText } of edits(meant)) {
        taken.push(range);
        edit.replace(document.uri, range, newText, { needsConfirmation: true, label: meant.title, description: finding.message });
      }
    }
    return true;
  });
  if (!finished) return;
  if (taken.length === 0) {
    void vscode.window.showInformationMessage("Nothing is found in this draft that has one fix which is clearly meant.");
  } else if (document.version !== version) {
    void vscode.window.showInformationMessage("The draft was changed meanwhile: ask again.");
  } else {
    await vscode.workspace.applyEdit(edit);
  }
}
