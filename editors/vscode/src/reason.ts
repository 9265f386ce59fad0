// Finds, in what a failed server wrote to standard error, the one line that a user should read.

/** `lines` are as written, oldest first; the answer is undefined when nothing was written. */
export function failureReason(lines: readonly string[]): string | undefined {
  const written = lines.map((line) => line.trim()).filter((line) => line !== "");
  // Command lines report "error: ..." first, and follow it with hints on usage.
  const reported = written.map((line) => /^(?:copydesk: )?error: (.+)$/i.exec(line)?.[1]).find(Boolean);
  if (reported) return reported;
  // A Rust panic names the place on one line and the cause on the next.
  const panic = written.findIndex((line) => / panicked at /.test(line));
  const cause = panic >= 0 ? written[panic + 1] : undefined;
  return cause ?? written.at(-1);
}
