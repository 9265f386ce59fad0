// What vscode.sh runs: uses the extension in a workbench as an editor would. One line of output for each check.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {
  TIMEOUT_MS, sleep, openFolder, close, screenshot, setServerPath, setSettings, waitFor, pick, restMouse, runCommand, openFile, goTo: goToIn, goToLine, problems,
  editorText, activeTab, squiggles, awaitSquiggle, hoverWith, actionWith, notificationWith, dismissNotifications, statusItem, dossierRows, dossierRow,
} = require("./workbench");

const { COPYDESK, EXPECT, REPOSITORY, WORK } = process.env;
const expect = JSON.parse(fs.readFileSync(EXPECT, "utf8"));
const text = expect.draft ? fs.readFileSync(path.join(REPOSITORY, expect.draft), "utf8") : expect.text;
const faultyLine = text.split("\n").find((line) => line.includes(expect.finding.words));
const workspace = path.join(WORK, "workspace");
const slow = path.join(WORK, "slow");
const pidFile = path.join(WORK, "server.pid");
const hanging = path.join(WORK, "hanging.pid");

const decided = path.join(workspace, "decided");
const undecided = "The engineer Peter Quillfeather met the writer Oda Brandvold.\n";
const broken = path.join(workspace, "broken");
const kept = path.join(workspace, "kept");
const sollvang = "The storm was over.\n\nMayor Anja Sollvang came back.\n";

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
    // What a check has left open is not to be in the way of the next.
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
    return false;
  }
}

const serverPid = () => Number(fs.readFileSync(pidFile, "utf8"));
const goTo = (words, draft = text) => goToIn(words, draft);
const write = (folder, files) => {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
};

/** Enough of an archive to take a while: the colours and the line above the headline are asked for before it is read. */
function layDownSlowArchive() {
  const places = ["Oslo", "Bergen", "Trondheim", "Nairobi", "Lima"];
  const article = (number) =>
    Array.from({ length: 12 }, (_, at) => `Mayor Anja Solvang counted ${number * 7 + at} people and ${at + 2} boats in ${places[at % 5]} on ${1 + (at % 27)} March 2024, the harbour board said. “We will keep ${at + 3} of them,” engineer Petra Lindqvist told reporters.`).join("\n\n");
  write(path.join(slow, "archive"), Object.fromEntries(Array.from({ length: SLOW_SOURCES }, (_, number) => [`${number}.md`, `${article(number)}\n`])));
  write(slow, { "copydesk.toml": 'corpus = ["archive"]\n', "slow.md": "# Boats\n\nMayor Anja Solvang counted boats in Oslo. The engineer Oda Brandvold left.\n" });
}

const SLOW_SOURCES = 5000;

/** Keeps all that the status bar says, since a fast machine has read the archive before anybody could have looked. */
const recordStatus = () =>
  page.evaluate(() => {
    window.statusTold = [];
    const look = () => window.statusTold.push(...[...document.querySelectorAll('.statusbar-item[id*="copydesk.status"]')].map((item) => item.textContent));
    new MutationObserver(look).observe(document.querySelector(".part.statusbar"), { subtree: true, childList: true, characterData: true });
    look();
  });

