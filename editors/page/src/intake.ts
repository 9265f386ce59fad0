// Drafts that come in as files, whatever they are: the server reads them as the command does, in whatever encoding they are.

export type Language = "markdown" | "html" | "plaintext";

export interface Taken {
  text: string;
  format: Language;
}

const TYPES: Record<string, string> = {
  md: "text/markdown",
  markdown: "text/markdown",
  html: "text/html",
  htm: "text/html",
  txt: "text/plain",
  text: "text/plain",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** In bytes; the server takes no more. */
const LARGEST = 8 << 20;

/** The draft that a file is. What can't be read is an error in words. */
export async function taken(file: File, token: string): Promise<Taken> {
  const type = TYPES[file.name.split(".").pop()?.toLowerCase() ?? ""];
  if (!type) throw new Error(`“${file.name}” is no draft: take a file that ends in .md, .html, .txt or .docx`);
  if (file.size > LARGEST) throw new Error(`“${file.name}” is larger than a draft may be (8 MB)`);
  const authorization: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  const answer = await fetch("/text", { method: "POST", headers: { "Content-Type": type, ...authorization }, body: file }).catch(() => undefined);
  if (!answer) throw new Error(`“${file.name}” can't be read: copydesk isn't there`);
  const read = (await answer.json().catch(() => ({}))) as Partial<Taken> & { error?: string };
  if (!answer.ok || read.text === undefined || !read.format) throw new Error(`“${file.name}” can't be read: ${read.error ?? answer.statusText}`);
  return { text: read.text, format: read.format };
}

/** What a text that is pasted into an empty page looks like. */
export function looksLike(text: string): Language {
  const start = text.trimStart().slice(0, 2000);
  if (/^(<!doctype html|<html|<(p|h1|article|div|section)[\s>])/i.test(start)) return "html";
  if (/^(---\r?\n|#{1,6} )|\n#{1,6} \S|\]\(https?:|\*\*\S/.test(start)) return "markdown";
  return "plaintext";
}

/** The draft without the marks that let something stand: as it is handed on. */
export function clean(text: string, language: Language): string {
  const mark = language === "plaintext" ? String.raw`\[stet(?:-file)?(?::[^\]\n]*)?\]` : String.raw`<!--\s*stet(?:-file)?\b(?:(?!-->)[^\n])*-->`;
  return text.replace(new RegExp(String.raw`(^|\n)[ \t]*${mark}[ \t]*(?:\r?\n[ \t]*)?(?:\r?\n|$)`, "g"), "$1").replace(new RegExp(`[ \\t]*${mark}`, "g"), "");
}
