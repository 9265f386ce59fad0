// Drives a VS Code workbench in a headless Chromium: what vscode.js and pictures.js have in common.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { chromium } = require("playwright-core");

const { OUT, WORK, PORT } = process.env;
const TIMEOUT_MS = 20_000;
// Settings that belong to a machine are read from here when the workbench runs in a browser.
const MACHINE_SETTINGS = path.join(WORK, "user-data/Machine/settings.json");

let page;
let browser;

/** Opens a folder in the workbench, in the browser that is running or a new one. */
async function openFolder(folder, { width = 1280, height = 800, scale = 1 } = {}) {
  await waitFor("code-server", () => fetch(`http://127.0.0.1:${PORT}/healthz`).then((answer) => answer.ok, String));
  browser ??= await chromium.launchPersistentContext(path.join(WORK, "chromium"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(`http://127.0.0.1:${PORT}/?folder=${encodeURIComponent(folder)}`);
  await page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
  return page;
}

async function close() {
  await browser?.close();
  browser = undefined;
}

async function screenshot(name) {
  await sleep(500); // messages slide in, and menus fade
  await page.screenshot({ path: path.join(OUT, `${name}.png`) });
}

function setSettings(changes) {
  const settings = fs.existsSync(MACHINE_SETTINGS) ? JSON.parse(fs.readFileSync(MACHINE_SETTINGS, "utf8")) : {};
  fs.writeFileSync(MACHINE_SETTINGS, JSON.stringify({ ...settings, ...changes }));
}

const setServerPath = (serverPath) => setSettings({ "copydesk.server.path": serverPath });

/** Waits until the condition holds; what it last returned or threw is the reason given when it never does. */
async function waitFor(what, condition, timeout = TIMEOUT_MS) {
  const end = Date.now() + timeout;
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
  await restMouse();
}

/** Into the title bar, where it shows no tip over what comes next. */
async function restMouse() {
  await page.mouse.move(240, 18);
}

/** Opens the field at the top and fills it. One that is just closing takes no words: then it is opened again. */
async function ask(key, words) {
  const input = page.locator(".quick-input-widget input[type=text]").first();
  await waitFor(`the field for ${words}`, async () => {
    await page.keyboard.press(key);
    return input.fill(words, { timeout: 2000 }).then(() => true, () => page.keyboard.press("Escape").then(() => false));
  });
}

async function runCommand(title) {
  await ask("F1", `>${title}`);
  await pick(title);
}

/** Opens a file by its name, or the end of its path. */
async function openFile(file) {
  const name = file.split("/").at(-1);
  await ask("Control+P", file);
  await pick(name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor({ timeout: TIMEOUT_MS });
  await page.locator(".editor-instance .view-line").first().waitFor({ timeout: TIMEOUT_MS });
}

async function goToLine(line, column) {
  await ask("Control+G", `:${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: TIMEOUT_MS });
}

/** Puts the cursor one character into the first occurrence of the words in a draft. */
async function goTo(words, draft) {
  const offset = draft.indexOf(words);
  assert(offset >= 0, `“${words}” is not in the draft`);
  const before = draft.slice(0, offset).split("\n");
  await goToLine(before.length, before.at(-1).length + 2);
}

async function problems() {
  const rows = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, " "));
}

/** The text of the editor in front as it is drawn; only what is on the screen. */
async function editorText() {
  const lines = await page.locator(".editor-group-container.active .view-line").allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}

const activeTab = () => page.locator(".editor-group-container.active .tab.active").getAttribute("data-resource-name");

const squiggles = () => page.locator(".editor-group-container.active .squiggly-warning, .editor-group-container.active .squiggly-error").count();

async function awaitSquiggle() {
  await waitFor("an underlined finding", async () => (await squiggles()) > 0 || (await squiggles()));
}

/** The hover at the cursor, once it shows these words. */
async function hoverWith(words) {
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: words }).first();
  await hover.waitFor({ timeout: TIMEOUT_MS });
  return hover;
}

/** The menu at the cursor, once it has an entry with these words. It closes when something arrives that moves the lines: then it is asked for again. */
async function actionWith(words) {
  const action = page.locator(".action-widget .monaco-list-row", { hasText: words }).first();
  await waitFor(`the action ${words}`, async () => {
    await page.keyboard.press("Control+.");
    return action.waitFor({ timeout: 3000 }).then(() => true, () => page.keyboard.press("Escape").then(() => false));
  });
  return action;
}

async function notificationWith(words) {
  const toast = page.locator(".notification-toast", { hasText: words });
  await toast.first().waitFor({ timeout: TIMEOUT_MS });
  return toast.first();
}

async function dismissNotifications() {
  await runCommand("Notifications: Clear All Notifications");
}

const statusItem = () => page.locator('.statusbar-item[id*="copydesk.status"]');

/** The rows of the Dossier, each in one line. */
async function dossierRows() {
  const rows = await page.locator('.pane-body .monaco-list[aria-label*="Dossier"] .monaco-list-row').allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, " ").trim());
}

const dossierRow = (words) => page.locator('.pane-body .monaco-list[aria-label*="Dossier"] .monaco-list-row', { hasText: words }).first();

module.exports = {
  TIMEOUT_MS, sleep, openFolder, close, screenshot, setServerPath, setSettings, waitFor, pick, restMouse, runCommand, openFile, goTo, goToLine, problems,
  editorText, activeTab, squiggles, awaitSquiggle, hoverWith, actionWith, notificationWith, dismissNotifications, statusItem, dossierRows, dossierRow,
};
