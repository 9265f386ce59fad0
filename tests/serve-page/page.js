// The page of `copydesk serve` in Chromium, as a person meets it: pasting, typing and dropping drafts, looking, mending, letting stand, deciding,
// undoing, printing; by keys alone, on a phone, in the dark, and when the server is gone. `node page.js PROGRAM [FOLDER FOR PICTURES]`
'use strict';

const assert = require('node:assert/strict');
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');
const axe = require('axe-core');

const program = process.argv[2];
const pictures = process.argv[3];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'copydesk-serve-'));
const examples = path.resolve(__dirname, '../../examples/drafts');
const WEEK = fs.readFileSync(path.join(examples, 'week-ahead.md'), 'utf8');
const PLANTED = ['25', 'Kusnher', 'Kyiv', 'Russian Foreign Minister', 'Thursday, 23 December', 'Zelensky'];

const SOURCE = 'Mayor Anja Kowalczyk opened the Larsund bridge.\n\nThen Anja Kowalczyk left.\n';
const HOSTILE = `# <script>document.title = 'got in'</script>

Mayor Anja Kowalczik <img src=x onerror="document.title = 'got in'"> opened the bridge. [A](javascript:document.title='got-in')

Mayor Anja Kowal\u202eczik and "]]><svg onload=alert(1)>.
`;

/** A desk of this test, with a stylebook to decide in. */
function desk(name) {
  const folder = path.join(work, name);
  fs.mkdirSync(path.join(folder, 'sources'), { recursive: true });
  for (const source of ['one.md', 'two.md']) fs.writeFileSync(path.join(folder, 'sources', source), SOURCE);
  const hostile = "<img src=x onerror=\"document.title='got in'\"> Engineer Petra <b>Vasall</b> said **so** [here](javascript:alert(1)).\n";
  fs.writeFileSync(path.join(folder, 'sources', 'three.md'), hostile);
  fs.writeFileSync(path.join(folder, 'copydesk.toml'), 'corpus = ["sources"]\nstylebook = "style.toml"\n');
  fs.writeFileSync(path.join(folder, 'style.toml'), '');
  return folder;
}

/** A server on a folder; what it takes to end it, and its address. */
async function served(folder, ...more) {
  fs.mkdirSync(folder, { recursive: true });
  const env = { ...process.env, XDG_CACHE_HOME: path.join(work, 'cache') };
  const server = spawn(program, ['serve', ...more], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once('data', (words) => resolve(String(words).split('\n')[0]));
    server.once('exit', (status) => reject(new Error(`the server ended with status ${status}`)));
  });
  const end = () => new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve).kill() : resolve()));
  return { address, end, port: new URL(address).port };
}

async function opened(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const tab = await context.newPage();
  const complaints = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(String(error)));
  const own = new URL(address).origin;
  tab.on('request', (request) => /^(data:|blob:)/.test(request.url()) || new URL(request.url()).origin === own || complaints.push(`asked for ${request.url()}`));
  await tab.goto(address);
  await tab.waitForSelector('[data-connection=open]');
  return { tab, complaints, close: () => context.close() };
}

async function paste(tab, text) {
  await tab.locator('.cm-content').focus();
  await tab.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The words that are marked in the text, each finding's once. */
const marks = (tab) => tab.$$eval('mark.finding', (all) => all.map((one) => one.textContent));
const rows = (tab) => tab.$$eval('#findings li q', (all) => all.map((one) => one.textContent));
/** The whole draft, as a person would copy it. */
const draft = (tab) => tab.evaluate(() => document.querySelector('.cm-content').cmTile.view.state.doc.toString());

async function until(what, holds) {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`it never came to be that ${what}`);
}

const found = (tab, count) => until(`${count} findings are listed`, async () => (await rows(tab)).length === count);