async function main() {
  const asHtml = `<!doctype html>\n<html><body><p>${text.replaceAll("\n\n", "</p>\n<p>")}</p></body></html>\n`;
  // The last two are opened late: what is underlined in an older one may be left over from a server that is gone.
  write(workspace, { "draft.md": text, "draft.txt": text, "draft.html": asHtml, "writing.md": `${text}\n`, "after-crash.md": `${faultyLine}\n`, "after-restart.md": `${faultyLine}\n`, "big.md": `${text}\n${"It rained on the harbour of Larsund, and 40 boats stayed in. ".repeat(90)}\n\n`.repeat(700) });
  write(decided, { "copydesk.toml": 'stylebook = "stylebook.toml"\n', "decide.md": undecided, "one.md": "Peter Quillfeather left Oslo. Later Quillfeather came back.\n", "two.md": "They met Peter Quillfeather.\n" });
  write(broken, { "copydesk.toml": "corpus = []\n", "mixed.md": "The engineer Peter Brandvold met Anna Larsen. Later Peter Brandvoll left, and Peter Brandvold stayed.\n\n<!-- stet -->\n\nIt rained.\n" });
  write(path.join(kept, "archive"), { "council.md": "Mayor Anja Solvang spoke.\n", "harbour.md": "Mayor Anja Solvang left.\n", "sollvang.md": sollvang });
  write(kept, { "copydesk.toml": 'corpus = ["archive"]\n', "boats.md": "It rained on the boats.\n" });
  layDownSlowArchive();
  const crashing = path.join(WORK, "crashing-server");
  fs.writeFileSync(crashing, "#!/bin/sh\necho 'error: the corpus is out of reach' >&2\nexit 2\n", { mode: 0o755 });
  const server = path.join(WORK, "copydesk-server"); // the program under test, leaving word of its process; an audit hangs if it is told to
  const hang = `[ "$1" != audit ] || [ ! -e '${hanging}' ] || { echo $$ > '${hanging}'; exec sleep 600; }`;
  fs.writeFileSync(server, `#!/bin/sh\n[ "$1" != lsp ] || echo $$ > '${pidFile}'\n${hang}\nexec '${COPYDESK}' "$@"\n`, { mode: 0o755 });
  const silent = path.join(WORK, "silent-server");
  fs.writeFileSync(silent, `#!/bin/sh\necho $$ > '${pidFile}'\nexec sleep 600\n`, { mode: 0o755 });
  setServerPath(server);

  page = await openFolder(workspace);

  const appeared = await check("findings are underlined in a Markdown draft", async () => {
    await openFile("draft.md");
    await awaitSquiggle();
    await page.keyboard.press("Control+B"); // the draft gets the side bar's room
    await screenshot("draft");
  });
  if (!appeared) return close();

  await check("the status bar counts the sources, and has a menu", async () => {
    await statusItem().filter({ hasText: "5 sources" }).waitFor({ timeout: TIMEOUT_MS });
    await statusItem().click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Check All Drafts" }).first().waitFor({ timeout: TIMEOUT_MS });
    await screenshot("menu");
    await page.keyboard.press("Escape");
    await restMouse();
  });

  await check("the Problems panel lists the finding with both values", async () => {
    await page.keyboard.press("Control+Shift+M");
    await waitFor("the finding", async () => {
      const rows = await problems();
      return rows.some((row) => row.includes(expect.finding.message)) || rows;
    });
    await screenshot("problems");
    await runCommand("View: Hide Panel");
  });

  await check("hover tells of a person, without marks that are shown", async () => {
    await openFile("draft.md");
    await goTo(expect.hover.words);
    const shown = await (await hoverWith(expect.hover.shows)).innerText();
    assert(!/\\|\*\*/.test(shown), shown);
    await screenshot("hover");
    await page.keyboard.press("Escape");
  });

  await check("hover on underlined words has the evidence, with a link that opens the source at its line", async () => {
    await goTo(expect.evidence.words);
    const hover = await hoverWith(expect.evidence.source);
    const link = hover.locator("a", { hasText: expect.evidence.source }).first();
    await link.waitFor({ timeout: TIMEOUT_MS });
    const words = (await hover.innerText()).replace(/\s+/g, " ");
    const message = words.indexOf(expect.finding.message);
    assert(message >= 0 && message < words.lastIndexOf(expect.evidence.source), words);
    assert(!words.includes(".md("), `a place in a file stands first: ${words}`);
    await screenshot("evidence");
    await link.click();
    await waitFor("the source", async () => (await activeTab()) !== "draft.md" || (await activeTab()));
    await waitFor("its line", async () => {
      const position = await page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
      return /Ln (?!1\b)\d+/.test(position) || position;
    });
    await sleep(1500); // time for findings, if it were taken for a draft
    assert.strictEqual(await squiggles(), 0, "the source is taken for a draft");
    assert.strictEqual(await page.locator(".editor-group-container.active .codelens-decoration").count(), 0, "the source has a line above its headline");
    await screenshot("source");
    await runCommand("View: Close Editor");
  });

  await check("definition jumps to what is known", async () => {
    await openFile("draft.md");
    await goTo(expect.definition.words);
    const before = await activeTab();
    await page.keyboard.press("F12");
    // One place opens its file; several open a peek window over the draft.
    const peek = page.locator(".peekview-widget .view-line");
    await waitFor("the jump", async () => (await activeTab()) !== before || (await peek.count()) > 0);
    await waitFor("the source", async () => {
      const shown = ((await peek.count()) > 0 ? (await peek.allInnerTexts()).join("\n").replaceAll("\u00a0", " ") : await editorText());
      return shown.includes(expect.definition.lands) || shown;
    });
    await screenshot("definition");
    await page.keyboard.press("Escape");
  });

  await check("Open Source opens what the archive has on the words under the cursor", async () => {
    await openFile("draft.md");
    await goTo(expect.evidence.words);
    await runCommand("copydesk: Open Source");
    await pick(expect.evidence.source);
    await waitFor("the source", async () => (await activeTab()) !== "draft.md" || (await activeTab()));
    await runCommand("View: Close Editor");
  });

  await check("the outline has each heading once", async () => {
    await openFile("draft.md");
    await page.keyboard.press("Control+Shift+O");
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Kirill Dmitriev" }).first().waitFor({ timeout: TIMEOUT_MS });
    const headings = (await rows.allInnerTexts()).filter((row) => row.includes("The week ahead"));
    assert.strictEqual(headings.length, 1, headings.join("; "));
    await page.keyboard.press("Escape");
  });

  await check("a name is completed while it is typed, as the archive has it", async () => {
    await openFile("writing.md");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(`${expect.completion.typed}`, { delay: 60 });
    const first = page.locator(".suggest-widget.visible .monaco-list-row").first();
    await first.waitFor({ timeout: TIMEOUT_MS });
    const rows = await page.locator(".suggest-widget.visible .monaco-list-row").allInnerTexts();
    assert(rows[0].replaceAll("\u00a0", " ").startsWith(expect.completion.offers), rows.join("; "));
    assert(!rows.some((row) => row.includes(expect.finding.words)), `a slip of the draft is offered: ${rows.join("; ")}`);
    await screenshot("completion");
    await page.keyboard.press("Enter");
    await waitFor("the name", async () => (await editorText()).includes(`Then ${expect.completion.offers}`) || (await editorText()));
    await page.keyboard.press("Control+S");
  });

  await check("the line above the headline opens the Dossier, with marks and a way to mentions and sources", async () => {
    await openFile("draft.md");
    await goToLine(1, 1);
    await page.locator(".codelens-decoration a", { hasText: "attested" }).first().click({ timeout: TIMEOUT_MS });
    await waitFor("the people", async () => {
      const rows = await dossierRows();
      return (rows.some((row) => /^People ?\d+/.test(row)) && rows.some((row) => row.includes("Steve Witkoff"))) || rows;
    });
    await screenshot("dossier");
    const entry = dossierRow("Yuri Ushakov");
    assert.match(await entry.getAttribute("aria-label"), /differs/);
    // A click is lost where the list is drawn anew between its two halves.
    await waitFor("the mention", async () => {
      await entry.click();
      await sleep(500);
      const position = await page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
      return position.includes("selected") || position;
    });
    // By keyboard: into the list, open the entry, go down to a source and take it.
    await runCommand("copydesk: Open the Dossier");
    await waitFor("the list to have the keyboard", () => page.evaluate(() => document.activeElement?.closest('.monaco-list[aria-label*="Dossier"]') !== null));
    await page.keyboard.press("ArrowRight");
    await waitFor("what is found", async () => {
      const rows = await dossierRows();
      return rows.some((row) => row.includes("title-conflict")) || rows;
    });
    const focused = page.locator('.monaco-list[aria-label*="Dossier"] .monaco-list-row.focused');
    await waitFor("a source", async () => {
      if (/^CGTN/.test((await focused.innerText()).trim())) return true;
      await page.keyboard.press("ArrowDown");
      return focused.innerText();
    });
    await page.keyboard.press("Enter");
    await waitFor("the source", async () => (await activeTab()) !== "draft.md" || (await activeTab()));
    assert((await dossierRows()).some((row) => row.includes("Steve Witkoff")), "the Dossier left the draft for the source");
    await screenshot("dossier-source");
    await runCommand("View: Close Editor");
  });

  await check("the Dossier can be narrowed to what differs", async () => {
    await openFile("draft.md");
    await page.locator('.action-label[aria-label^="Filter"]').first().click({ timeout: TIMEOUT_MS });
    await pick("What differs");
    await waitFor("nothing else", async () => {
      const rows = await dossierRows();
      return (rows.some((row) => row.includes("Kusnher")) && !rows.some((row) => row.includes("Steve Witkoff"))) || rows;
    });
    await page.locator('.action-label[aria-label^="Filter"]').first().click({ timeout: TIMEOUT_MS });
    await pick("Everything");
    await page.keyboard.press("Control+B");
  });

  await check("Who Is…? answers with a way into the sources", async () => {
    await runCommand("copydesk: Who Is");
    await page.locator(".quick-input-widget", { hasText: "A person, a place or a body" }).first().waitFor({ timeout: TIMEOUT_MS });
    await page.locator(".quick-input-widget input").first().fill("Umerov");
    await page.keyboard.press("Enter");
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Umerov" }).first();
    await row.waitFor({ timeout: TIMEOUT_MS });
    await screenshot("who");
    await row.click();
    await waitFor("the source", async () => (await editorText()).includes("Umerov") || (await editorText()));
    await runCommand("View: Close Editor");
  });

  await check("all drafts are counted", async () => {
    await openFile("draft.md");
    await runCommand("copydesk: Check All Drafts");
    await notificationWith("checked:");
    await dismissNotifications();
    await runCommand("View: Hide Panel");
  });

  await check("the archive is audited, and each place leads to its line", async () => {
    await openFile("boats.md");
    await statusItem().click();
    await pick("Audit the Archive");
    await waitFor("the report", async () => (await activeTab()) === "Audit of kept" || (await activeTab()));
    await waitFor("the disagreement", async () => (await editorText()).includes("“Sollvang”: ") || (await editorText()));
    await screenshot("audit");
    const link = page.locator(".editor-group-container.active .detected-link", { hasText: "sollvang.md:3:" }).first();
    await waitFor("the source", async () => {
      // An editor draws a link anew when the pointer comes over it: where it stands is clicked, for it may be another element by then.
      const place = await link.boundingBox({ timeout: 500 }).catch(() => null);
      if (place) {
        await page.keyboard.down("Control");
        await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
        await page.keyboard.up("Control");
      }
      return (await activeTab()) === "sollvang.md" || (await activeTab());
    });
    await waitFor("its line", async () => {
      const position = await page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
      return position.startsWith("Ln 3,") || position;
    });
    await runCommand("View: Close All Editors");
  });

  await check("an audit can be called off, and its process ends", async () => {
    await openFile("boats.md");
    fs.writeFileSync(hanging, "");
    await runCommand("copydesk: Audit the Archive");
    const toast = await notificationWith("Auditing the archive");
    await waitFor("the process", () => fs.readFileSync(hanging, "utf8").trim() !== "");
    const audit = Number(fs.readFileSync(hanging, "utf8"));
    await toast.getByRole("button", { name: "Cancel" }).click();
    await waitFor("the process to end", () => !fs.existsSync(`/proc/${audit}`));
    fs.rmSync(hanging);
    await toast.waitFor({ state: "hidden", timeout: TIMEOUT_MS });
    assert.strictEqual(await page.locator(".notification-toast").count(), 0);
    assert.strictEqual(await activeTab(), "boats.md");
  });

  await check("the archive is built where there is none, counted and updated", async () => {
    await openFile("boats.md");
    await runCommand("copydesk: Archive Status");
    const missing = await notificationWith("there is no archive in");
    await screenshot("no-archive");
    await missing.getByRole("button", { name: "Build the Archive" }).click();
    await notificationWith("The archive is built: 3 sources");
    await dismissNotifications();
    // The server reads it into the archive of its own accord.
    write(path.join(kept, "archive"), { "pier.md": "Mayor Anja Solvang opened the pier.\n" });
    await statusItem().filter({ hasText: "4 sources" }).waitFor({ timeout: TIMEOUT_MS });
    await runCommand("copydesk: Archive Status");
    await notificationWith("4 sources of 4 files");
    await screenshot("archive-status");
    await dismissNotifications();
    await runCommand("copydesk: Update the Archive");
    await notificationWith("The archive is up to date: 4 sources");
    await dismissNotifications();
  });

  await check("a rule is explained", async () => {
    await openFile("draft.md");
    await goTo(expect.finding.words);
    await runCommand("copydesk: Explain Rule");
    const first = page.locator(".quick-input-list .monaco-list-row").first();
    await first.filter({ hasText: "under the cursor" }).waitFor({ timeout: TIMEOUT_MS });
    await first.click();
    await waitFor("the page", async () => /markdown\.preview/.test((await activeTab()) ?? "") || (await activeTab()));
    await screenshot("rule");
    await runCommand("View: Close Editor");
  });

  await check("the fixes are shown before they are made", async () => {
    await openFile("draft.md");
    await runCommand("copydesk: Preview Fixes");
    await waitFor("a fix", async () => (await page.locator(".panel .monaco-list-row", { hasText: "Kushner" }).count()) > 0, 60_000);
    await screenshot("preview");
    assert.strictEqual(fs.readFileSync(path.join(workspace, "draft.md"), "utf8"), text, "something was changed");
    await page.getByRole("button", { name: "Discard" }).first().click({ timeout: TIMEOUT_MS });
  });

  await check("the quick fix changes the draft and the finding goes", async () => {
    await openFile("draft.md");
    await goTo(expect.fix.words);
    const findings = await squiggles();
    const action = await actionWith(expect.fix.title);
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
      const action = await actionWith(`Stylebook: the desk writes “${name}”`);
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

  await check("a rename shows the other drafts before they are changed", async () => {
    await openFile("one.md");
    await goTo("Peter Quillfeather", "Peter Quillfeather");
    await page.keyboard.press("F2");
    const input = page.locator(".rename-box input, .rename-input");
    await input.first().waitFor({ timeout: TIMEOUT_MS });
    await input.first().fill("Petra Quillfeather");
    await page.keyboard.press("Enter");
    await waitFor("the preview", async () => (await page.locator(".panel .monaco-list-row", { hasText: "They met" }).count()) > 0);
    await screenshot("rename");
    await page.getByRole("button", { name: "Apply" }).first().click({ timeout: TIMEOUT_MS });
    await waitFor("the new name here", async () => (await editorText()).includes("Petra Quillfeather left Oslo") || (await editorText()));
    assert(!fs.readFileSync(path.join(decided, "two.md"), "utf8").includes("Petra"), "another draft was changed unasked");
    await runCommand("File: Save");
  });

  await check("keys of copydesk.toml are completed and explained", async () => {
    await openFile("broken/copydesk.toml");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("sty", { delay: 60 });
    const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "stylebook" }).first();
    await row.waitFor({ timeout: TIMEOUT_MS });
    await screenshot("toml");
    await page.keyboard.press("Escape");
    for (let letter = 0; letter < 3; letter += 1) await page.keyboard.press("Backspace");
    await goToLine(1, 2);
    await hoverWith("Folders and files of sources");
    await page.keyboard.press("Escape");
  });

  await check("a slip in copydesk.toml is underlined, and takes no finding away", async () => {
    await openFile("mixed.md");
    await waitFor("the finding", async () => (await squiggles()) > 0);
    await openFile("broken/copydesk.toml");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("rules = 3\n");
    await page.keyboard.press("Control+S");
    await awaitSquiggle();
    await screenshot("broken");
    await dismissNotifications();
    await openFile("mixed.md");
    await sleep(1000); // time for findings to go, if they did
    assert((await squiggles()) > 0, "the finding is gone");
    fs.writeFileSync(path.join(broken, "copydesk.toml"), "corpus = []\n");
  });

  await check("an archive that isn't there is told once, and the status bar says so", async () => {
    await openFile("mixed.md");
    fs.writeFileSync(path.join(broken, "copydesk.toml"), 'corpus = ["gone"]\n');
    await notificationWith("gone: there is no such file or folder");
    assert.strictEqual(await page.locator(".notification-toast").count(), 1);
    await statusItem().locator(".codicon-warning").waitFor({ timeout: TIMEOUT_MS });
    await screenshot("unreadable-archive");
    fs.writeFileSync(path.join(broken, "copydesk.toml"), "corpus = []\n");
    await dismissNotifications();
    await statusItem().locator(".codicon-check").waitFor({ timeout: TIMEOUT_MS });
  });

  await check("a draft of five megabytes is checked as far as there is time, and holds nothing up", async () => {
    await openFile("big.md");
    await waitFor("a finding, or word that there was no time", async () => (await squiggles()) > 0 || (await page.locator(".squiggly-info").count()) > 0, 60_000);
    assert.strictEqual(await page.locator(".notification-toast").count(), 0);
    await openFile("draft.txt");
    await awaitSquiggle();
    await openFile("big.md");
    await runCommand("View: Close Editor");
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
    assert.strictEqual(await toast.getByRole("button", { name: "Choose Program…" }).count(), 1);
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

  await check("switched off, nothing runs; switched on, drafts are checked", async () => {
    await runCommand("View: Hide Panel");
    const running = serverPid();
    setSettings({ "copydesk.enable": false });
    await waitFor("the server to end", () => !fs.existsSync(`/proc/${running}`));
    await openFile("after-restart.md");
    await waitFor("nothing underlined", async () => (await squiggles()) === 0);
    setSettings({ "copydesk.enable": true });
    await awaitSquiggle();
  });

  await check("a setting makes a rule louder or silent", async () => {
    const findings = await squiggles();
    setSettings({ "copydesk.rules": { "name-misspelled": "off" } });
    await waitFor("one finding less", async () => (await squiggles()) === findings - 1);
    setSettings({ "copydesk.rules": { "name-misspelled": "error" } });
    await page.locator(".editor-group-container.active .squiggly-error").first().waitFor({ state: "attached", timeout: TIMEOUT_MS });
    setSettings({ "copydesk.rules": {} });
  });

  await check("the walkthrough opens, and its example is checked", async () => {
    await runCommand("copydesk: Get Started");
    await page.locator(".getting-started", { hasText: "Get started with copydesk" }).first().waitFor({ timeout: TIMEOUT_MS });
    await screenshot("walkthrough");
    await runCommand("copydesk: Open an Example Draft");
    await page.locator(".tab.active[data-resource-name^='Untitled']").waitFor({ timeout: TIMEOUT_MS });
    await awaitSquiggle();
    await screenshot("example");
    await runCommand("View: Revert and Close Editor");
  });

  await check("VS Code says how long the extension took to start", async () => {
    await runCommand("Developer: Show Running Extensions");
    const rows = page.locator(".runtime-extensions-editor .monaco-list-row");
    await rows.first().waitFor({ timeout: TIMEOUT_MS });
    // The slowest come first, and only what is on the screen is there: down the list until it is seen.
    const milliseconds = {};
    await page.locator(".runtime-extensions-editor").first().hover();
    await waitFor("the extension in the list", async () => {
      for (const row of await rows.allInnerTexts()) {
        const [, name, count] = /^\s*(.+?)\s*\n[^]*Activation: (\d+)ms/.exec(row) ?? [];
        if (name) milliseconds[name] = count;
      }
      await page.mouse.wheel(0, 200);
      return milliseconds.copydesk !== undefined || milliseconds;
    });
    assert(milliseconds.copydesk !== undefined, JSON.stringify(milliseconds));
    console.log(`   activation without the server: ${milliseconds.copydesk} ms; the editor's own Markdown takes ${milliseconds["Markdown Language Features"]} ms here`);
  });

  setSettings({ "copydesk.colours": true });
  page = await openFolder(slow);
  await check("what is shown comes without a keystroke once a slow archive is read", async () => {
    await recordStatus();
    await openFile("slow.md");
    await statusItem().filter({ hasText: `${SLOW_SOURCES.toLocaleString("en")} sources` }).waitFor({ timeout: 60_000 });
    const told = await page.evaluate(() => window.statusTold);
    assert(told.some((words) => words.includes("reading sources")), JSON.stringify(told));
    await page.locator(".codelens-decoration a", { hasText: "attested" }).first().waitFor({ timeout: TIMEOUT_MS });
    await waitFor("the colours", async () => {
      const name = page.locator(".view-line span span", { hasText: "Solvang" }).first();
      const [coloured, plain] = await Promise.all([name, page.locator(".view-line span span", { hasText: "counted" }).first()].map((words) => words.evaluate((span) => getComputedStyle(span).color)));
      return coloured !== plain || coloured;
    });
    await screenshot("slow-read");
  });

  await close();
}

main().then(
  () => process.exit(failed ? 1 : 0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
