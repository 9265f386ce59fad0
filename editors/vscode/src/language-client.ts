// The language client, with what this editor shows otherwise than others. A file of its own, which is read when a server is started.
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";
import type { Executable, LanguageClientOptions, Middleware } from "vscode-languageclient/node";
import { SHARED } from "./drafts";
import type { Status } from "./protocol";
import { serverSettings } from "./settings";
import type { TraceChannel } from "./trace";

/** Who wants to hear what of the server. */
export interface Listeners {
  output: vscode.LogOutputChannel;
  trace: TraceChannel;
  onError(stream: NodeJS.ReadableStream): void;
  onClosed(): void;
  onStatus(status: Status): void;
}

/** The client without its own pop-ups: the session says itself what the user can act on, the rest is in the output. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export function makeClient(executable: Executable, listeners: Listeners): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: SHARED,
    outputChannel: listeners.output,
    // The client asks no more of a channel for traces than ours has.
    traceOutputChannel: listeners.trace as unknown as vscode.LogOutputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    initializationOptions: { ...serverSettings(), status: true },
    synchronize: { configurationSection: "copydesk" },
    middleware: middleware(() => client),
    stdioOptions: { stdout: () => {}, stderr: listeners.onError },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        listeners.onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = new QuietClient("copydesk", "copydesk", executable, options);
  client.onNotification("copydesk/status", (status: Status) => listeners.onStatus(status));
  return client;
}

function middleware(client: () => LanguageClient): Middleware {
  return {
    workspace: {
      configuration: async (parameters, token, next) => {
        const answers = await next(parameters, token);
        return parameters.items.map(({ section, scopeUri }, index) =>
          section === "copydesk" ? serverSettings(scopeUri ? vscode.Uri.parse(scopeUri) : undefined) : Array.isArray(answers) ? answers[index] : null,
        );
      },
      didChangeConfiguration: () =>
        client().sendNotification("workspace/didChangeConfiguration", { settings: { copydesk: serverSettings() } }),
    },
    executeCommand: (command, parameters, next) =>
      // The line above a headline: this editor has a panel for what it counts.
      command === "copydesk.dossier" ? vscode.commands.executeCommand("copydesk.openDossier") : next(command, parameters),
    provideDocumentSymbols: async (document, token, next) => {
      const symbols = await next(document, token);
      // The editor's own Markdown support lists the headings.
      return document.languageId === "markdown" ? withoutHeadings(symbols) : symbols;
    },
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (report && "items" in report) report.items.forEach((item) => leaveSourcesToTheHover(item, uriOf(document)));
      return report;
    },
    provideWorkspaceDiagnostics: (resultIds, token, resultReporter, next) => {
      const shorten = (report: Parameters<typeof resultReporter>[0]): typeof report => {
        for (const document of report?.items ?? []) {
          if ("items" in document) document.items.forEach((item) => leaveSourcesToTheHover(item, document.uri));
        }
        return report;
      };
      const reported = next(resultIds, token, (chunk) => resultReporter(shorten(chunk)));
      return Promise.resolve(reported).then((report) => (report ? shorten(report) : report));
    },
  };
}

function uriOf(document: vscode.TextDocument | vscode.Uri): vscode.Uri {
  return document instanceof vscode.Uri ? document : document.uri;
}

/** The sources' sentences stand in the hover, with links: as related information they would push it down by a screen. */
function leaveSourcesToTheHover(diagnostic: vscode.Diagnostic, draft: vscode.Uri): void {
  const own = diagnostic.relatedInformation?.filter(({ location }) => location.uri.toString() === draft.toString());
  if (own) diagnostic.relatedInformation = own;
}

function withoutHeadings<Symbols extends vscode.SymbolInformation[] | vscode.DocumentSymbol[] | null | undefined>(
  symbols: Symbols,
): vscode.DocumentSymbol[] | Symbols {
  const nested = symbols?.filter((symbol): symbol is vscode.DocumentSymbol => "children" in symbol);
  return nested?.flatMap((symbol) => (symbol.kind === vscode.SymbolKind.String ? symbol.children : [symbol])) ?? symbols;
}
