#!/usr/bin/env bash
# Web annotation: a quote that doesn't stand in the page is anchored, to a sentence that denies it.
#
# With:     dom-anchor-text-quote 4.0.2 with jsdom 24.1.3 (npm), run 2026-11-27
# Guess:    a TextQuoteSelector whose `exact` isn't in the text finds nothing, or says that it
#           found something similar.
# It does:  it returns the nearest text as an ordinary range. "The contract was awarded" gets the
#           sentence "The contract was not awarded"; the other quote gets half a word. Nothing in
#           the answer tells such a range from an exact one.
# Matters:  a mark drawn over the page reads as proof that the words stand there. Compare the
#           text of the range with the quote, and show nothing if they differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . dom-anchor-text-quote@4.0.2 jsdom@24.1.3

cat > anchor.cjs <<'NODE'
const { JSDOM } = require("jsdom");
const { window } = new JSDOM(
  "<p>We were never told where the cameras would stand. " +
    "The contract was not awarded to Quillmar.</p><p>More of the page.</p>",
);
Object.assign(globalThis, {
  window,
  document: window.document,
  Node: window.Node,
  NodeFilter: window.NodeFilter,
});
const { toRange } = require("dom-anchor-text-quote");
for (const exact of [
  "The contract was awarded to Quillmar",
  "We were told where the cameras would stand.",
]) {
  console.log(`quoted: ${exact}`);
  console.log(`marked: ${toRange(window.document.body, { exact })}`);
}
NODE
seen=$(node anchor.cjs)
expected='quoted: The contract was awarded to Quillmar
marked: The contract was not awarded to Quillmar
quoted: We were told where the cameras would stand.
marked: ever told where the cameras would stand.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
