// Finds in the report of `copydesk audit` the places that it names. Knows nothing of VS Code, so that it can be tested alone.

/** Where in a report a place in a file is named, and which. Lines and columns of the report count from 0, those of the file from 1. */
export interface Named {
  at: { line: number; from: number; to: number };
  path: string;
  line: number;
  column: number;
}

/** They stand in brackets at the end of a line; in a file of many articles, `#` and what the article is called there follow the path. */
export function placesIn(report: string): Named[] {
  return report.split("\n").flatMap((words, at): Named[] => {
    const found = /\(([^()]*(?:\([^()]*\)[^()]*)*):(\d+):(\d+)\)$/.exec(words);
    const [, name, line, column] = found ?? [];
    if (!found || name === undefined || /^\w+:\/\//.test(name)) return [];
    return [{ at: { line: at, from: found.index + 1, to: words.length - 1 }, path: name.replace(/(\.\w+)#.*$/, "$1"), line: Number(line), column: Number(column) }];
  });
}
