// What pictures.sh runs: takes the pictures of the extension's page and walkthrough and of docs/editors.md, light and dark.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { openFolder, close, sleep, setServerPath, setSettings, waitFor, restMouse, runCommand, openFile, goTo, goToLine, awaitSquiggle, hoverWith, actionWith, statusItem, dossierRow, TIMEOUT_MS } = require("./workbench");

const { COPYDESK, REPOSITORY, WORK, PICTURES } = process.env;
const text = fs.readFileSync(path.join(REPOSITORY, "examples/drafts/week-ahead.md"), "utf8");
const workspace = path.join(WORK, "workspace");
const THEMES = { light: "Default Light Modern", dark: "Default Dark Modern" };

let page;

async function take(name) {
  await sleep(1200); // messages slide in, menus fade, and colours change
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}

async function main() {
  fs.writeFileSync(path.join(workspace, "week-ahead.md"), text);
  setServerPath(COPYDESK);
  page = await openFolder(workspace, { width: 1100, height: 620 });
  await openFile("week-ahead.md");
  await awaitSquiggle();
  await statusItem().filter({ hasText: "5 sources" }).waitFor({ timeout: TIMEOUT_MS });
  for (const [name, theme] of Object.entries(THEMES)) {
    setSettings({ "workbench.colorTheme": theme, "workbench.activityBar.location": "top" });
    await page.locator(`.monaco-workbench.${name === "dark" ? "vs-dark" : "vs"}`).first().waitFor({ timeout: TIMEOUT_MS });
    await runCommand("View: Close Primary Side Bar").catch(() => {});
    await goToLine(11, 1);

    await goTo("Kusnher", text);
    const hover = await hoverWith("CGTN");
    await hover.locator("a", { hasText: "CGTN" }).first().waitFor({ timeout: TIMEOUT_MS });
    await take(`hover-${name}`);
    await page.keyboard.press("Escape");

    await goTo("Kusnher", text);
    await actionWith("Kushner");
    await take(`fix-${name}`);
    await page.keyboard.press("Escape");

    await runCommand("copydesk: Open the Dossier");
    const entry = dossierRow("Yuri Ushakov");
    await entry.waitFor({ timeout: TIMEOUT_MS });
    await entry.click();
    const twistie = entry.locator(".monaco-tl-twistie");
    if (!(await twistie.getAttribute("class")).includes("collapsed")) await twistie.click();
    await twistie.click();
    await dossierRow("CGTN").waitFor({ timeout: TIMEOUT_MS });
    await restMouse();
    await take(`dossier-${name}`);
  }
  await close();
  console.log("ok - the pictures are taken");
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    void page?.screenshot({ path: path.join(PICTURES, "failed.png") }).finally(() => process.exit(1));
  },
);
