#!/usr/bin/env bash
# Exported chats: a date that begins with the year is read as year, day, month.
#
# With:     whatstk 0.9.1 (Python) and whatsapp-chat-parser 4.0.2 (npm), run 2026-11-27
# Guess:    day and month may be mixed up in 05/03/31, but 2031-03-05, which WhatsApp writes in
#           Canada, is safe; and what is said of a message doesn't hang on the ones after it.
# It does:  both read 5 March as 3 May, until the export holds a day above 12. With one more
#           message the first one moves by two months. whatstk also takes 10:17 p.m. for 10:17.
# Matters:  "they knew in March" becomes "they knew in May", from a file nobody touched, and two
#           exports of one chat contradict each other. Cite the line as it stands in the export.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check whatstk==0.9.1
npm install --silent --no-fund --no-audit --prefix . whatsapp-chat-parser@4.0.2

cat > short.txt <<'TEXT'
2031-03-05, 10:16 a.m. - Ilse Maran: Did you check the positions?
2031-03-05, 10:17 p.m. - Jo Tannen: We never did.
TEXT
{ cat short.txt; echo '2031-03-17, 9:00 a.m. - Ilse Maran: Thank you.'; } > longer.txt

cat > read.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { parseString } from "whatsapp-chat-parser";
for (const name of ["short.txt", "longer.txt"]) {
  const dates = parseString(readFileSync(name, "utf8")).slice(0, 2).map((m) => m.date);
  console.log(name, dates.map((d) => d.toISOString().slice(0, 16).replace("T", " ")).join(", "));
}
NODE
seen=$(
  echo whatstk
  venv/bin/python -W ignore - <<'PYTHON'
from whatstk import WhatsAppChat

for name in ("short.txt", "longer.txt"):
    dates = WhatsAppChat.from_source(name).df["date"].head(2)
    print(name, ", ".join(f"{date:%Y-%m-%d %H:%M}" for date in dates))
PYTHON
  echo whatsapp-chat-parser
  TZ=UTC node read.mjs
)
expected='whatstk
short.txt 2031-05-03 10:16, 2031-05-03 10:17
longer.txt 2031-03-05 10:16, 2031-03-05 10:17
whatsapp-chat-parser
short.txt 2031-05-03 10:16, 2031-05-03 22:17
longer.txt 2031-03-05 10:16, 2031-03-05 22:17'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
