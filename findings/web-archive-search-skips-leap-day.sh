#!/usr/bin/env bash
# Web archives: a search "up to 29 February" ends a day before it.
#
# With:     cdx_toolkit 0.9.39 (Python), run 2026-11-27
# Guess:    a date without a time, as the end of a range, is filled up to the last second of that
#           day, month or year, as it is for all other days.
# It does:  February has 28 days in every year. "20320229" becomes 28 February, 23:59:59, which is
#           before the day that was asked for; "203202" loses its last day.
# Matters:  "there is no capture of that day" is then said of a day that was not looked at. Give
#           whole 14 digits, or compare what was asked with the range that was searched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cdx_toolkit==0.9.39

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from cdx_toolkit.timeutils import pad_timestamp, pad_timestamp_up

for day in ("20320430", "20320229", "203202"):
    print(f"{day}: {pad_timestamp(day)} to {pad_timestamp_up(day)}")
PYTHON
)
expected='20320430: 20320430000000 to 20320430235959
20320229: 20320229000000 to 20320228235959
203202: 20320201000000 to 20320228235959'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
