// The extension's two ends: what VS Code calls when it wakes the extension and when it puts it to rest.
"use strict";

const vscode = require("vscode");
const { Session } = require("./session");
const { TraceChannel } = require("./trace");

let session;

function activate(context) {
  const output = vscode.window.createOutputChannel("copydesk", { log: true });
  const trace = new TraceChannel();
  session = new Session(context.asAbsolutePath("server"), output, trace);
  context.subscriptions.push(
    output,
    trace,
    session,
    vscode.commands.registerCommand("copydesk.restartServer", () => session.restart()),
    vscode.commands.registerCommand("copydesk.showOutput", () => output.show(true)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("copydesk.server")) session.restart();
    }),
  );
  // Not awaited: VS Code holds commands back until activation is over, and a server that
  // never answers could then not be restarted.
  session.restart();
}

function deactivate() {
  return session?.stop();
}

module.exports = { activate, deactivate };
