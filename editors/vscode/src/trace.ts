// A trace channel that follows the setting copydesk.trace.server. The language client on its own traces
// only once the log level of its channel is set to "Trace" by hand, whatever the setting says.
import * as vscode from "vscode";

export class TraceChannel implements vscode.Disposable {
  #channel: vscode.OutputChannel | undefined;
  readonly #levelChanged = new vscode.EventEmitter<vscode.LogLevel>();
  readonly #subscription: vscode.Disposable;

  readonly name = "copydesk trace";
  readonly onDidChangeLogLevel = this.#levelChanged.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("copydesk.trace.server")) this.#levelChanged.fire(this.logLevel);
    });
  }

  get logLevel(): vscode.LogLevel {
    const level = vscode.workspace.getConfiguration("copydesk").get("trace.server", "off");
    return level === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  trace(message: string): void {
    // Made on first use, so that the list of channels stays short for those who never trace.
    this.#channel ??= vscode.window.createOutputChannel(this.name);
    this.#channel.appendLine(`${new Date().toISOString()} ${message}`);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#levelChanged.dispose();
    this.#channel?.dispose();
  }
}
