#!/usr/bin/env bash
# Domain registrations (WHOIS): a Serbian site of March was registered in May, a Czech one in March.
#
# With:     python-whois 0.9.6 (Python), run 2026-11-28
# Guess:    the order of day and month is known for each registry, as there is a reader for each
#           that gives dates with points (.cz, .rs); where the time of day is local, as it is in
#           Serbia, no other zone is made up.
# It does:  .cz is read by the day first, .rs by the month, as soon as the day allows it: "05.03."
#           is 3 May, and "26.08." stays August. Both times get +00:00, which neither registry
#           says; of .tw "(UTC+8)" is cut off before that.
# Matters:  a site that was there before a story comes to look as if it was made after it, or the
#           other way round, in one country only. Read dates in the registry's own answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check python-whois==0.9.6

seen=$(venv/bin/python - <<'PYTHON'
from whois.parser import WhoisEntry

answers = (
    ("demo.cz", "domain:       demo.cz\nregistered:   {}\n", "05.03.2031 10:00:00"),
    ("demo.rs", "Domain name: demo.rs\nRegistration date: {}\n", "05.03.2031 10:00:00"),
    ("demo.rs", "Domain name: demo.rs\nRegistration date: {}\n", "26.08.2031 10:00:00"),
    ("demo.tw", "Domain Name: demo.tw\nRecord created on {}\n", "2031-03-05 00:30:00 (UTC+8)"),
)
for domain, answer, written in answers:
    entry = WhoisEntry.load(domain, answer.format(written))
    print(f"{domain}: {written} is {entry['creation_date']}")
PYTHON
)
expected='demo.cz: 05.03.2031 10:00:00 is 2031-03-05 10:00:00+00:00
demo.rs: 05.03.2031 10:00:00 is 2031-05-03 10:00:00+00:00
demo.rs: 26.08.2031 10:00:00 is 2031-08-26 10:00:00+00:00
demo.tw: 2031-03-05 00:30:00 (UTC+8) is 2031-03-05 00:30:00+00:00'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
