#!/usr/bin/env bash
# E-mail: an answer is run into the quoted question, and so becomes part of it.
#
# With:     postal-mime 4.0.0 with mailparser 3.14.2 beside it (npm), run 2026-11-28
# Guess:    text that is format=flowed is put together as RFC 3676, section 4.5, has it: a line
#           that ends in a space goes on in the next one only if both are quoted equally deep. So
#           an answer written into the middle of a quoted paragraph, where that space stays
#           behind, begins a line of its own.
# It does:  lines are joined whatever they are quoted as, and the marks are left in: a quoted
#           paragraph has a ">" amid its words, and the answer stands in the question's line.
#           mailparser keeps them apart.
# Matters:  "> Did you know of it? > No." is all the question, to a reader and to a program that
#           leaves quoted lines out: the denial is gone, or is the newspaper's. Read the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . postal-mime@4.0.0 mailparser@3.14.2

cat > read.mjs <<'NODE'
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
const message = [
  "From: press@firm.example",
  "To: desk@news.example",
  "Subject: Re: Cameras",
  "Date: Wed, 05 Mar 2031 10:00:00 +0000",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; charset=utf-8; format=flowed",
  "",
  "> Did your firm know where the ",
  "> cameras would stand? ",
  "No, it did not.",
  "> And who paid ",
  "> for them?",
  "The county.",
  "",
].join("\r\n");
const readers = {
  "postal-mime": await PostalMime.parse(message),
  mailparser: await simpleParser(message),
};
for (const [name, mail] of Object.entries(readers))
  for (const line of mail.text.trim().split("\n")) console.log(`${name}: ${line.trimEnd()}`);
NODE
seen=$(node read.mjs)
expected='postal-mime: > Did your firm know where the > cameras would stand? No, it did not.
postal-mime: > And who paid > for them?
postal-mime: The county.
mailparser: > Did your firm know where the cameras would stand?
mailparser: No, it did not.
mailparser: > And who paid for them?
mailparser: The county.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
