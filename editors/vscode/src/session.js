// One running server and its client: starting, stopping, restarting after a crash, and saying what went wrong.
"use strict";

const { once } = require("node:events");
const os = require("node:os");
const readline = require("node:readline");
const { setTimeout: sleep } = require("node:timers/promises");
const vscode = require("vscode");
const { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } = require("vscode-languageclient/node");
const { locateServer } = require("./locate");
const { failureReason } = require("./reason");

const LANGUAGES = ["markdown", "plaintext", "html"];
const SCHEMES = ["file", "untitled"];
const DRAFTS = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
/** The stylebook too: what it says unsaved counts, and a decision is written into it as it stands in the editor. */
const DOCUMENT_SELECTOR = [...DRAFTS, { scheme: "file", pattern: "**/*.toml" }];

/** So many crashes within the window, and the server is left alone until the user asks for it. */
const CRASH_LIMIT = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;
const STOP_TIMEOUT_MS = 2000;
const LAST_WORDS_TIMEOUT_MS = 1000;
const LAST_WORDS_LINES = 50;

const RESTART = "Restart Server";
const OPEN_SETTINGS = "Open Settings";
const SHOW_OUTPUT = "Show Output";

/** The client without its own pop-ups: the session says itself what the user can act on, the rest is in the output. */
class QuietClient extends LanguageClient {
  error(message, detail) {
    super.error(message, detail, false);
  }
}

class Session {
  #bundledFolder;
  #output;
  #trace;
  #status;
  #client;
  #started = false;
  #abandoned;
  #lastWords = [];
  #lastWordsSpoken = Promise.resolve();
  #crashes = [];
  #turn = Promise.resolve();

  /**
   * @param {string} bundledFolder where a packaged extension carries the program
   * @param {vscode.LogOutputChannel} output
   * @param {import("./trace").TraceChannel} trace
   */
  constructor(bundledFolder, output, trace) {
    this.#bundledFolder = bundledFolder;
    this.#output = output;
    this.#trace = trace;
    this.#status = vscode.languages.createLanguageStatusItem("copydesk", DRAFTS);
    this.#status.name = "copydesk";
    this.#status.text = "copydesk";
  }

  /** Stops what runs, if anything, and starts again with the settings as they are now. */
  restart() {
    this.#abandonStart();
    this.#crashes = [];
    return this.#queue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop() {
    this.#abandonStart();
    return this.#queue(() => this.#stop());
  }

  dispose() {
    this.#status.dispose();
  }

  /** A server that never answers `initialize` would hold up the queue for good. */
  #abandonStart() {
    if (!this.#client || this.#started) return;
    this.#abandoned = this.#client;
    this.#client.serverProcess?.kill();
  }

