#!/usr/bin/env bash
# Old registers (dBASE): what nobody filled in is read as "0" and "no".
#
# With:     YDbf 0.4.1 with dbfread 2.0.7 beside it (Python), run 2026-11-27
# Guess:    an empty number, and a logical value that is "?", which stands for "not initialised",
#           are None, as an empty date is.
# It does:  YDbf says 0.00 and False; only the date is None. dbfread says None of all three.
# Matters:  leaked company and land registers come as DBF. "Paid: no, amount: 0" is a statement;
#           "not known" is none. Look at the bytes of the field before a "no" is published.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check YDbf==0.4.1 dbfread==2.0.7

seen=$(venv/bin/python -W ignore - <<'PYTHON'
import struct

import ydbf
from dbfread import DBF

fields = [("HOLDER", "C", 10, 0), ("AMOUNT", "N", 8, 2), ("PAID", "L", 1, 0), ("SINCE", "D", 8, 0)]
row = b" " + b"Quillmar".ljust(10) + b" " * 8 + b"?" + b" " * 8
header = struct.pack("<BBBBIHH20x", 3, 131, 3, 5, 1, 32 + 32 * len(fields) + 1, len(row))
for name, kind, length, places in fields:
    header += struct.pack("<11sc4xBB14x", name.encode(), kind.encode(), length, places)
with open("register.dbf", "wb") as file:
    file.write(header + b"\r" + row + b"\x1a")

(read,) = ydbf.open("register.dbf", encoding="ascii")
print("ydbf:   ", {name: read[name] for name, *_ in fields})
(read,) = DBF("register.dbf", encoding="ascii")
print("dbfread:", dict(read))
PYTHON
)
expected=$(cat <<'TEXT'
ydbf:    {'HOLDER': 'Quillmar', 'AMOUNT': Decimal('0.00'), 'PAID': False, 'SINCE': None}
dbfread: {'HOLDER': 'Quillmar', 'AMOUNT': None, 'PAID': None, 'SINCE': None}
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
