// Which texts the extension is for.
import * as vscode from "vscode";

const LANGUAGES = ["markdown", "plaintext", "html"];
const SCHEMES = ["file", "untitled"];

export const DRAFTS = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
/** The desk's own files too: what a stylebook says unsaved counts, and a decision is written into it as it stands in the editor. */
export const SHARED = [...DRAFTS, { scheme: "file", pattern: "**/*.toml" }];

export function isDraft(document: vscode.TextDocument | undefined): document is vscode.TextDocument {
  return document !== undefined && SCHEMES.includes(document.uri.scheme) && LANGUAGES.includes(document.languageId) && !isDeskFile(document);
}

export function isDeskFile(document: vscode.TextDocument): boolean {
  return document.uri.scheme === "file" && document.uri.path.endsWith(".toml");
}

/** The draft that a command without an argument is about. */
export function activeDraft(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return isDraft(editor?.document) ? editor : undefined;
}
