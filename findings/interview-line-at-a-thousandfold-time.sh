#!/usr/bin/env bash
# Interviews (AssemblyAI transcripts): what was said at 14:25 is in the subtitles at 16:40.
#
# With:     @deepgram/captions 1.2.0 (npm) and deepgram-captions 2.0.0 (Python), run 2026-11-28
# Guess:    each has a converter for transcripts of AssemblyAI, which gives times in milliseconds
#           (says its page on the times of words) where Deepgram gives seconds; the converter is
#           there for such differences, and divides by a thousand.
# It does:  it renames the fields and leaves the times: milliseconds are written as seconds. Hours
#           begin anew after 24 in both, so that 14:25 is 00:16:40, a time that the interview has,
#           too; a question from its second second comes later than that.
# Matters:  a quote is looked up where something else is said. Hold one line against the recording
#           before the others are trusted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check deepgram-captions==2.0.0
npm install --silent --no-fund --no-audit --prefix . @deepgram/captions@1.2.0

cat > make.cjs <<'NODE'
const { writeFileSync } = require("node:fs");
const { srt, AssemblyAiConverter } = require("@deepgram/captions");
const utterance = (speaker, start, text) => {
  const word = { text, start, end: start + 400, confidence: 0.9, speaker };
  return { ...word, words: [word] };
};
const utterances = [utterance("A", 2000, "Why?"), utterance("B", 865000, "Never.")];
const interview = { id: "r", status: "completed", audio_duration: 900, text: "Why? Never.",
  words: utterances.flatMap(({ words }) => words), utterances };
writeFileSync("interview.json", JSON.stringify(interview));
console.log(srt(new AssemblyAiConverter(interview)).trim());
NODE
seen=$(
  echo npm
  node make.cjs
  venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from deepgram_captions import AssemblyAIConverter, srt

interview = json.loads(Path("interview.json").read_text())
print("Python", srt(AssemblyAIConverter(interview)).strip(), sep="\n")
PYTHON
)
expected='npm
1
00:33:20,000 --> 00:40:00,000
[Speaker A]
Why?

2
00:16:40,000 --> 00:23:20,000
[Speaker B]
Never.
Python
1
00:33:20,000 --> 00:40:00,000
[speaker A]
Why?

2
00:16:40,000 --> 00:23:20,000
[speaker B]
Never.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
