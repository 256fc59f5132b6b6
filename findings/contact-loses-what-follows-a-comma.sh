#!/usr/bin/env bash
# Contacts (vCard): of a photograph, a map link and the aliases, what follows the first comma is gone.
#
# With:     vobject 0.9.9 (Python) with ical.js 2.2.1 (npm) beside it, run 2026-11-28
# Guess:    a comma divides values where a property is a list of them, as NICKNAME and CATEGORIES
#           are (RFC 2426, 3.1.3 and 3.7.1; RFC 6350, 6.2.3). In a URI it is a character like any
#           other, and isn't escaped; URL and the address of a PHOTO are URIs.
# It does:  CATEGORIES is a list; all others end at the first comma, in vCard 3.0 and 4.0. The
#           photograph is "data:image/jpeg;base64", a place on a map has a latitude and no more,
#           the second alias is missing. Saved again, the card holds only that. Nothing is said.
# Matters:  the address book of a telephone loses faces, places and aliases while it is looked
#           through. Keep the file as it came, and search that one for a name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check vobject==0.9.9
npm install --silent --no-fund --no-audit --prefix . ical.js@2.2.1

for version in 3.0 4.0; do
  printf '%s\r\n' BEGIN:VCARD "VERSION:$version" 'FN:Ada Lind' 'N:Lind;Ada;;;' \
    'NICKNAME:Adi,The Notary' 'CATEGORIES:harbour,land' 'NOTE:twice\, not once' \
    'URL:https://maps.example/@59.91,10.75,15z' \
    'PHOTO;VALUE=uri:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==' END:VCARD > "$version.vcf"
done
cat > read.mjs <<'NODE'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
for (const version of ["3.0", "4.0"]) {
  const card = new ICAL.Component(ICAL.parse(readFileSync(`${version}.vcf`, "utf8")));
  for (const name of ["nickname", "categories", "note", "url", "photo"])
    console.log(`ical.js ${version}: ${name} ${card.getFirstProperty(name).getValues().join(" | ")}`);
}
NODE
seen=$(
  venv/bin/python - <<'PYTHON'
from pathlib import Path

import vobject

for version in ("3.0", "4.0"):
    card = vobject.readOne(Path(f"{version}.vcf").read_bytes().decode())
    for name in ("nickname", "categories", "note", "url", "photo"):
        print(f"vobject {version}: {name}", getattr(card, name).value)
    for line in card.serialize().splitlines():
        if line.startswith(("NICKNAME", "URL")):
            print(f"saved {version}: {line}")
PYTHON
  node read.mjs
)
expected="vobject 3.0: nickname Adi
vobject 3.0: categories ['harbour', 'land']
vobject 3.0: note twice, not once
vobject 3.0: url https://maps.example/@59.91
vobject 3.0: photo data:image/jpeg;base64
saved 3.0: NICKNAME:Adi
saved 3.0: URL:https://maps.example/@59.91
vobject 4.0: nickname Adi
vobject 4.0: categories ['harbour', 'land']
vobject 4.0: note twice, not once
vobject 4.0: url https://maps.example/@59.91
vobject 4.0: photo data:image/jpeg;base64
saved 4.0: NICKNAME:Adi
saved 4.0: URL:https://maps.example/@59.91
ical.js 3.0: nickname Adi | The Notary
ical.js 3.0: categories harbour | land
ical.js 3.0: note twice, not once
ical.js 3.0: url https://maps.example/@59.91,10.75,15z
ical.js 3.0: photo data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==
ical.js 4.0: nickname Adi | The Notary
ical.js 4.0: categories harbour | land
ical.js 4.0: note twice, not once
ical.js 4.0: url https://maps.example/@59.91,10.75,15z
ical.js 4.0: photo data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ=="
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