async function accessible(tab, what) {
  // The page lets nobody make markup or scripts of words, and axe comes as words: it is brought in beside the page's own world.
  const { violations, passes } = await (await tab.context().newCDPSession(tab)).send('Runtime.evaluate', {
    expression: `${axe.source}; axe.run({ resultTypes: ['violations', 'passes'] })`, awaitPromise: true, returnByValue: true,
  }).then(({ result, exceptionDetails }) => {
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  });
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join('\n  ')}`);
  assert.ok(passes.some(({ id }) => id === 'color-contrast'), `${what}: it was not looked at`);
  assert.equal(told.length, 0, `${what}\n${told.join('\n')}`);
}

async function picture(tab, name) {
  if (pictures) await tab.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/** All faults of the example draft are seen, in the text and beside it, and it looks well everywhere. */
async function looks(browser, address) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark']) {
      const what = `${width} pixels, ${colorScheme}`;
      const { tab, complaints, close } = await opened(browser, address, { viewport: { width, height: 900 }, colorScheme });
      await accessible(tab, `${what}, empty`);
      await paste(tab, WEEK);
      await found(tab, PLANTED.length);
      assert.equal(await tab.inputValue('#format'), 'markdown');
      assert.equal(await tab.textContent('#findings h2'), '6 warnings');
      const listed = await rows(tab);
      for (const words of PLANTED) assert.ok(listed.some((row) => row.includes(words)), `${what}: ${words} in ${listed}`);
      await tab.keyboard.press('Control+Home');
      await tab.keyboard.press('F8');
      await tab.waitForSelector('.actions button');
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${what}: ${wide} pixels wide`);
      await accessible(tab, what);
      await picture(tab, `page-${width}-${colorScheme}`);
      await tab.click('#tab-dossier');
      await tab.waitForSelector('.entry');
      await tab.click('.entry.differs >> nth=0');
      await accessible(tab, `${what}, dossier`);
      await picture(tab, `dossier-${width}-${colorScheme}`);
      assert.deepEqual(complaints, [], what);
      await close();
    }
  }
}

/** A hover, a fix, undo, all that is settled, letting stand, and copying out clean. */
async function works(browser, address) {
  const { tab, complaints, close } = await opened(browser, address);
  await paste(tab, WEEK);
  await found(tab, PLANTED.length);
  await until('all are marked', async () => (await marks(tab)).includes('Kusnher'));
  await tab.hover('mark:text-is("Kusnher")');
  await tab.waitForSelector('.card');
  assert.match(await tab.textContent('.card'), /Kushner/);
  await picture(tab, 'hover');
  await tab.mouse.move(5, 5);
  await tab.waitForSelector('.card', { state: 'detached' });

  await tab.click('#findings li:has(q:text-is("Kusnher")) > button');
  assert.equal(await tab.textContent('mark.current'), 'Kusnher');
  await tab.click('.actions button:has-text("Change to “Kushner”")');
  await found(tab, PLANTED.length - 1);
  assert.ok((await draft(tab)).includes('Mr Kushner and'));
  await tab.click('#undo');
  await found(tab, PLANTED.length);
  assert.equal(await draft(tab), WEEK);
  await tab.click('#redo');
  await found(tab, PLANTED.length - 1);
  await tab.click('#undo');
  await found(tab, PLANTED.length);

  await tab.click('#fix-all');
  await found(tab, PLANTED.length - 2);
  assert.match(await tab.textContent('#findings'), /25/, 'a figure is for a person to decide');
  await tab.click('#undo');
  await found(tab, PLANTED.length);

  await tab.click('#findings li:has(q:text-is("25")) > button');
  await tab.click('.actions button:has-text("stand here")');
  await found(tab, PLANTED.length - 1);
  assert.match(await draft(tab), /<!-- stet: figure-conflict "25" -->\n\n\*\*Washington/);
  await tab.click('#copy');
  await until('the draft is copied', async () => (await tab.evaluate(() => navigator.clipboard.readText())) === WEEK);
  await tab.click('#undo');
  await found(tab, PLANTED.length);

  // What is typed is checked as it is typed.
  await tab.locator('.cm-content').focus();
  await tab.keyboard.press('Control+End');
  await tab.keyboard.type('\nThe envoy Kirill Dmitirev left.');
  await found(tab, PLANTED.length + 1);
  assert.deepEqual(complaints, []);
  await close();
}

