#!/usr/bin/env bash
# Transcripts (SRT): what stands in braces, or after a backslash, is gone when a file is saved again.
#
# With:     pysubs2 1.8.1 with pycaption 2.3.14 beside it (Python), run 2026-11-28
# Guess:    SRT in, SRT out: the words stay. Braces are marks in another format (Advanced
#           SubStation), and mean nothing in SRT, where transcribers put into them what they add
#           or can't make out. A backslash is a backslash.
# It does:  all is kept as SubStation text, and what is in braces counts as a command there: shifted
#           by a second and saved as SRT again, it is missing, with no sign of it. "\N" and "\n"
#           in a path become line breaks. pycaption keeps all of it.
# Matters:  "I did {not} see him" reads "I did  see him" after its times were corrected. Compare the
#           words of both files before the new one is quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pysubs2==1.8.1 pycaption==2.3.14

cat > talk.srt <<'SRT'
1
00:00:01,000 --> 00:00:02,000
I did {not} see him.

2
00:00:02,000 --> 00:00:03,000
{Ada Lind:} It is on X:\ash\notes\New.

SRT
seen=$(venv/bin/python - <<'PYTHON'
from pathlib import Path

import pysubs2
from pycaption import SRTReader, SRTWriter

pysubs2.load("talk.srt").save("saved.srt")
words = Path("talk.srt").read_text()
saved = {
    "pysubs2": Path("saved.srt").read_text(),
    "pycaption": SRTWriter().write(SRTReader().read(words)),
}
for name, text in saved.items():
    for line in text.splitlines():
        if line and not line[0].isdigit():
            print(f"{name}: {line}")
PYTHON
)
expected='pysubs2: I did  see him.
pysubs2: It is on X:\ash
pysubs2: otes
pysubs2: ew.
pycaption: I did {not} see him.
pycaption: {Ada Lind:} It is on X:\ash\notes\New.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
