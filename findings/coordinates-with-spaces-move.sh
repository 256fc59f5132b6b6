#!/usr/bin/env bash
# Coordinates as reports write them: a place moves by hundreds of miles, or into the sea.
#
# With:     geopy 2.5.0 (Python), run 2026-11-28
# Guess:    degrees and minutes with spaces between them are read, or refused with a ValueError
#           like all that isn't understood.
# It does:  `41 30 N 81 W` is latitude 30, and `41 30 N 81 15 W` latitude 81: what doesn't fit is
#           passed over from the left until something does. With decimal commas, `41,5 81,25` is latitude 81. East
#           before north is taken as latitude. Sixty minutes make the place 0, 0.
# Matters:  a photograph or a camera is put where it never was. Write each coordinate back as text
#           and compare it with what was read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check geopy==2.5.0

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from geopy import Point

for text in (
    "41 30m N 81 15m W",
    "41 30 N 81 15 W",
    "41 30 N 81 W",
    "41,5 81,25",
    "E 81 N 41",
    "41 60 0 N 81 0 0 W",
):
    try:
        latitude, longitude, _ = Point(text)
    except ValueError as error:
        print(f"{text}: refused")
    else:
        print(f"{text}: {latitude:g}, {longitude:g}")
PYTHON
)
expected=$(cat <<'TEXT'
41 30m N 81 15m W: 41.5, -81.25
41 30 N 81 15 W: 81, -15
41 30 N 81 W: 30, -81
41,5 81,25: 81, 25
E 81 N 41: 81, 41
41 60 0 N 81 0 0 W: 0, 0
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
