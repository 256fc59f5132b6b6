#!/usr/bin/env bash
# Serbian names: in capitals, as registers print them, a name becomes another one in Cyrillic.
#
# With:     cyrtranslit 1.2.0 (Python), run 2026-11-28
# Guess:    LJ, NJ and DŽ are one letter of Serbian each, however they are written: LJ in a word in
#           capitals (LJUBIĆ), Lj at the head of a name (Ljubić), lj elsewhere; the standard of
#           Latin letters, Gaj's, has all three. So the Cyrillic name is the same each time.
# It does:  Lj and lj are Љ and љ, and LJ is the two letters ЛЈ; DŽ is ДЖ, with a letter that Serbian
#           hasn't got. From Cyrillic, ЉУБИЋ is made "LjUBIĆ". As that is read back as ЉУБИЋ, a
#           trial there and back shows no fault.
# Matters:  a firm's owner in capitals isn't found in a register in Cyrillic, and "no match" is
#           taken for "isn't there". Turn names to small letters before they are transliterated.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cyrtranslit==1.2.0

seen=$(venv/bin/python - <<'PYTHON'
from cyrtranslit import to_cyrillic, to_latin

for name in ("Ljubić", "LJUBIĆ", "Njegić", "NJEGIĆ", "Džepić", "DŽEPIĆ"):
    capitals, small = to_cyrillic(name, "sr"), to_cyrillic(name.lower(), "sr")
    print(f"{name}: {capitals}, {small}", "one name" if capitals.lower() == small else "two names")
for name in ("ЉУБИЋ", "ЊЕГИЋ", "ЏЕПИЋ"):
    latin = to_latin(name, "sr")
    print(f"{name}: {latin} and back {to_cyrillic(latin, 'sr')}")
PYTHON
)
expected='Ljubić: Љубић, љубић one name
LJUBIĆ: ЛЈУБИЋ, љубић two names
Njegić: Његић, његић one name
NJEGIĆ: НЈЕГИЋ, његић two names
Džepić: Џепић, џепић one name
DŽEPIĆ: ДЖЕПИЋ, џепић two names
ЉУБИЋ: LjUBIĆ and back ЉУБИЋ
ЊЕГИЋ: NjEGIĆ and back ЊЕГИЋ
ЏЕПИЋ: DžEPIĆ and back ЏЕПИЋ'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
