#!/usr/bin/env bash
# Uncertain dates (EDTF): three readers give one date three ranges of days.
#
# With:     edtf 5.0.2 (Python), edtf 4.11.1 and @edtf-ts/core 0.4.2 (npm), run 2026-11-27
# Guess:    a date in ISO 8601-2 notation is at the earliest and at the latest the same day in
#           each reader; a list that ends in 1670..1672 lasts to the end of 1672, and a time with
#           an offset from UTC is one instant.
# It does:  winter 2001 ends on 31 December, or on 28 February, or begins in October. The list
#           ends in 1670 for one reader. Half past eleven at night at UTC-5 is the next day for
#           one, and for another the offset is read but left out of the sum.
# Matters:  whether a paper lies before or after a date hangs on the tool that was asked. Show the
#           notation itself, and sort by it only where the readers agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check edtf==5.0.2
npm install --silent --no-fund --no-audit --prefix . edtf@4.11.1 @edtf-ts/core@0.4.2

cat > read.mjs <<'NODE'
import { parse } from "@edtf-ts/core";
import edtf from "edtf";
const short = (time) => new Date(Number(time)).toISOString().slice(0, 16);
for (const text of ["2001-24", "[1667,1668,1670..1672]", "2031-03-05T23:30:00-05:00"]) {
  const readers = { "edtf (npm)": edtf(text), "@edtf-ts/core": parse(text).value };
  for (const [name, date] of Object.entries(readers))
    console.log(`${text} ${name}: ${short(date.min)} to ${short(date.max)}`);
}
NODE
seen=$(
  {
    node read.mjs
    venv/bin/python - <<'PYTHON'
from edtf import parse_edtf

for text in ("2001-24", "[1667,1668,1670..1672]", "2031-03-05T23:30:00-05:00"):
    date = parse_edtf(text)
    days = ["{}-{:02}-{:02}".format(*day[:3]) for day in (date.lower_strict(), date.upper_strict())]
    print(f"{text} edtf (Python): {' to '.join(days)}")
PYTHON
  } | LC_ALL=C sort
)
expected='2001-24 @edtf-ts/core: 2001-12-01T00:00 to 2002-02-28T23:59
2001-24 edtf (Python): 2001-12-01 to 2001-12-31
2001-24 edtf (npm): 2001-10-01T00:00 to 2001-12-31T23:59
2031-03-05T23:30:00-05:00 @edtf-ts/core: 2031-03-05T23:30 to 2031-03-05T23:30
2031-03-05T23:30:00-05:00 edtf (Python): 2031-03-05 to 2031-03-05
2031-03-05T23:30:00-05:00 edtf (npm): 2031-03-06T04:30 to 2031-03-06T04:30
[1667,1668,1670..1672] @edtf-ts/core: 1667-01-01T00:00 to 1672-12-31T23:59
[1667,1668,1670..1672] edtf (Python): 1667-01-01 to 1672-12-31
[1667,1668,1670..1672] edtf (npm): 1667-01-01T00:00 to 1670-12-31T23:59'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
