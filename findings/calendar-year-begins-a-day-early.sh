#!/usr/bin/env bash
# Official dates of Iran and Bangladesh: a whole year, or the winter of each, is a day off.
#
# With:     Khayyam 3.0.17 with jdatetime 6.1.1 and persiantools 6.2.0 beside it; bangla 0.0.6
#           (Python), run 2026-11-28
# Guess:    calendars of Iran differ in their leap years only centuries from now, and the Bengali
#           calendar is the one that offices in Bangladesh use: since 2019 its first six months have
#           31 days, so that 16 December is always 1 Poush and 21 February 8 Falgun.
# It does:  for Khayyam 1403 has no leap day, though it had one, on 20 March 2025: all of 1404, up
#           to March 2026, lies a day too early. Of a year in two digits it makes the 1490s, where
#           the others say the 1390s. bangla counts by the rule before 2019: from 16 October to
#           mid-March each date is a day too late.
# Matters:  a decree was signed the day after, or before, the raid that it allows. Give the date as
#           the paper has it beside the one worked out, and try New Year's Day of that very year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check \
  Khayyam==3.0.17 jdatetime==6.1.1 persiantools==6.2.0 bangla==0.0.6

seen=$(venv/bin/python - <<'PYTHON'
from datetime import date

import bangla
import jdatetime
from khayyam import JalaliDate
from persiantools import jdatetime as persian

for day in ((1403, 12, 29), (1404, 1, 1), (1404, 12, 29), (1405, 1, 1)):
    days = (
        JalaliDate(*day).todate(),
        jdatetime.date(*day).togregorian(),
        persian.JalaliDate(*day).to_gregorian(),
    )
    print("{}-{:02}-{:02}: Khayyam {}, jdatetime {}, persiantools {}".format(*day, *days))
for name, read in (
    ("Khayyam", JalaliDate.strptime),
    ("jdatetime", jdatetime.datetime.strptime),
    ("persiantools", persian.JalaliDate.strptime),
):
    print(f"98/12/15: {name} {read('98/12/15', '%y/%m/%d').year}")
digits = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
months = {"কার্তিক": "Kartik", "পৌষ": "Poush", "ফাল্গুন": "Falgun", "চৈত্র": "Chaitra"}
for day in (date(2024, 10, 16), date(2024, 12, 16), date(2025, 2, 21), date(2025, 3, 26)):
    found = bangla.get_date(day.day, day.month, day.year)
    print(f"{day}: {found['date'].translate(digits)} {months[found['month']]}")
PYTHON
)
expected='1403-12-29: Khayyam 2025-03-19, jdatetime 2025-03-19, persiantools 2025-03-19
1404-01-01: Khayyam 2025-03-20, jdatetime 2025-03-21, persiantools 2025-03-21
1404-12-29: Khayyam 2026-03-19, jdatetime 2026-03-20, persiantools 2026-03-20
1405-01-01: Khayyam 2026-03-21, jdatetime 2026-03-21, persiantools 2026-03-21
98/12/15: Khayyam 1498
98/12/15: jdatetime 1398
98/12/15: persiantools 1398
2024-10-16: 1 Kartik
2024-12-16: 2 Poush
2025-02-21: 9 Falgun
2025-03-26: 12 Chaitra'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