/** Everything by keys. */
async function keys(browser, address) {
  const { tab, complaints, close } = await opened(browser, address);
  const focused = () => tab.evaluate(() => document.activeElement.id || document.activeElement.textContent || document.activeElement.className);
  await paste(tab, WEEK);
  await found(tab, PLANTED.length);
  await tab.keyboard.press('Control+Home');
  const current = () => tab.evaluate(() => document.querySelector('#findings li.current q')?.textContent);
  /** Presses a key, and waits until another finding is the current one. */
  const step = async (key) => {
    const before = await current();
    await tab.keyboard.press(key);
    await until('another finding is looked at', async () => ![undefined, before].includes(await current()));
    await until('it is said', async () => /^warning: /.test(await tab.textContent('#spoken')));
    return current();
  };
  const order = [];
  for (let count = 0; count < PLANTED.length + 1; count++) order.push(await step('F8'));
  assert.equal(new Set(order).size, PLANTED.length, order.join(', '));
  assert.equal(order[0], order.at(-1), 'after the last comes the first');
  assert.equal(await step('Shift+F8'), order.at(-2));
  assert.equal(await step('F8'), order[0]);
  await tab.keyboard.press('Control+i');
  await tab.waitForSelector('.card');
  await tab.keyboard.press('Escape');
  await tab.waitForSelector('.card', { state: 'detached' });
  for (let count = 0; (await current()) !== 'Kusnher' && count < PLANTED.length; count++) await step('F8');
  await tab.keyboard.press('Control+.');
  assert.match(await focused(), /Kusnher/);
  await tab.waitForSelector('.actions button');
  await tab.keyboard.press('Tab');
  assert.match(await focused(), /Change to “Kushner”/);
  await tab.keyboard.press('Enter');
  await found(tab, PLANTED.length - 1);
  assert.match(await focused(), /cm-content|week/i, 'and back to the draft');
  await tab.keyboard.press('Control+z');
  await found(tab, PLANTED.length);
  // Tab leads out of the editor, to the findings and to the other panel.
  await tab.keyboard.press('Tab');
  assert.equal(await focused(), 'tab-findings');
  await tab.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'tab-dossier');
  await tab.waitForSelector('.entry');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('details.entry[open]').count(), 1);
  assert.deepEqual(complaints, []);
  await close();
}

/** Files, whatever they are; and what is none is told where the person looks. */
async function files(browser, address) {
  const { tab, complaints, close } = await opened(browser, address);
  await tab.setInputFiles('#files', path.join(examples, 'evening-bulletin.txt'));
  await found(tab, 6);
  assert.equal(await tab.inputValue('#format'), 'plaintext');
  await tab.setInputFiles('#files', path.join(examples, 'five-scenes.html'));
  await until('the page is there', async () => (await tab.inputValue('#format')) === 'html' && (await rows(tab)).includes('Dmitirev'));
  const before = await draft(tab);
  for (const [name, bytes, says] of [
    ['picture.png', Buffer.from([1, 2, 3]), /is no draft/],
    ['broken.docx', Buffer.from('no zip'), /can't be read: .*is no Word document/],
    ['broken.txt', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), /can't be read/],
    ['huge.md', Buffer.alloc(9 << 20, 97), /larger than a draft may be/],
  ]) {
    await tab.setInputFiles('#files', { name, mimeType: '', buffer: bytes });
    await until(`${name} is complained of`, async () => says.test(await tab.textContent('#notice-words')));
    assert.ok(await tab.isVisible('#notice'), name);
    assert.equal(await draft(tab), before, 'nothing is lost');
  }
  await accessible(tab, 'a fault is told');
  await picture(tab, 'fault');
  await tab.click('#dismiss');
  assert.equal(await tab.isVisible('#notice'), false);

  const document = path.join(work, 'story.docx');
  const made = spawnSync('python3', ['-c', `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.writestr('word/document.xml', '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        '<w:p><w:r><w:t>4 December 2025</w:t></w:r></w:p><w:p><w:r><w:t>Steve Witkof, the US special envoy, left Moscow.</w:t></w:r></w:p></w:body></w:document>')
`, document]);
  assert.equal(made.status, 0, String(made.stderr));
  const bytes = fs.readFileSync(document).toString('base64');
  await tab.evaluate((bytes) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], 'story.docx'));
    document.querySelector('aside').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, bytes);
  await until('the document is there', async () => (await draft(tab)).startsWith('4 December 2025\n\nSteve Witkof,'));
  await found(tab, 1);
  assert.deepEqual(complaints.filter((said) => !/422/.test(said)), []);
  await close();
}

