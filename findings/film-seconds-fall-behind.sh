#!/usr/bin/env bash
# Film and television (SMPTE timecode): an hour is 3,596 seconds, and twenty less ten is nine.
#
# With:     timecode 1.5.1 with opentimelineio 0.18.1 beside it (Python), run 2026-11-28
# Guess:    drop-frame timecode leaves out numbers just so that it goes with the clock: 01:00:00;00
#           is 3,600 seconds after the start, to some milliseconds. Where none are dropped, an
#           hour of 23.976 frames a second is 3.6 seconds longer.
# It does:  the seconds of a timecode (.float) are its frames divided by 30 for 29.97, and by 24
#           for 23.976: in both an hour is 3.6 seconds too short (to_realtime() has it right).
#           As 00:00:00:00 counts as frame 1, a difference of two is a frame too small.
# Matters:  a quotation cut out or looked up by seconds is another sentence. Count seconds from
#           frames and the true rate, and leave timecode to be shown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check timecode==1.5.1 OpenTimelineIO==0.18.1

seen=$(venv/bin/python - <<'PYTHON'
from opentimelineio.opentime import from_timecode
from timecode import Timecode

hours = {"29.97": (30000 / 1001, "01:00:00;00"), "23.976": (24000 / 1001, "01:00:00:00")}
for rate, (exact, hour) in hours.items():
    code = Timecode(rate, hour)
    true = from_timecode(hour, exact).to_seconds()
    print(f"{hour} at {rate}: .float {code.float:.2f}, ", end="")
    print(f"to_realtime {code.to_realtime(as_float=True):.2f}, opentimelineio {true:.2f}")
print("20 s - 10 s:", Timecode(25, "00:00:20:00") - Timecode(25, "00:00:10:00"))
PYTHON
)
expected='01:00:00;00 at 29.97: .float 3596.43, to_realtime 3600.03, opentimelineio 3600.00
01:00:00:00 at 23.976: .float 3600.04, to_realtime 3603.64, opentimelineio 3603.60
20 s - 10 s: 00:00:09:24'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
