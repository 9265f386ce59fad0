// A trace channel that follows the setting copydesk.trace.server. The language client on its own traces
// only once the log level of its channel is set to "Trace" by hand, whatever the setting says.
"use strict";

const vscode = require("vscode");

class TraceChannel {
  #channel;
  #levelChanged = new vscode.EventEmitter();
  #subscription;

  onDidChangeLogLevel = this.#levelChanged.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("copydesk.trace.server")) this.#levelChanged.fire(this.logLevel);
    });
  }

  get logLevel() {
    const level = vscode.workspace.getConfiguration("copydesk").get("trace.server", "off");
    return level === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  trace(message) {
    // Made on first use, so that the list of channels stays short for those who never trace.
    this.#channel ??= vscode.window.createOutputChannel("copydesk trace");
    this.#channel.appendLine(`${new Date().toISOString()} ${message}`);
  }

  dispose() {
    this.#subscription.dispose();
    this.#levelChanged.dispose();
    this.#channel?.dispose();
  }
}

module.exports = { TraceChannel };
