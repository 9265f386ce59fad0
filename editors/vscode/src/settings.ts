// The settings as the server takes them, and how somebody gets to them.
import * as vscode from "vscode";

/** The section as the server knows it: whether, how and from where it is started is the editor's business. */
export function serverSettings(resource?: vscode.Uri): Record<string, unknown> {
  const all: Record<string, unknown> = vscode.workspace.getConfiguration(undefined, resource).get("copydesk") ?? {};
  const { server: _server, trace: _trace, enable: _enable, ...forTheServer } = all;
  // A hover here has the message above it, from the editor itself.
  return { ...forTheServer, hoverMessages: false };
}

export function openServerSettings(): Thenable<unknown> {
  const query = "copydesk.server";
  // A program belongs to the machine it runs on: in a remote window the user's own tab doesn't list its path.
  return vscode.env.remoteName === undefined
    ? vscode.commands.executeCommand("workbench.action.openSettings", query)
    : vscode.commands.executeCommand("workbench.action.openRemoteSettings", { query, jsonEditor: false });
}
