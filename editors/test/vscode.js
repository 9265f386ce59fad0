// What vscode.sh runs: drives the workbench in a browser. One line of output for each check.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { chromium } = require("playwright-core");

const { COPYDESK, EXPECT, OUT, REPOSITORY, WORK, PORT } = process.env;
const TIMEOUT_MS = 20_000;
const expect = JSON.parse(fs.readFileSync(EXPECT, "utf8"));
const text = expect.draft ? fs.readFileSync(path.join(REPOSITORY, expect.draft), "utf8") : expect.text;
const faultyLine = text.split("\n").find((line) => line.includes(expect.finding.words));
const workspace = path.join(WORK, "workspace");
const pidFile = path.join(WORK, "server.pid");
// Settings that belong to a machine are read from here when the workbench runs in a browser.
const machineSettings = path.join(WORK, "user-data/Machine/settings.json");

const decided = path.join(workspace, "decided");
const undecided = "The engineer Peter Quillfeather met the writer Oda Brandvold.\n";

let page;
let failed = false;

async function check(name, body) {
  try {
    await body();
    console.log(`ok - ${name}`);
    return true;
  } catch (error) {
    failed = true;
    console.log(`FAILED - ${name}: ${String(error.message).replaceAll("\n", "\n    ")}`);
    await screenshot(`failed-${name.replace(/\W+/g, "-")}`);
    return false;
  }
}

async function screenshot(name) {
  await sleep(500); // messages slide in, and menus fade
  await page.screenshot({ path: path.join(OUT, `${name}.png`) });
}

const serverPid = () => Number(fs.readFileSync(pidFile, "utf8"));

function setServerPath(serverPath) {
  fs.writeFileSync(machineSettings, JSON.stringify({ "copydesk.server.path": serverPath }));
}

/** Waits until the condition holds; what it last returned or threw is the reason given when it never does. */
async function waitFor(what, condition) {
  const end = Date.now() + TIMEOUT_MS;
  let last;
  while (Date.now() < end) {
    last = await condition();
    if (last === true) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for ${what}; last seen: ${JSON.stringify(last)}`);
}

/** Clicks the row: the return key would take whatever is on top while the list is still being filtered. */
async function pick(words) {
  await page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first().click({ timeout: TIMEOUT_MS });
  await page.mouse.move(640, 790); // where it shows no tip over what comes next
}

async function runCommand(title) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input");
  await input.fill(`>${title}`);
  await pick(title);
}

async function openFile(name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(name);
  await pick(name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT_MS });
  await page.locator(".editor-instance .view-line").first().waitFor({ timeout: TIMEOUT_MS });
}

/** Puts the cursor one character into the first occurrence of the words in the open draft. */
async function goTo(words, draft = text) {
  const offset = draft.indexOf(words);
  assert(offset >= 0, `“${words}” is not in the draft`);
  const before = draft.slice(0, offset).split("\n");
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").fill(`:${before.length}:${before.at(-1).length + 2}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: TIMEOUT_MS });
}

async function problems() {
  const rows = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, " "));
}

/** The text of the editor as it is drawn; only what is on the screen. */
async function editorText() {
  const lines = await page.locator(".editor-group-container.active .view-line").allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}

const squiggles = () => page.locator(".editor-instance .squiggly-warning, .editor-instance .squiggly-error").count();

async function awaitSquiggle() {
  await waitFor("an underlined finding", async () => (await squiggles()) > 0 || (await squiggles()));
}

async function notificationWith(words) {
  const toast = page.locator(".notification-toast", { hasText: words });
  await toast.first().waitFor({ timeout: TIMEOUT_MS });
  return toast.first();
}

async function dismissNotifications() {
  await runCommand("Notifications: Clear All Notifications");
}

