// One running server and its client: starting, stopping, restarting after a crash, and saying what went wrong.
import { once } from "node:events";
import * as os from "node:os";
import * as readline from "node:readline";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { locateServer } from "./locate";
import { failureReason } from "./reason";
import { openServerSettings } from "./settings";
import type { State } from "./state";
import type { TraceChannel } from "./trace";
import type { Status } from "./protocol";

/** So many crashes within the window, and the server is left alone until the user asks for it. */
const CRASH_LIMIT = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;
const STOP_TIMEOUT_MS = 2000;
const LAST_WORDS_TIMEOUT_MS = 1000;
const LAST_WORDS_LINES = 50;

const RESTART = "Restart Server";
const CHOOSE = "Choose Program…";
const INSTALL = "How to Install";
const OPEN_SETTINGS = "Open Settings";
const SHOW_OUTPUT = "Show Output";

export class Session implements vscode.Disposable {
  readonly #bundledFolder: string;
  readonly #output: vscode.LogOutputChannel;
  readonly #trace: TraceChannel;
  readonly #stateChanged = new vscode.EventEmitter<State>();
  #state: State = { kind: "stopped" };
  #client: LanguageClient | undefined;
  #program: string | undefined;
  #started = false;
  #abandoned: LanguageClient | undefined;
  #lastWords: string[] = [];
  #lastWordsSpoken: Promise<unknown> = Promise.resolve();
  #crashes: number[] = [];
  #turn: Promise<void> = Promise.resolve();

  readonly onDidChangeState = this.#stateChanged.event;

  constructor(bundledFolder: string, output: vscode.LogOutputChannel, trace: TraceChannel) {
    this.#bundledFolder = bundledFolder;
    this.#output = output;
    this.#trace = trace;
  }

  get state(): State {
    return this.#state;
  }

  /** The program that runs, for commands that need one of its others. */
  get program(): string | undefined {
    return this.#program;
  }

  /** Asks the running server; an error in words where there is none. */
  async ask<Answer>(method: string, params: object): Promise<Answer> {
    const client = this.#client;
    if (!client || !this.#started) throw new Error("The copydesk server is not running.");
    return client.sendRequest<Answer>(method, params);
  }

  /** Stops what runs, if anything, and starts again with the settings as they are now. */
  restart(): Promise<void> {
    this.#abandonStart();
    this.#crashes = [];
    return this.#queue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    this.#abandonStart();
    return this.#queue(() => this.#stop());
  }

  dispose(): void {
    this.#stateChanged.dispose();
  }

  /** A server that never answers `initialize` would hold up the queue for good. */
  #abandonStart(): void {
    if (!this.#client || this.#started) return;
    this.#abandoned = this.#client;
    kill(this.#client);
  }

  /** Runs one transition after the other: overlapping restarts would leave servers behind. */
  #queue(transition: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(transition).catch((error: unknown) => this.#fail(`copydesk could not be started: ${String(error)}`, [RESTART, SHOW_OUTPUT]));
    return this.#turn;
  }

  async #start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("copydesk");
    if (!settings.get("enable", true)) {
      this.#show({ kind: "off" });
      return;
    }
    this.#show({ kind: "starting" });
    const located = locateServer({
      configured: settings.get<string | null>("server.path"),
      bundledFolder: this.#bundledFolder,
      workspaceFolder: vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file")?.uri.fsPath,
      home: os.homedir(),
      environment: process.env,
      platform: process.platform,
    });
    if ("problem" in located) {
      this.#fail(located.problem, [CHOOSE, INSTALL, OPEN_SETTINGS]);
      return;
    }
    this.#program = located.program;
    const serverArguments = ["lsp", ...settings.get<string[]>("server.arguments", [])];
    this.#output.info(`Starting ${located.program} ${serverArguments.join(" ")}`);
    this.#started = false;
    this.#lastWords = [];
    // The language client is most of the extension's code: it is read when a server is started, and once VS Code is done with
    // waking the extension.
    await nextTurn();
    const { makeClient } = await import("./language-client");
    const client = makeClient(
      { command: located.program, args: serverArguments },
      {
        output: this.#output,
        trace: this.#trace,
        onError: (stream) => this.#listen(stream),
        onClosed: () => {
          if (this.#started) this.#crashed();
        },
        onStatus: (archive) => this.#archiveChanged(archive),
      },
    );
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      if (this.#abandoned === client) return;
      this.#output.error(String(error));
      // The broken pipe is noticed before what the server wrote about it has been read.
      await Promise.race([this.#lastWordsSpoken, sleep(LAST_WORDS_TIMEOUT_MS)]);
      const reason = failureReason(this.#lastWords);
      this.#fail(`The copydesk server could not start${reason ? `: ${reason}` : "."}`, [OPEN_SETTINGS, SHOW_OUTPUT]);
      return;
    }
    this.#started = true;
    const archive = this.#state.kind === "running" ? this.#state.archive : undefined;
    this.#show({ kind: "running", version: client.initializeResult?.serverInfo?.version, archive });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#program = undefined;
    this.#started = false;
    if (!client) return;
    try {
      await client.dispose(STOP_TIMEOUT_MS);
    } catch {
      // It had crashed or never started, which has been reported already.
      kill(client);
    }
    this.#show({ kind: "stopped" });
  }

  #listen(stream: NodeJS.ReadableStream): void {
    const lines = readline.createInterface({ input: stream });
    lines.on("line", (line) => {
      this.#lastWords.push(line);
      this.#lastWords = this.#lastWords.slice(-LAST_WORDS_LINES);
      this.#output.info(line);
    });
    this.#lastWordsSpoken = once(lines, "close");
  }

  /** The server may speak of its archive before the client has finished starting. */
  #archiveChanged(archive: Status): void {
    const version = this.#state.kind === "running" ? this.#state.version : undefined;
    this.#show({ kind: "running", version, archive });
  }

  #crashed(): void {
    this.#started = false;
    const now = Date.now();
    this.#crashes = this.#crashes.filter((time) => now - time < CRASH_WINDOW_MS);
    this.#crashes.push(now);
    if (this.#crashes.length <= CRASH_LIMIT) {
      this.#output.warn("The server stopped unexpectedly and is started again.");
      void this.#queue(async () => {
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

  #show(state: State): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  /** Shows the message without waiting for an answer: nobody may ever give one. */
  #fail(message: string, buttons: string[]): void {
    this.#output.error(message);
    this.#show({ kind: "failed", message });
    void vscode.window.showErrorMessage(message, ...buttons).then((button) => {
      switch (button) {
        case OPEN_SETTINGS:
          return openServerSettings();
        case CHOOSE:
          return vscode.commands.executeCommand("copydesk.chooseProgram");
        case INSTALL:
          return vscode.commands.executeCommand("copydesk.openWalkthrough");
        case SHOW_OUTPUT:
          return this.#output.show(true);
        case RESTART:
          return this.restart();
        default:
          return undefined;
      }
    });
  }
}

/** The client keeps its process to itself, and has no way to end one that never answered. */
function kill(client: LanguageClient): void {
  (client as unknown as { serverProcess?: { kill(): void } }).serverProcess?.kill();
}
