/**
 * What a CMS's own server does: gives out the page, and asks copydesk for it. The token is here and nowhere else:
 *
 *     COPYDESK_ADDRESS=http://127.0.0.1:8321 COPYDESK_TOKEN=… node server.js [PORT]
 */

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const { COPYDESK_ADDRESS: address, COPYDESK_TOKEN: token } = process.env;
if (!address || !token) throw new Error("COPYDESK_ADDRESS and COPYDESK_TOKEN say where copydesk is");

/** Bytes of a draft. */
const MOST = 1 << 20;
/** Milliseconds until copydesk has to answer. */
const LONGEST = 20_000;

/** The packages that the page imports, by the names that they have there. */
const PACKAGES = {
  orderedmap: "orderedmap/dist/index.js",
  "rope-sequence": "rope-sequence/dist/index.js",
  "w3c-keyname": "w3c-keyname/index.js",
  ...Object.fromEntries(
    ["commands", "history", "keymap", "model", "schema-basic", "state", "transform", "view"].map((name) => [`prosemirror-${name}`, `prosemirror-${name}/dist/index.js`]),
  ),
};
const modules = process.env.NODE_MODULES ?? new URL("node_modules", import.meta.url).pathname;
const own = (name) => new URL(name, import.meta.url);

/** Each path, with its file and what that is; nothing else is given out. */
const FILES = new Map([
  ["/page.js", [own("page.js"), "text/javascript"]],
  ["/copydesk.js", [own("copydesk.js"), "text/javascript"]],
  ["/page.css", [own("page.css"), "text/css"]],
  ...Object.values(PACKAGES).map((path) => [`/modules/${path}`, [`${modules}/${path}`, "text/javascript"]]),
]);

async function page() {
  const nonce = randomBytes(16).toString("base64");
  const imports = JSON.stringify({ imports: Object.fromEntries(Object.entries(PACKAGES).map(([name, path]) => [name, `/modules/${path}`])) });
  const html = (await readFile(own("index.html"), "utf8")).replace("NONCE", nonce).replace("IMPORTS", imports);
  const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`;
  return [200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy }, html];
}

async function check(request) {
  const fault = (status, error) => [status, { "Content-Type": "application/json" }, JSON.stringify({ error })];
  // A form of another site can't send this.
  if (request.headers["content-type"] !== "application/json") return fault(415, "send JSON");
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > MOST) return fault(413, "The draft is too long to be checked.");
    pieces.push(piece);
  }
  let text;
  try {
    ({ text } = JSON.parse(Buffer.concat(pieces).toString("utf8")));
  } catch {
    return fault(400, "send JSON");
  }
  if (typeof text !== "string") return fault(400, "send a text");
  try {
    const answer = await fetch(`${address}/check`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(LONGEST),
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ path: "draft.txt", text }),
    });
    if (answer.ok) return [200, { "Content-Type": "application/json" }, await answer.text()];
    return fault(502, "copydesk could not check the draft.");
  } catch {
    return fault(502, "copydesk can't be reached: the draft was not checked.");
  }
}

async function answer(request) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method === "POST" && pathname === "/check") return check(request);
  if (request.method !== "GET") return [405, {}, ""];
  if (pathname === "/") return page();
  const file = FILES.get(pathname);
  return file ? [200, { "Content-Type": file[1] }, await readFile(file[0])] : [404, {}, ""];
}

const server = createServer(async (request, response) => {
  const [status, headers, body] = await answer(request).catch(() => [500, {}, ""]);
  response.writeHead(status, { "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", ...headers });
  response.end(body);
});
server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
