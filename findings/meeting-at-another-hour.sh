#!/usr/bin/env bash
# Invitations (iCalendar): the hour of a meeting is turned round, dropped or made up by the reader.
#
# With:     ics 0.7.3 and icalendar 7.3.2 (Python), node-ical 0.26.1 and ical.js 2.2.1 (npm),
#           run 2026-11-28
# Guess:    a time is read by the rules for its zone that stand in the file itself (VTIMEZONE),
#           which RFC 5545, section 3.2.19, wants there, whatever the zone is called; one without
#           a zone, which is local time wherever one is, gets none.
# It does:  "(UTC+06:00) Urumqi", a name as Outlook makes them, ics takes for a POSIX rule, whose
#           signs are the other way round: six hours behind UTC, twelve from the truth. "Head
#           office" it takes for UTC, and node-ical for the zone of the machine; but to the time
#           without a zone node-ical gives the rules of the first zone in the file, which are
#           those of "Head office". icalendar and ical.js do as guessed.
# Matters:  whether two people met before or after a vote hangs on the tool. Show the time as it
#           is written, and the rule that the file has for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check ics==0.7.3 icalendar==7.3.2
npm install --silent --no-fund --no-audit --prefix . node-ical@0.26.1 ical.js@2.2.1

{
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 "PRODID:-//Demo//EN"
  while IFS='|' read -r name hours; do
    printf '%s\r\n' BEGIN:VTIMEZONE "TZID:$name" BEGIN:STANDARD DTSTART:16010101T000000 \
      "TZOFFSETFROM:$hours" "TZOFFSETTO:$hours" END:STANDARD END:VTIMEZONE
  done <<< 'Head office|+0800
(UTC+06:00) Urumqi|+0600'
  while IFS='|' read -r title zone; do
    printf '%s\r\n' BEGIN:VEVENT "UID:$title@demo.example" DTSTAMP:20310101T000000Z \
      "DTSTART$zone:20310305T130000" DURATION:PT1H "SUMMARY:$title" END:VEVENT
  done <<< 'Head office|;TZID=Head office
Urumqi|;TZID="(UTC+06:00) Urumqi"
No zone|'
  printf '%s\r\n' END:VCALENDAR
} > meetings.ics

cat > read.mjs <<'NODE'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
const text = readFileSync("meetings.ics", "utf8");
for (const event of Object.values(ical.sync.parseICS(text)))
  if (event.type === "VEVENT")
    console.log(`${event.summary}, node-ical: ${event.start.toISOString().slice(0, 16)} UTC`);
for (const event of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")) {
  const start = event.getFirstPropertyValue("dtstart");
  const local = start.zone === ICAL.Timezone.localTimezone;
  const time = local ? `${start}` : start.toJSDate().toISOString();
  const title = event.getFirstPropertyValue("summary");
  console.log(`${title}, ical.js: ${time.slice(0, 16)}${local ? "" : " UTC"}`);
}
NODE
seen=$(
  {
    TZ=America/New_York node read.mjs
    TZ=America/New_York venv/bin/python -W ignore - <<'PYTHON'
from datetime import UTC

import icalendar
import ics

with open("meetings.ics", newline="") as file:
    text = file.read()


def shown(time):
    if time.tzinfo is None:
        return f"{time:%Y-%m-%dT%H:%M}"
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M} UTC"


for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
    print(f"{event['SUMMARY']}, icalendar: {shown(event['DTSTART'].dt)}")
for event in ics.Calendar(text).events:
    print(f"{event.name}, ics: {shown(event.begin.datetime)}")
PYTHON
  } | LC_ALL=C sort
)
expected='Head office, ical.js: 2031-03-05T05:00 UTC
Head office, icalendar: 2031-03-05T05:00 UTC
Head office, ics: 2031-03-05T13:00 UTC
Head office, node-ical: 2031-03-05T18:00 UTC
No zone, ical.js: 2031-03-05T13:00
No zone, icalendar: 2031-03-05T13:00
No zone, ics: 2031-03-05T13:00 UTC
No zone, node-ical: 2031-03-05T05:00 UTC
Urumqi, ical.js: 2031-03-05T07:00 UTC
Urumqi, icalendar: 2031-03-05T07:00 UTC
Urumqi, ics: 2031-03-05T19:00 UTC
Urumqi, node-ical: 2031-03-05T07:00 UTC'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
