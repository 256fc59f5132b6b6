#!/usr/bin/env bash
# Recorded calls (Deepgram transcripts): of the two who speak, one isn't in the subtitles.
#
# With:     @deepgram/captions 1.2.0 (npm) and deepgram-captions 2.0.0 (Python), run 2026-11-28
# Guess:    a call that was recorded with a channel for each side is transcribed channel by channel,
#           and both sides come into the subtitles, in the order of time: the makers of the
#           transcript made these packages for it, and its head tells how many channels there are.
# It does:  the first channel alone is written, unless the transcript was ordered with "utterances",
#           too. What the other side said is nowhere, and its answer's place is closed: the
#           questions before and after it stand in one line. The head of the WebVTT file still
#           says "Channels: 2".
# Matters:  the side that is missing is the one that was asked. Count the words of all channels
#           before a subtitle file is quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check deepgram-captions==2.0.0
npm install --silent --no-fund --no-audit --prefix . @deepgram/captions@1.2.0

cat > make.cjs <<'NODE'
const { writeFileSync } = require("node:fs");
const { webvtt } = require("@deepgram/captions");
const channel = (said) => {
  const words = said.map(([word, start]) =>
    ({ word: word.toLowerCase().replace(/\W/g, ""), punctuated_word: word, confidence: 0.9,
      start, end: start + 0.5 }));
  const transcript = said.map(([word]) => word).join(" ");
  return { alternatives: [{ transcript, confidence: 0.9, words }] };
};
const asked = channel([["Did", 0], ["you", 0.5], ["pay?", 1], ["Who", 4], ["then?", 4.5]]);
const answered = channel([["No,", 2], ["never.", 2.5], ["Ask", 6], ["them.", 6.5]]);
const metadata = { request_id: "r", created: "2031-03-05T10:30:00Z", duration: 8, channels: 2 };
const words = (side) => side.alternatives[0].words;
const turns = [[0, words(asked).slice(0, 3)], [1, words(answered).slice(0, 2)],
  [0, words(asked).slice(3)], [1, words(answered).slice(2)]];
const utterances = turns.map(([channel, words], id) => ({ id, channel, words, confidence: 0.9,
  start: words[0].start, end: words.at(-1).end,
  transcript: words.map((word) => word.punctuated_word).join(" ") }));
const channels = [asked, answered];
const orders = { channels: { channels }, utterances: { channels, utterances } };
for (const [name, results] of Object.entries(orders)) {
  const call = { metadata, results };
  writeFileSync(`${name}.json`, JSON.stringify(call));
  for (const line of webvtt(call).split("\n"))
    if (/Channels|-->|[a-z][.?]$/.test(line)) console.log(`npm, ${name}: ${line}`);
}
NODE
seen=$(
  node make.cjs
  venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from deepgram_captions import DeepgramConverter, srt

for name in ("channels", "utterances"):
    call = json.loads(Path(f"{name}.json").read_text())
    for line in srt(DeepgramConverter(call)).splitlines():
        if line.endswith((".", "?")):
            print(f"Python, {name}: {line}")
PYTHON
)
expected='npm, channels: Channels: 2
npm, channels: 00:00:00.000 --> 00:00:05.000
npm, channels: Did you pay? Who then?
npm, utterances: Channels: 2
npm, utterances: 00:00:00.000 --> 00:00:01.500
npm, utterances: Did you pay?
npm, utterances: 00:00:02.000 --> 00:00:03.000
npm, utterances: No, never.
npm, utterances: 00:00:04.000 --> 00:00:05.000
npm, utterances: Who then?
npm, utterances: 00:00:06.000 --> 00:00:07.000
npm, utterances: Ask them.
Python, channels: Did you pay? Who then?
Python, utterances: Did you pay?
Python, utterances: No, never.
Python, utterances: Who then?
Python, utterances: Ask them.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