/** What the desk decides holds at every page at once. */
async function decides(browser, folder, address) {
  const [one, other] = [await opened(browser, address), await opened(browser, address)];
  for (const { tab } of [one, other]) {
    await paste(tab, 'Mayor Anja Kowalczik opened the Larsund bridge.\n');
    await found(tab, 1);
  }
  await one.tab.keyboard.press('F8');
  await one.tab.click('.actions button.decision:has-text("the desk writes “Anja Kowalczik”")');
  for (const { tab } of [one, other]) await found(tab, 0);
  assert.match(fs.readFileSync(path.join(folder, 'style.toml'), 'utf8'), /name = "Anja Kowalczik"/);
  for (const { complaints, close } of [one, other]) {
    assert.deepEqual(complaints, []);
    await close();
  }
}

/** Nothing that a draft or a source says becomes markup, in the text, in the list, in cards or in the dossier. */
async function hostile(browser, address) {
  const { tab, complaints, close } = await opened(browser, address);
  await paste(tab, `${HOSTILE}\nEngineer Petra Vasal came.\n`);
  await until('it is checked', async () => (await rows(tab)).length >= 2);
  for (let step = 0; step < (await rows(tab)).length; step++) {
    await tab.keyboard.press('F8');
    await tab.keyboard.press('Control+i');
    await tab.waitForTimeout(150);
  }
  await tab.click('#tab-dossier');
  await tab.waitForSelector('.entry');
  assert.equal(await tab.title(), 'copydesk');
  assert.equal(await tab.$$eval('svg, iframe, object, img:not(.cm-widgetBuffer)', (all) => all.length), 0);
  assert.equal(await tab.$$eval('script', (all) => all.length), 1);
  assert.equal(await tab.$$eval('a[href]', (all) => all.filter(({ protocol }) => !/^https?:$/.test(protocol)).length), 0);
  assert.deepEqual(await tab.$$eval('*', (all) => all.flatMap((one) => one.getAttributeNames()).filter((name) => /^on/.test(name))), []);
  assert.deepEqual(complaints, []);
  // What gets in all the same does not run, and nothing can be made markup of.
  const made = await tab.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.text = "document.title = 'got in'";
      document.body.append(script);
    } catch {
      // The browser lets nobody.
    }
    try {
      document.createElement('p').innerHTML = '<b>x</b>';
      return 'markup';
    } catch {
      return 'nothing';
    }
  });
  assert.equal(made, 'nothing');
  assert.equal(await tab.title(), 'copydesk');
  await close();
}

async function prints(browser, address) {
  const { tab, complaints, close } = await opened(browser, address, { colorScheme: 'dark' });
  await paste(tab, WEEK + 'It rained on, and nobody said anything about it.\n\n'.repeat(120) + 'The end.\n');
  await found(tab, PLANTED.length);
  const pdf = await tab.pdf({ format: 'A4', path: pictures && path.join(pictures, 'print.pdf') });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await tab.emulateMedia({ media: 'print' });
  for (const unwanted of ['.tools', '[role=tablist]', 'footer']) assert.equal(await tab.isVisible(unwanted), false, unwanted);
  assert.ok(await tab.isVisible('#findings li'));
  // All of it, and not what a screen had room for.
  await until('the whole draft is on paper', async () => (await tab.$$eval('.cm-line', (lines) => lines.at(-2)?.textContent)) === 'The end.');
  assert.ok((await tab.$$eval('.cm-line', (lines) => lines.length)) > 240);
  assert.deepEqual(complaints, []);
  await close();
  return pdf;
}

