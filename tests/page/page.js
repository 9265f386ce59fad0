// The page of `lint --format html` in Chromium: that it can be read, stepped through, filtered and printed, by everybody; that nothing
// it quotes becomes markup; that it asks for nothing. `node page.js PROGRAM [FOLDER FOR PICTURES]`
'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = require('axe-core');
const desks = require('./desks.js');

const program = process.argv[2];
const pictures = process.argv[3];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'copydesk-page-'));

/** Writes a desk and the page on it; the page's address. */
function page(name, files, drafts) {
  const folder = path.join(work, name);
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  const run = spawnSync(program, ['lint', drafts, '--format', 'html'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(run.status, 1, run.stderr);
  const target = path.join(folder, 'page.html');
  fs.writeFileSync(target, run.stdout);
  return pathToFileURL(target).href;
}

async function opened(browser, address, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('request', (request) => request.url() === address || complaints.push(`asked for ${request.url()}`));
  await tab.goto(address);
  return { tab, complaints, close: () => context.close() };
}

async function accessible(tab, what) {
  await tab.evaluate(axe.source);
  const { violations, passes } = await tab.evaluate(() => globalThis.axe.run());
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join('\n  ')}`);
  assert.ok(passes.some(({ id }) => id === 'color-contrast'), `${what}: it was not looked at`);
  assert.equal(told.length, 0, `${what}\n${told.join('\n')}`);
}

async function looks(browser, name, address) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark']) {
      const what = `${name}, ${width} pixels, ${colorScheme}`;
      const { tab, complaints, close } = await opened(browser, address, { viewport: { width, height: 900 }, colorScheme });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${what}: ${wide} pixels wide`);
      await accessible(tab, what);
      assert.deepEqual(complaints, [], what);
      if (pictures) await tab.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: name !== 'long' });
      await close();
    }
  }
}

/** From finding to finding by keys, and from the text to the margin and back. */
async function steps(browser, address) {
  const { tab, complaints, close } = await opened(browser, address, { viewport: { width: 1280, height: 900 } });
  const focused = () => tab.evaluate(() => document.activeElement.id);
  await tab.keyboard.press('Tab');
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), 'To the drafts');
  await tab.keyboard.press('Enter');
  assert.equal(await focused(), 'proofs');
  const ids = await tab.$$eval('.note', (notes) => notes.map((note) => (document.getElementById(note.id.replace('n', 'm')) ?? note).id));
  for (const id of ids) {
    await tab.keyboard.press('j');
    assert.equal(await focused(), id);
  }
  await tab.keyboard.press('j');
  assert.equal(await focused(), ids.at(-1), 'behind the last is nothing');
  await tab.keyboard.press('k');
  assert.equal(await focused(), ids.at(-2));
  await tab.keyboard.press('ArrowDown');
  assert.equal(await focused(), ids.at(-1));
  await tab.keyboard.press('Enter');
  assert.equal(await focused(), ids.at(-1).replace('m', 'n'));
  await tab.keyboard.press('Escape');
  assert.equal(await focused(), ids.at(-1));
  assert.equal(await tab.$$eval('mark.current', (marks) => marks.length > 0), true);
  await tab.click('mark');
  assert.match(await focused(), /^n\d+$/);

  const shown = () => tab.$$eval('.note', (notes) => notes.filter((note) => note.offsetParent).map((note) => note.dataset.rule));
  const all = await shown();
  await tab.click('.filters summary');
  await tab.uncheck('[value=name-misspelled]');
  assert.deepEqual(await shown(), all.filter((rule) => rule !== 'name-misspelled'));
  assert.equal(await tab.textContent('#shown'), `${(await shown()).length} of ${all.length} shown`);
  await tab.uncheck('[value=warning]');
  assert.ok((await shown()).length < all.length && (await tab.$$eval('mark.off', (marks) => marks.length)) > 0);
  await tab.check('[value=warning]');
  await tab.uncheck('#keys');
  const before = await focused();
  await tab.keyboard.press('j');
  assert.equal(await focused(), before, 'keys are switched off');
  assert.deepEqual(complaints, []);
  await close();
}

/** Without script all is there, and links lead there and back. */
async function plain(browser, address) {
  const { tab, close } = await opened(browser, address, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  assert.equal(await tab.isVisible('#filters'), false);
  const notes = await tab.locator('.note').count();
  assert.ok(notes > 0 && (await tab.locator('.note:visible').count()) === notes);
  await tab.click('.ref >> nth=0');
  assert.match(tab.url(), /#n\d+$/);
  await tab.click('.note:target a.number');
  assert.match(tab.url(), /#m\d+$/);
  await close();
}

/** Each note beside the paragraph that it speaks of, and none over another. */
async function layout(browser, address) {
  const { tab, close } = await opened(browser, address, { viewport: { width: 1280, height: 900 } });
  const faults = await tab.evaluate(() => {
    const faults = [];
    let bottom = -1;
    for (const note of document.querySelectorAll('.note')) {
      const box = note.getBoundingClientRect();
      if (box.top < bottom) faults.push(`${note.id} lies over the one before`);
      bottom = box.bottom;
      const row = note.closest('.row').getBoundingClientRect();
      if (box.top < row.top - 1 || box.bottom > row.bottom + 1) faults.push(`${note.id} is not beside its words`);
      if (box.width < 200) faults.push(`${note.id} is ${box.width} pixels wide`);
    }
    return faults;
  });
  assert.deepEqual(faults, []);
  await close();
}

async function prints(browser, address) {
  const { tab, close } = await opened(browser, address, {});
  const pdf = await tab.pdf({ format: 'A4', path: pictures && path.join(pictures, 'page.pdf') });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.isVisible('#filters'), false);
  await close();
}

async function hostile(browser, address) {
  const { tab, complaints, close } = await opened(browser, address, {});
  assert.match(await tab.title(), /^Proof: /);
  assert.equal(await tab.$$eval('img, .got-in, script:not(:last-of-type)', (elements) => elements.length), 0);
  assert.equal(await tab.$$eval('script', (scripts) => scripts.length), 1);
  const handlers = await tab.$$eval('*', (all) => all.flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^style$/.test(name)));
  // The script sets margins; nothing else may.
  assert.deepEqual(handlers.filter((name) => name !== 'style'), []);
  assert.equal(await tab.$$eval('a', (links) => links.filter((link) => !/^(https?:|file:)/.test(link.protocol)).length), 0);
  assert.ok((await tab.textContent('main')).includes("<script>document.title='got in'</script>"), 'it is shown as text');
  // What gets in all the same does not run, and nothing of it is fetched.
  await tab.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = "document.title = 'got in'";
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://evil.example/a.png';
    document.body.append(image);
  });
  assert.match(await tab.title(), /^Proof: /);
  assert.ok(complaints.length > 0 && complaints.every((said) => /Content Security Policy|^asked for https:..evil.example/.test(said)), complaints.join('\n'));
  await close();
}

async function main() {
  const addresses = {
    every: page('every', desks.every, 'drafts'),
    long: page('long', desks.long(), 'draft.md'),
    hostile: page('hostile', desks.hostile, 'drafts'),
  };
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    for (const [name, address] of Object.entries(addresses)) await looks(browser, name, address);
    await steps(browser, addresses.every);
    await plain(browser, addresses.every);
    for (const name of ['every', 'long']) await layout(browser, addresses[name]);
    await prints(browser, addresses.every);
    await hostile(browser, addresses.hostile);
  } finally {
    await browser.close();
    fs.rmSync(work, { recursive: true, force: true });
  }
  console.log('the page holds in Chromium at 1280 and 390 pixels, light and dark, with and without script, and on paper');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
