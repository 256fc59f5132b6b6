#!/usr/bin/env bash
# Tracks of ships and drones (NMEA 0183): no position is a position, and local time is an hour off.
#
# With:     pynmea2 1.19.0 (Python), run 2026-11-27
# Guess:    a sentence marked "void" (V), with its coordinates left empty, has latitude None; a
#           zone of -03 hours 30 minutes (ZDA), as in Newfoundland, is three and a half hours
#           behind UTC.
# It does:  the vessel lies at 0.0, 0.0, in the Gulf of Guinea. The minutes of the zone are added
#           whatever the sign of the hours, so that it is two and a half hours behind.
# Matters:  a receiver that was switched off looks like one that was taken along. Ask for `status`
#           before coordinates, and take the time in UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pynmea2==1.19.0

seen=$(venv/bin/python - <<'PYTHON'
from functools import reduce

import pynmea2


def read(sentence):
    check = reduce(lambda total, byte: total ^ byte, sentence.encode())
    return pynmea2.parse(f"${sentence}*{check:02X}", check=True)


void = read("GPRMC,100000.00,V,,,,,,,050331,,,N")
print(f"status {void.status}: latitude {void.latitude}, longitude {void.longitude}")
zoned = read("GPZDA,100000.00,05,03,2031,-03,30")
print(f"UTC {zoned.timestamp:%H:%M}, zone -03:30: {zoned.localdatetime}")
PYTHON
)
expected='status V: latitude 0.0, longitude 0.0
UTC 10:00, zone -03:30: 2031-03-05 07:30:00-02:30'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