/** The server goes away and comes back; then it is another, with another token. Nothing that was typed is lost. */
async function losses(browser, folder) {
  let server = await served(folder);
  const { tab, close } = await opened(browser, server.address);
  assert.equal(new URL(tab.url()).hash, '', 'the token is no longer where somebody reads it');
  await paste(tab, 'Mayor Anja Kowalczik opened the Larsund bridge.\n');
  await found(tab, 1);
  await server.end();
  await until('the loss is told', async () => /connection to copydesk is lost/.test(await tab.textContent('#notice-words')));
  assert.ok(await tab.isVisible('#again'));
  await accessible(tab, 'the connection is lost');
  await picture(tab, 'lost');
  await tab.locator('.cm-content').focus();
  await tab.keyboard.press('Control+End');
  await tab.keyboard.type('Then Anja Kowalzcyk left.');
  server = await served(folder, '--port', server.port);
  await until('the page is told that it is not known', async () => /started anew/.test(await tab.textContent('#notice-words')));
  await tab.evaluate((address) => (location.href = address), server.address);
  await tab.waitForSelector('[data-connection=open]');
  await found(tab, 2);
  assert.match(await draft(tab), /bridge\.\nThen Anja Kowalzcyk left\.$/);
  await server.end();
  await close();
}

/** A draft of ten thousand words: how long a key takes until it is painted, of every twenty the slowest but one. */
async function fluent(browser, address) {
  const { tab, close } = await opened(browser, address);
  const body = WEEK.split('---\n').at(-1);
  let long = WEEK;
  while (long.split(/\s+/).length < 10_000) long += `\n${body}`;
  await paste(tab, long);
  await until('it is checked', async () => (await rows(tab)).length > PLANTED.length);
  await tab.keyboard.press('Control+Home');
  for (let line = 0; line < 12; line++) await tab.keyboard.press('ArrowDown');
  await tab.evaluate(() => {
    globalThis.took = [];
    document.querySelector('.cm-content').addEventListener('keydown', () => {
      const began = performance.now();
      requestAnimationFrame(() => setTimeout(() => globalThis.took.push(performance.now() - began)));
    });
  });
  for (let key = 0; key < 100; key++) await tab.keyboard.type('e', { delay: 60 });
  const took = (await tab.evaluate(() => globalThis.took)).sort((one, other) => one - other);
  await close();
  return { words: long.split(/\s+/).length, p95: took[Math.floor(took.length * 0.95)], median: took[Math.floor(took.length / 2)] };
}

async function main() {
  const began = performance.now();
  const demonstration = await served(path.join(work, 'demonstration'));
  const folder = desk('newsroom');
  const newsroom = await served(folder);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    await looks(browser, demonstration.address);
    await works(browser, demonstration.address);
    await keys(browser, demonstration.address);
    await files(browser, demonstration.address);
    await prints(browser, demonstration.address);
    await hostile(browser, newsroom.address);
    await decides(browser, folder, newsroom.address);
    await losses(browser, desk('lost'));
    const { words, p95, median } = await fluent(browser, demonstration.address);
    console.log(`a key in ${words} words is painted after ${median.toFixed(1)} ms, 95 of 100 within ${p95.toFixed(1)} ms`);
  } finally {
    await browser.close();
    await Promise.all([demonstration.end(), newsroom.end()]);
    fs.rmSync(work, { recursive: true, force: true });
  }
  console.log(`the page of \`copydesk serve\` holds in Chromium (${Math.round((performance.now() - began) / 1000)} s)`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
