#!/usr/bin/env bash
# Passports and identity cards (MRZ): who doesn't know their birthday has a false document.
#
# With:     mrz 0.6.2 (Python) with mrz 5.0.2 (npm) beside it, run 2026-11-28
# Guess:    what the standard has for such cases is read. Of a date of birth, what isn't known is
#           filled with "<" (ICAO 9303-3, on dates in the zone). Where a card's number has more than
#           nine characters, "<" stands for its check digit, and the rest and the digit come in
#           the optional data (ICAO 9303-5, whose example has the number used here). On
#           Belgium's cards it is always so.
# It does:  for the checker of the Python package either is a fault, which makes the whole document
#           false. The number ends after nine characters, and its rest is optional data. The npm
#           package finds both valid, and has the whole number.
# Matters:  those who fled a country without registers have a year of birth and no more, and their
#           true papers are called false. Look at which part failed before anything is said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check mrz==0.6.2
npm install --silent --no-fund --no-audit --prefix . mrz@5.0.2

cat > whole.txt <<'MRZ'
P<NORLIND<<ADA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<
L898902C36NOR7408122F3312061<<<<<<<<<<<<<<06
MRZ
cat > year.txt <<'MRZ'
P<NORLIND<<ADA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<
L898902C36NOR74<<<<1F3312061<<<<<<<<<<<<<<04
MRZ
cat > card.txt <<'MRZ'
I<BELD23145890<7349<<<<<<<<<<<
7408122F3312061BEL<<<<<<<<<<<4
LIND<<ADA<<<<<<<<<<<<<<<<<<<<<
MRZ
cat > read.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { parse } from "mrz";
for (const name of ["whole", "year", "card"]) {
  const { valid, fields } = parse(readFileSync(`${name}.txt`, "utf8").trim().split("\n"));
  console.log(`npm ${name}: ${valid}, ${fields.documentNumber}, ${fields.birthDate}`);
}
NODE
seen=$(
  venv/bin/python - <<'PYTHON'
from pathlib import Path

from mrz.checker.td1 import TD1CodeChecker
from mrz.checker.td3 import TD3CodeChecker

checkers = {"whole": TD3CodeChecker, "year": TD3CodeChecker, "card": TD1CodeChecker}
for name, checker in checkers.items():
    checked = checker(Path(f"{name}.txt").read_text().strip(), check_expiry=False)
    fields = checked.fields()
    read = f"{fields.document_number}, {fields.birth_date}"
    print(f"Python {name}: {bool(checked)}, {read}", *checked.report.falses)
PYTHON
  node read.mjs
)
expected="Python whole: True, L898902C3, 740812
Python year: False, L898902C3, 74<<<< ('birth date', False)
Python card: False, D23145890, 740812 ('document number hash', False)
npm whole: true, L898902C3, 740812
npm year: true, L898902C3, 74<<<<
npm card: true, D23145890734, 740812"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
