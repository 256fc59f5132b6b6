#!/usr/bin/env bash
# Transcripts (WebVTT): saved again, they no longer say who spoke, nor when after hour 99.
#
# With:     pysubs2 1.8.1 (Python), run 2026-11-27
# Guess:    WebVTT read and written as WebVTT keeps the speaker of a cue, as the library has a
#           field for a name, and times with three digits of hours, which the format allows and
#           the library reads.
# It does:  the speaker is gone on reading. On writing, all that was said from the hundredth hour
#           on is put at 99:59:59.999 and lasts no time; the one warning speaks of SRT.
# Matters:  a recorder that ran for five days has such times, and a transcript without speakers
#           lets a denial pass for the question. Shift or cut a copy; cite the file as received.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pysubs2==1.8.1

cat > recorder.vtt <<'TEXT'
WEBVTT

100:00:00.000 --> 100:00:02.000
<v Ilse Maran>You were told where they would stand.

100:05:00.000 --> 100:05:02.000
<v Jo Tannen>We never were.
TEXT
seen=$(venv/bin/python -W ignore - <<'PYTHON'
import pysubs2

transcript = pysubs2.load("recorder.vtt")
for cue in transcript:
    print(f"read: {cue.start // 1000} s, speaker {cue.name!r}, {cue.text}")
print(transcript.to_string("vtt").strip())
PYTHON
)
expected=$(cat <<'TEXT'
read: 360000 s, speaker '', You were told where they would stand.
read: 360300 s, speaker '', We never were.
WEBVTT

1
99:59:59.999 --> 99:59:59.999
You were told where they would stand.

2
99:59:59.999 --> 99:59:59.999
We never were.
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
