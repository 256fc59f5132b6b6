#!/usr/bin/env bash
# Subtitles of broadcasters (TTML): of a programme in two parts the first is lost, the second early.
#
# With:     pycaption 2.3.14 with pysubs2 1.8.1 beside it (Python), run 2026-11-28
# Guess:    each part (div) of a TTML file is read, one after the other, and a time within it
#           counts from the begin that the part has, as TTML's containers of time have it.
# It does:  each part takes the place of the one before, so that the last is all there is; and the
#           begin of the part isn't added, so that what was said ten minutes in is put at five
#           seconds. pysubs2 has both right.
# Matters:  the question is gone, and the answer stands where the question was asked. "It isn't in
#           the transcript" may hold of the last part only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pycaption==2.3.14 pysubs2==1.8.1

cat > programme.ttml <<'XML'
<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body>
<div><p begin="00:00:05.000" end="00:00:07.000">Did you know of it?</p></div>
<div begin="00:10:00.000"><p begin="00:00:05.000" end="00:00:07.000">We did not.</p></div>
</body></tt>
XML
seen=$(venv/bin/python - <<'PYTHON'
from pathlib import Path

from pycaption import DFXPReader
from pysubs2 import SSAFile

text = Path("programme.ttml").read_text()
for caption in DFXPReader().read(text).get_captions("en"):
    print(f"pycaption: {caption.start / 1e6:.0f} s {caption.get_text()}")
for event in SSAFile.from_string(text, format_="ttml"):
    print(f"pysubs2: {event.start / 1e3:.0f} s {event.text}")
PYTHON
)
expected='pycaption: 5 s We did not.
pysubs2: 5 s Did you know of it?
pysubs2: 605 s We did not.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