async function main() {
  const asHtml = `<!doctype html>\n<html><body><p>${text.replaceAll("\n\n", "</p>\n<p>")}</p></body></html>\n`;
  // The last two are opened late: what is underlined in an older one may be left over from a server that is gone.
  const drafts = { "draft.md": text, "draft.txt": text, "draft.html": asHtml, "after-crash.md": `${faultyLine}\n`, "after-restart.md": `${faultyLine}\n` };
  for (const [name, content] of Object.entries(drafts)) fs.writeFileSync(path.join(workspace, name), content);
  fs.mkdirSync(decided);
  fs.writeFileSync(path.join(decided, "copydesk.toml"), 'stylebook = "stylebook.toml"\n');
  fs.writeFileSync(path.join(decided, "decide.md"), undecided);
  const crashing = path.join(WORK, "crashing-server");
  fs.writeFileSync(crashing, "#!/bin/sh\necho 'error: the corpus is out of reach' >&2\nexit 2\n", { mode: 0o755 });
  const server = path.join(WORK, "copydesk-server"); // the program under test, leaving word of its process
  fs.writeFileSync(server, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${COPYDESK}' "$@"\n`, { mode: 0o755 });
  const silent = path.join(WORK, "silent-server");
  fs.writeFileSync(silent, `#!/bin/sh\necho $$ > '${pidFile}'\nexec sleep 600\n`, { mode: 0o755 });
  setServerPath(server);

  await waitFor("code-server", () => fetch(`http://127.0.0.1:${PORT}/healthz`).then((answer) => answer.ok, String));
  const browser = await chromium.launchPersistentContext(path.join(WORK, "chromium"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(`http://127.0.0.1:${PORT}/?folder=${encodeURIComponent(workspace)}`);
  await page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });

  const appeared = await check("findings are underlined in a Markdown draft", async () => {
    await openFile("draft.md");
    await awaitSquiggle();
    await page.keyboard.press("Control+B"); // the draft gets the side bar's room
    await screenshot("draft");
  });
  if (!appeared) return browser.close();

  await check("the status bar says that the server runs", async () => {
    await page.locator('[id="status.languageStatus"]').hover();
    await page.locator(".hover-language-status", { hasText: "running" }).first().waitFor({ timeout: TIMEOUT_MS });
    await screenshot("status");
    await page.mouse.move(640, 790);
  });

  await check("the Problems panel lists the finding", async () => {
    await page.keyboard.press("Control+Shift+M");
    await waitFor("the finding", async () => {
      const rows = await problems();
      return rows.some((row) => row.includes(expect.finding.message)) || rows;
    });
    await screenshot("problems");
    await runCommand("View: Hide Panel");
  });

  await check("hover tells of a person", async () => {
    await openFile("draft.md");
    await goTo(expect.hover.words);
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+I");
    const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: expect.hover.shows });
    await hover.first().waitFor({ timeout: TIMEOUT_MS });
    await screenshot("hover");
    await page.keyboard.press("Escape");
  });

  await check("definition jumps to what is known", async () => {
    await goTo(expect.definition.words);
    const before = await page.locator(".tab.active").getAttribute("data-resource-name");
    await page.keyboard.press("F12");
    // One place opens its file; several open a peek window over the draft.
    const peek = page.locator(".peekview-widget .view-line");
    await waitFor("the jump", async () => {
      const tab = await page.locator(".tab.active").getAttribute("data-resource-name");
      return tab !== before || (await peek.count()) > 0;
    });
    await waitFor("the source", async () => {
      const shown = ((await peek.count()) > 0 ? (await peek.allInnerTexts()).join("\n").replaceAll("\u00a0", " ") : await editorText());
      return shown.includes(expect.definition.lands) || shown;
    });
    await screenshot("definition");
    await page.keyboard.press("Escape");
  });

  await check("the quick fix changes the draft and the finding goes", async () => {
    await openFile("draft.md");
    await goTo(expect.fix.words);
    const findings = await squiggles();
    const action = page.locator(".action-widget .monaco-list-row", { hasText: expect.fix.title }).first();
    // The menu closes when something arrives that moves the lines, like the line above the headline: then it is asked for again.
    await waitFor("the quick fix", async () => {
      await page.keyboard.press("Control+.");
      return action.waitFor({ timeout: 3000 }).then(() => true, () => page.keyboard.press("Escape").then(() => false));
    });
    await screenshot("quickfix");
    await action.click();
    await waitFor("the finding to go", async () => (await squiggles()) < findings);
    await page.keyboard.press("Control+S");
    await waitFor("the saved draft", () => {
      const saved = fs.readFileSync(path.join(workspace, "draft.md"), "utf8");
      return saved !== text && saved.includes(expect.fix.becomes);
    });
    await screenshot("fixed");
  });

  await check("two decisions in a row go into the stylebook, made where it is missing", async () => {
    await openFile("decide.md");
    for (const name of ["Peter Quillfeather", "Oda Brandvold"]) {
      await goTo(name, undecided);
      const action = page.locator(".action-widget .monaco-list-row", { hasText: `Stylebook: the desk writes “${name}”` }).first();
      await waitFor(`the decision on ${name}`, async () => {
        await page.keyboard.press("Control+.");
        return action.waitFor({ timeout: 3000 }).then(() => true, () => page.keyboard.press("Escape").then(() => false));
      });
      await screenshot("decision");
      await action.click();
      await sleep(1000); // the stylebook is changed and stays unsaved
    }
    await runCommand("File: Save All");
    await waitFor("both decisions", () => {
      const book = path.join(decided, "stylebook.toml");
      const saved = fs.existsSync(book) ? fs.readFileSync(book, "utf8") : "";
      const expected = '[[person]]\nname = "Peter Quillfeather"\n\n[[person]]\nname = "Oda Brandvold"\n';
      return saved === expected || saved;
    });
  });

  for (const name of ["draft.txt", "draft.html"]) {
    await check(`${name} is checked too`, async () => {
      await openFile(name);
      await awaitSquiggle();
    });
  }

  await check("a draft that was never saved is checked too", async () => {
    await runCommand("Create: New File...");
    await pick("Text File");
    await page.locator('.tab.active[data-resource-name="Untitled-1"]').waitFor({ timeout: TIMEOUT_MS });
    await page.keyboard.insertText(faultyLine);
    await awaitSquiggle();
    await runCommand("View: Revert and Close Editor");
  });

  await check("a missing program is reported, and its button opens the settings", async () => {
    await openFile("draft.txt");
    setServerPath(path.join(WORK, "no-such-program"));
    const toast = await notificationWith("There is no program at");
    await screenshot("missing-program");
    await toast.getByRole("button", { name: "Open Settings" }).click();
    await page.locator(".settings-editor .setting-item", { hasText: "Path" }).first().waitFor({ timeout: TIMEOUT_MS });
    await screenshot("settings");
    await page.keyboard.press("Escape");
    await page.locator(".settings-editor").waitFor({ state: "hidden", timeout: TIMEOUT_MS });
  });

  await check("a server that fails at start is reported with its own words", async () => {
    setServerPath(crashing);
    await notificationWith("the corpus is out of reach");
    await screenshot("failed-start");
    await dismissNotifications();
  });

  await check("with the setting mended, the draft is checked again, and a server that never answered is gone", async () => {
    const before = serverPid();
    setServerPath(silent);
    await waitFor("the silent server", () => serverPid() !== before);
    const hanging = serverPid();
    setServerPath(server);
    await openFile("draft.txt");
    await awaitSquiggle();
    await waitFor("the silent server to end", () => !fs.existsSync(`/proc/${hanging}`));
  });

  await check("a server that crashes is started again, without a message", async () => {
    const crashed = serverPid();
    process.kill(crashed, "SIGKILL");
    await waitFor("another server", () => serverPid() !== crashed);
    await openFile("after-crash.md");
    await awaitSquiggle();
    assert.strictEqual(await page.locator(".notification-toast").count(), 0);
  });

  await check("the server can be restarted, and its output shown", async () => {
    const before = serverPid();
    await runCommand("copydesk: Restart Server");
    await waitFor("another server", () => serverPid() !== before);
    await openFile("after-restart.md");
    await awaitSquiggle();
    await runCommand("copydesk: Show Output");
    const channel = page.locator(".part.panel select");
    await waitFor("the output channel", async () => {
      const shown = await channel.evaluateAll((boxes) => boxes.flatMap((box) => [...box.selectedOptions].map((option) => option.text)));
      return shown.includes("copydesk") || shown;
    });
  });

  await browser.close();
}

main().then(
  () => process.exit(failed ? 1 : 0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
