#!/usr/bin/env bash
# Spreadsheets (XLSX): all dates are four years and a day too early.
#
# With:     pylightxl 1.61 with python-calamine 0.9.1 beside it (Python), run 2026-11-27
# Guess:    a workbook that counts its days from 1904, which says so in one attribute and which
#           spreadsheets begun on a Mac still do, is read by that count.
# It does:  pylightxl counts from 1900 all the same: 5 March 2031 becomes 4 March 2027. Nothing
#           looks odd, as all dates of the file move together. python-calamine reads it right.
# Matters:  a payment falls before the contract it was made for. Look at date1904 in
#           xl/workbook.xml, and compare one date with the sheet as an office program shows it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pylightxl==1.61 python-calamine==0.9.1 \
  openpyxl==3.1.5

seen=$(venv/bin/python - <<'PYTHON'
from datetime import date

import openpyxl
import pylightxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.epoch = CALENDAR_MAC_1904
book.active["A1"] = date(2031, 3, 5)
book.save("payments.xlsx")
(((read,),),) = [CalamineWorkbook.from_path("payments.xlsx").get_sheet_by_index(0).to_python()]
print("written:", date(2031, 3, 5))
print("python-calamine:", read)
print("pylightxl:", pylightxl.readxl("payments.xlsx").ws("Sheet").index(1, 1))
PYTHON
)
expected='written: 2031-03-05
python-calamine: 2031-03-05
pylightxl: 2027/03/04'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
