// Shows the Markdown that the server writes: headings, paragraphs, lists, quotations, emphasis, code and links. Each piece becomes an element
// with words in it; there is no markup in these words, whatever they hold.
import { element, link } from "./dom";

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", "#39": "'" };

/** What stands within a line. */
function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let words = "";
  const flush = () => {
    if (words) nodes.push(document.createTextNode(words));
    words = "";
  };
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const escape = /^\\([!-/:-@[-`{-~])/.exec(rest);
    const entity = /^&(#39|#x?[0-9a-f]{1,6}|[a-z]{2,6});/i.exec(rest);
    const code = /^(`+)([^`]+)\1(?!`)/.exec(rest);
    const strong = /^\*\*((?:\\.|[^\\*]|\*(?!\*))+)\*\*/.exec(rest);
    const emphasis = /^([*_])((?:\\.|(?!\1)[^\\])+)\1/.exec(rest);
    const linked = /^\[((?:\\.|[^\]\\])*)\]\(<?((?:\\.|[^)>\s\\])*)>?\)/.exec(rest);
    const bare = /^<(https?:[^>\s]+)>/.exec(rest);
    if (escape) words += escape[1];
    else if (entity) words += decoded(entity[1] ?? "") ?? entity[0];
    else if (code || strong || emphasis || linked || bare) {
      // An underscore or asterisk within a word is one.
      flush();
      if (code) nodes.push(element("code", {}, code[2]));
      else if (strong) nodes.push(element("strong", {}, ...inline(strong[1] ?? "")));
      else if (linked) nodes.push(link((linked[2] ?? "").replace(/\\(.)/g, "$1"), plain(linked[1] ?? "")));
      else if (bare) nodes.push(link(bare[1] ?? "", bare[1] ?? ""));
      else if (emphasis) nodes.push(element("em", {}, ...inline(emphasis[2] ?? "")));
    } else {
      words += rest[0];
    }
    at += (escape ?? entity ?? code ?? strong ?? linked ?? bare ?? emphasis)?.[0].length ?? 1;
  }
  flush();
  return nodes;
}

function decoded(entity: string): string | undefined {
  const number = /^#(x?)([0-9a-f]+)$/i.exec(entity);
  if (!number) return ENTITIES[entity];
  const point = parseInt(number[2] ?? "", number[1] ? 16 : 10);
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000) ? String.fromCodePoint(point) : undefined;
}

function plain(text: string): string {
  return inline(text).map((node) => node.textContent).join("");
}

/** A whole text. */
export function shown(markdown: string): DocumentFragment {
  const to = document.createDocumentFragment();
  const lines = markdown.split(/\r?\n/);
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length === 0) return;
    const made = element("p");
    paragraph.forEach((line, nth) => {
      made.append(...inline(line.replace(/( {2,}|\\)$/, "")));
      if (nth < paragraph.length - 1) made.append(/( {2,}|\\)$/.test(line) ? element("br") : " ");
    });
    to.append(made);
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (line.trim() === "") endParagraph();
    else if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) {
      endParagraph();
      to.append(element("hr"));
    } else if (heading) {
      endParagraph();
      to.append(element("p", { class: "heading" }, element("strong", {}, ...inline(heading[2] ?? ""))));
    } else if (line.startsWith(">")) {
      endParagraph();
      const within: string[] = [];
      while (at < lines.length && (lines[at] ?? "").startsWith(">")) within.push((lines[at++] ?? "").replace(/^> ?/, ""));
      at--;
      to.append(element("blockquote", {}, shown(within.join("\n"))));
    } else if (/^[-*] /.test(line)) {
      endParagraph();
      const list = element("ul");
      while (at < lines.length && /^([-*] | {2,}\S)/.test(lines[at] ?? "")) {
        const within = [(lines[at++] ?? "").replace(/^[-*] +/, "")];
        while (at < lines.length && /^ {2,}\S/.test(lines[at] ?? "")) within.push((lines[at++] ?? "").replace(/^ {2}/, ""));
        list.append(element("li", {}, shown(within.join("\n"))));
      }
      at--;
      to.append(list);
    } else {
      paragraph.push(line);
    }
  }
  endParagraph();
  return to;
}
