// The plugin: underlines in a note what differs from the archive, with the evidence and the fixes at hand.
import { forceLinting, linter } from "@codemirror/lint";
import type { Action, Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { FileSystemAdapter, MarkdownView, Modal, Notice, Plugin, PluginSettingTab, Setting } from "obsidian";
import type { App } from "obsidian";
import { findingsOf } from "./findings";
import type { Finding } from "./findings";
import { locate, program } from "./program";
import type { Program } from "./program";

/** A note is checked once its writer pauses. */
const PAUSE_MS = 800;

/** Kept on this device and not in the vault: a vault that is shared must not choose what is started. */
const CHOSEN = "copydesk-program";

const MISSING = "The copydesk program is not there. Install it, or say where it is in the plugin's settings.";

export default class Copydesk extends Plugin {
  /** The last thing that went wrong, so that it is said once. */
  #said = "";

  override onload(): void {
    this.addSettingTab(new Settings(this.app, this));
    this.registerEditorExtension(linter((view) => this.#check(view), { delay: PAUSE_MS }));
    this.addCommand({
      id: "check",
      name: "Check this note",
      editorCallback: (editor) => forceLinting((editor as unknown as { cm: EditorView }).cm),
    });
    this.addCommand({ id: "who", name: "Who is…?", editorCallback: (editor) => void this.#who(editor.getSelection().trim()) });
  }

  chosen(): string | null {
    return this.app.loadLocalStorage(CHOSEN) as string | null;
  }

  choose(command: string): void {
    this.app.saveLocalStorage(CHOSEN, command.trim() || null);
    this.#said = "";
  }

  #program(): Program | undefined {
    const command = locate(this.chosen());
    const adapter = this.app.vault.adapter;
    if (!command || !(adapter instanceof FileSystemAdapter)) {
      this.#sayOnce(MISSING);
      return undefined;
    }
    return program(command, adapter.getBasePath());
  }

  #sayOnce(message: string): void {
    if (message !== this.#said) new Notice(`copydesk: ${message}`);
    this.#said = message;
  }

  async #check(view: EditorView): Promise<Diagnostic[]> {
    const file = this.app.workspace.getActiveViewOfType(MarkdownView)?.file;
    const program = file && this.#program();
    if (!file || !program) return [];
    const note = view.state.doc.toString();
    try {
      const found = findingsOf(await program.lint(note, file.path), note);
      this.#said = "";
      return found.map(diagnostic);
    } catch (error) {
      this.#sayOnce(error instanceof Error ? error.message : String(error));
      return [];
    }
  }

  async #who(name: string): Promise<void> {
    if (!name) {
      new Notice("copydesk: select a name first.");
      return;
    }
    const answer = await this.#program()?.who(name).catch((error: unknown) => String(error));
    if (answer) new Words(this.app, name, answer).open();
  }
}

function diagnostic({ from, to, severity, rule, message, evidence, fixes }: Finding): Diagnostic {
  const actions = fixes.map(({ title, changes }): Action => ({ name: title, apply: (view) => view.dispatch({ changes }) }));
  const renderMessage = (): HTMLElement => {
    const shown = createDiv({ text: message });
    for (const sentence of evidence) shown.createEl("blockquote", { text: sentence });
    return shown;
  };
  return { from, to, severity, source: rule, message: [message, ...evidence].join("\n"), renderMessage, actions };
}

/** An answer in words. */
class Words extends Modal {
  constructor(app: App, title: string, words: string) {
    super(app);
    this.setTitle(title);
    this.contentEl.createEl("pre", { text: words }).style.whiteSpace = "pre-wrap";
  }
}

class Settings extends PluginSettingTab {
  readonly #plugin: Copydesk;

  constructor(app: App, plugin: Copydesk) {
    super(app, plugin);
    this.#plugin = plugin;
  }

  override display(): void {
    this.containerEl.empty();
    const found = locate(this.#plugin.chosen());
    new Setting(this.containerEl)
      .setName("The copydesk program")
      .setDesc(`Left empty, the first on the PATH or in ~/.cargo/bin. ${found ? `Now: ${found}` : "There is none now."} Kept on this device, not in the vault.`)
      .addText((text) => text.setPlaceholder("copydesk").setValue(this.#plugin.chosen() ?? "").onChange((command) => this.#plugin.choose(command)));
  }
}
