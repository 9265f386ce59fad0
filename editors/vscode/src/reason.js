// Finds, in what a failed server wrote to standard error, the one line that a user should read.
"use strict";

/**
 * @param {string[]} lines as written, oldest first
 * @returns {string | undefined} undefined when nothing was written
 */
function failureReason(lines) {
  const written = lines.map((line) => line.trim()).filter((line) => line !== "");
  // Command lines report "error: ..." first, and follow it with hints on usage.
  const reported = written.map((line) => /^(?:copydesk: )?error: (.+)$/i.exec(line)?.[1]).find(Boolean);
  if (reported) return reported;
  // A Rust panic names the place on one line and the cause on the next.
  const panic = written.findIndex((line) => / panicked at /.test(line));
  if (panic >= 0 && written[panic + 1]) return written[panic + 1];
  return written.at(-1);
}

module.exports = { failureReason };
