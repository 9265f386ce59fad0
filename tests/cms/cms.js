// The examples for CMSs against `copydesk serve`: the WordPress plugin's own code under PHP, and the ProseMirror page in Chromium.
//
//     NODE_PATH=… NODE_MODULES=… node tests/cms/cms.js target/release/copydesk FOLDER_FOR_PICTURES

"use strict";

const assert = require("node:assert/strict");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [program, pictures] = process.argv.slice(2);
const examples = path.join(__dirname, "../../examples/cms");
const SOURCES = {
  "bridge.md": "---\noutlet: Tide Wire\ndate: 2025-03-01\n---\nEngineer Kari Vollestad opened the Grimdal bridge, which is 410 metres long.\n",
  "cost.md": "---\noutlet: The Quay\ndate: 2025-03-02\n---\nKari Vollestad, an engineer, said &lt;b&gt;that&lt;/b&gt; the Grimdal bridge had cost 52 million kroner.\n",
};
const started = [];

/** Starts a program, and waits for the address that it prints. */
function start(command, args, options) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], ...options });
  started.push(child);
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
    child.stdout.on("data", (words) => {
      said += words;
      const address = /https?:\/\/[^\s#]+/.exec(said);
      if (address && said.includes("\n")) resolve({ child, said, address: address[0].replace(/\/$/, "") });
    });
  });
}

async function until(holds, what) {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`waited in vain: ${what}`);
}

async function tryPage(page, address) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(address);
  const editor = page.locator("#editor .ProseMirror");
  await editor.click();
  await page.keyboard.type("Bridge – a “first” 😀 look");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Engineer Kari Volestad spoke. Ms Volestad left.");
  const marks = page.locator(".copydesk.warning");
  await until(async () => (await marks.count()) > 0, "marks");
  assert.equal(await marks.first().textContent(), "Volestad");
  const list = page.locator("#findings");
  const said = await list.textContent();
  assert.match(said, /spell this name “Vollestad”; the draft has “Volestad”/);
  assert.match(said, /The Quay, 2025-03-02/);
  assert.ok(said.includes("said <b>that</b> the Grimdal bridge"), said);
  assert.equal(await list.locator("b").count(), 0, "what a source has for markup is text");
  await page.screenshot({ path: path.join(pictures, "prosemirror.png") });

  // A mark goes with its words, and a fix finds them where they are by then.
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("Now: ");
  await list.getByRole("button", { name: "Change to “Vollestad”" }).first().click();
  await until(async () => (await marks.count()) === 0, "no marks once it is mended");
  assert.match(await editor.textContent(), /^Now: Bridge – a “first” 😀 lookEngineer Kari Vollestad spoke\./);
  assert.match(await page.locator("#status").textContent(), /Nothing differs|to look at/);
  await editor.click();
  for (let tries = 0; tries < 3 && !(await editor.textContent()).includes("Kari Volestad"); tries++) await page.keyboard.press("Control+z");
  await until(async () => (await marks.count()) > 0, "marks again once the fix is undone");
  assert.deepEqual(faults, []);
}

async function main() {
  const desk = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-cms-"));
  const archive = path.join(desk, "archive");
  fs.mkdirSync(archive);
  for (const [name, text] of Object.entries(SOURCES)) fs.writeFileSync(path.join(archive, name), text);
  const env = { ...process.env, XDG_CACHE_HOME: path.join(desk, "cache") };
  let browser;
  try {
    const served = await start(program, ["serve", "--corpus", archive], { cwd: desk, env });
    const token = /#(?:token=)?(\S+)/.exec(served.said)[1];

    const told = execFileSync("php", [path.join(__dirname, "wordpress.php"), served.address, token], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    process.stdout.write(`WordPress: ${told}`);

    const cms = await start("node", [path.join(examples, "prosemirror/server.js"), "0"], {
      env: { ...process.env, COPYDESK_ADDRESS: served.address, COPYDESK_TOKEN: token },
    });
    for (const [name, status] of [["/", 200], ["/../server.js", 404], ["/modules/../server.js", 404], ["/server.js", 404], ["/package.json", 404]]) {
      const answer = await fetch(cms.address + name);
      assert.equal(answer.status, status, name);
      assert.ok(!(await answer.text()).includes(token), "the token stays on the server");
    }
    const form = await fetch(`${cms.address}/check`, { method: "POST", body: new URLSearchParams({ text: "x" }) });
    assert.equal(form.status, 415, "a form of another site asks nothing");
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
    await tryPage(page, cms.address);

    // With copydesk away, that is told, and what was typed stays.
    served.child.kill();
    await page.locator("#editor .ProseMirror").click();
    await page.keyboard.type("More. ");
    await until(async () => /can't be reached/.test(await page.locator("#status").textContent()), "the fault");
    assert.match(await page.locator("#editor").textContent(), /More\. /);
    process.stdout.write("ProseMirror: holds\n");
  } finally {
    await browser?.close();
    for (const child of started) child.kill();
    fs.rmSync(desk, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