  /** Runs one transition after the other: overlapping restarts would leave servers behind. */
  #queue(transition) {
    this.#turn = this.#turn.then(transition).catch((error) => this.#output.error(error));
    return this.#turn;
  }

  async #start() {
    this.#show("starting");
    const settings = vscode.workspace.getConfiguration("copydesk");
    const located = locateServer({
      configured: settings.get("server.path"),
      bundledFolder: this.#bundledFolder,
      workspaceFolder: vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file")?.uri.fsPath,
      home: os.homedir(),
      environment: process.env,
      platform: process.platform,
    });
    if (located.problem) {
      this.#fail(located.problem, [OPEN_SETTINGS]);
      return;
    }

    const serverArguments = ["lsp", ...settings.get("server.arguments", [])];
    this.#output.info(`Starting ${located.program} ${serverArguments.join(" ")}`);
    this.#started = false;
    this.#lastWords = [];
    const client = new QuietClient(
      "copydesk",
      "copydesk",
      { command: located.program, args: serverArguments },
      this.#clientOptions(),
    );
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      if (this.#abandoned === client) return;
      this.#output.error(error);
      // The broken pipe is noticed before what the server wrote about it has been read.
      await Promise.race([this.#lastWordsSpoken, sleep(LAST_WORDS_TIMEOUT_MS)]);
      const reason = failureReason(this.#lastWords);
      this.#fail(`The copydesk server could not start${reason ? `: ${reason}` : "."}`, [OPEN_SETTINGS, SHOW_OUTPUT]);
      return;
    }
    this.#started = true;
    this.#show("running", client.initializeResult?.serverInfo?.version);
  }

  async #stop() {
    const client = this.#client;
    this.#client = undefined;
    this.#started = false;
    if (!client) return;
    try {
      await client.dispose(STOP_TIMEOUT_MS);
    } catch {
      // It had crashed or never started, which has been reported already.
      client.serverProcess?.kill();
    }
    this.#show("stopped");
  }

  #clientOptions() {
    return {
      documentSelector: DOCUMENT_SELECTOR,
      outputChannel: this.#output,
      traceOutputChannel: this.#trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      synchronize: { configurationSection: "copydesk" },
      middleware: {
        workspace: {
          configuration: (parameters, token, next) => {
            const answers = next(parameters, token);
            return parameters.items.map(({ section, scopeUri }, index) =>
              section === "copydesk" ? serverSettings(scopeUri && vscode.Uri.parse(scopeUri)) : answers[index],
            );
          },
          didChangeConfiguration: () =>
            this.#client.sendNotification("workspace/didChangeConfiguration", { settings: { copydesk: serverSettings() } }),
        },
      },
      stdioOptions: {
        stdout: () => {},
        stderr: (stream) => {
          const lines = readline.createInterface({ input: stream });
          lines.on("line", (line) => {
            this.#lastWords.push(line);
            this.#lastWords = this.#lastWords.slice(-LAST_WORDS_LINES);
            this.#output.info(line);
          });
          this.#lastWordsSpoken = once(lines, "close");
        },
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          if (this.#started) this.#crashed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }

  #crashed() {
    this.#started = false;
    const now = Date.now();
    this.#crashes = this.#crashes.filter((time) => now - time < CRASH_WINDOW_MS);
    this.#crashes.push(now);
    if (this.#crashes.length <= CRASH_LIMIT) {
      this.#output.warn("The server stopped unexpectedly and is started again.");
      this.#queue(async () => {
        await this.#stop();
        await this.#start();
      });
      return;
    }
    this.#fail(
      `The copydesk server stopped unexpectedly ${this.#crashes.length} times in three minutes and is not started again.`,
      [RESTART, SHOW_OUTPUT],
    );
  }

  #show(state, version) {
    this.#status.busy = state === "starting";
    this.#status.severity = vscode.LanguageStatusSeverity.Information;
    this.#status.detail = version ? `${state}, version ${version}` : state;
    this.#status.command = { command: "copydesk.restartServer", title: RESTART };
  }

  /** Shows the message without waiting for an answer: nobody may ever give one. */
  #fail(message, buttons) {
    this.#output.error(message);
    this.#status.busy = false;
    this.#status.severity = vscode.LanguageStatusSeverity.Error;
    this.#status.detail = message;
    this.#status.command = { command: "copydesk.showOutput", title: SHOW_OUTPUT };
    vscode.window.showErrorMessage(message, ...buttons).then((button) => {
      if (button === OPEN_SETTINGS) openServerSettings();
      if (button === SHOW_OUTPUT) this.#output.show(true);
      if (button === RESTART) this.restart();
    });
  }
}

/** The section as the server knows it: how it is started and traced is the editor's business. */
function serverSettings(resource) {
  const { server, trace, ...forTheServer } = vscode.workspace.getConfiguration(undefined, resource).get("copydesk") ?? {};
  return forTheServer;
}

function openServerSettings() {
  const query = "copydesk.server";
  // A program belongs to the machine it runs on: in a remote window the user's own tab doesn't list its path.
  return vscode.env.remoteName === undefined
    ? vscode.commands.executeCommand("workbench.action.openSettings", query)
    : vscode.commands.executeCommand("workbench.action.openRemoteSettings", { query, jsonEditor: false });
}

module.exports = { Session };
