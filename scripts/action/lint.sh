#!/usr/bin/env bash
# The second step of the action: annotations on the lines, or a report for code scanning with a summary in words. Which status it ended
# with is left to the last step, so that a report of findings is still uploaded.
set -euo pipefail
arguments=()
while IFS= read -r line; do if [ -n "$line" ]; then arguments+=("$line"); fi; done <<< "${ARGUMENTS:-}"
paths=()
while IFS= read -r line; do if [ -n "$line" ]; then paths+=("$line"); fi; done <<< "${PATHS:-.}"
status=0
if [ -n "${SARIF:-}" ]; then
  "$COPYDESK" lint ${arguments[@]+"${arguments[@]}"} --format sarif -- "${paths[@]}" > "$SARIF" || status=$?
  # Where nothing could be done there is no report, and nothing to upload.
  if [ ! -s "$SARIF" ]; then exit "$status"; fi
else
  "$COPYDESK" lint ${arguments[@]+"${arguments[@]}"} --format github -- "${paths[@]}" || status=$?
fi
echo "status=$status" >> "$GITHUB_OUTPUT"
