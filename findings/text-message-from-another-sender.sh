#!/usr/bin/env bash
# Text messages (SMS, as phones keep them): a sender gets another name; India's time is none.
#
# With:     smspdudecoder 2.2.0 with bitstring 4.3.1 (Python) and node-pdu 2.1.1 (npm), run 2026-11-28
# Guess:    both read the sender's name, whose length is given in half-bytes (3GPP TS 23.040,
#           9.1.2.5), and the time with its zone in quarters of an hour (9.2.3.11), and say them in
#           the usual forms: a name, and a date and time of ISO 8601.
# It does:  for the Python package a sender with a name of seven letters has an "@" behind it, as the
#           seven bits that are left over in the last byte are read, too; with six or eight all is
#           right. node-pdu's getIsoString() ends in "+5.5:00" for India and "-3.5:00" for
#           Newfoundland, which is no time for JavaScript; whole hours are right.
# Matters:  a search for the sender finds nothing, and messages from half of Asia drop out of a list
#           that is sorted by time. Try a name of seven letters, and a zone with half an hour.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check smspdudecoder==2.2.0 bitstring==4.3.1
npm install --silent --no-fund --no-audit --prefix . node-pdu@2.1.1

cat > make.py <<'PYTHON'
import json
from pathlib import Path


def packed(text):
    bits = sum(ord(letter) << 7 * place for place, letter in enumerate(text))
    return bits.to_bytes((7 * len(text) + 7) // 8, "little").hex().upper()


def swapped(digits):
    return "".join(digits[place + 1] + digits[place] for place in range(0, len(digits), 2))


def message(sender, quarters):
    half_bytes = (7 * len(sender) + 3) // 4
    zone = f"{abs(quarters) // 10 + 8 * (quarters < 0):X}{abs(quarters) % 10}"
    return (
        "07917283010010F5" "04" + f"{half_bytes:02X}D0" + packed(sender) + "0000"
        + swapped("310305103000" + zone) + "02" + packed("OK")
    )


messages = {
    "Quayco, UTC+1": message("Quayco", 4),
    "Harbour, UTC+5.5": message("Harbour", 22),
    "Tollgate, UTC-3.5": message("Tollgate", -14),
}
Path("messages.json").write_text(json.dumps(messages))
PYTHON
cat > read.cjs <<'NODE'
const { parse } = require("node-pdu");
for (const [name, message] of Object.entries(require("./messages.json"))) {
  const { address, serviceCenterTimeStamp } = parse(message);
  const text = serviceCenterTimeStamp.getIsoString();
  console.log(`node-pdu ${name}: ${address.phone}, ${text}, ${new Date(text).getTime()}`);
}
NODE
seen=$(
  venv/bin/python make.py
  venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from smspdudecoder.easy import read_incoming_sms

for name, message in json.loads(Path("messages.json").read_text()).items():
    read = read_incoming_sms(message)
    print(f"smspdudecoder {name}: {read['sender']}, {read['date'].isoformat()}")
PYTHON
  node read.cjs
)
expected='smspdudecoder Quayco, UTC+1: Quayco, 2031-03-05T09:30:00+00:00
smspdudecoder Harbour, UTC+5.5: Harbour@, 2031-03-05T05:00:00+00:00
smspdudecoder Tollgate, UTC-3.5: Tollgate, 2031-03-05T14:00:00+00:00
node-pdu Quayco, UTC+1: Quayco, 2031-03-05T10:30:00+01:00, 1930469400000
node-pdu Harbour, UTC+5.5: Harbour, 2031-03-05T10:30:00+5.5:00, NaN
node-pdu Tollgate, UTC-3.5: Tollgate, 2031-03-05T10:30:00-3.5:00, NaN'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
