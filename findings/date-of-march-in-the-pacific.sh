#!/usr/bin/env bash
# Dates in Serbian, Turkish and Arabic: 5 March is in May, and 5 August is today.
#
# With:     dateparser 1.5.0 (Python), run 2026-11-28
# Guess:    "5 mart 2031" is 5 March whether or not the language is given: the month has this name in
#           Serbian, Bosnian, Turkish, Azerbaijani and Uzbek, all of which it lists, and other months
#           of theirs are read. What isn't known, such as the months of Syria, Lebanon and Iraq,
#           is None.
# It does:  "mart" is taken for MART, the time zone of the Marquesas Islands. Of what is left, "5 2031",
#           May is made, with the day on which it is read: 17 May if read on a 17th. Of "15. mart"
#           the day is kept, and the month is that of reading. With the language given it is right.
#           Of Syria's months most are None, but 5 آب (August) is the day of reading itself.
# Matters:  a contract of March is dated by the day when somebody looked at it, and looks exact. Give
#           the language with each date, and read it twice, with two values of RELATIVE_BASE.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check dateparser==1.5.0

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from datetime import datetime

import dateparser


def read(text, **options):
    days = []
    for today in (datetime(2031, 7, 17), datetime(2031, 7, 23)):
        found = dateparser.parse(text, settings={"RELATIVE_BASE": today}, **options)
        days.append(str(found)[:10])
    print(text, *options.get("languages", []), *days)


for text in ("5 april 2031", "5 mart 2031", "15. mart 2031.", "5 آذار 2031", "5 آب 2031"):
    read(text)
for language in ("sr-Latn", "tr", "az"):
    read("5 mart 2031", languages=[language])
PYTHON
)
expected='5 april 2031 2031-04-05 2031-04-05
5 mart 2031 2031-05-17 2031-05-23
15. mart 2031. 2031-07-15 2031-07-15
5 آذار 2031 None None
5 آب 2031 2031-07-17 2031-07-23
5 mart 2031 sr-Latn 2031-03-05 2031-03-05
5 mart 2031 tr 2031-03-05 2031-03-05
5 mart 2031 az 2031-03-05 2031-03-05'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
