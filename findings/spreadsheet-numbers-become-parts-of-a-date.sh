#!/usr/bin/env bash
# Spreadsheets (XLSX to CSV): an area in square metres is gone, and the month of a date is there.
#
# With:     xlsx2csv 0.8.6 with python-calamine 0.9.1 beside it (Python), run 2026-11-28
# Guess:    a number whose format puts a unit in quotation marks beside it, such as #,##0 "m²", is
#           written as the number, with the unit or without; letters in quotation marks are text.
# It does:  the letters d, m, y, h and s among them are taken for those of a date, the number for
#           a day of that date, and all else of the format is written as it stands: 45,000 m² is
#           '#,##0 "03²"', since that day is in March. "No", as 0 may be shown, is midnight.
#           Units without such letters do no harm.
# Matters:  just the sums that say what they are in ("days", "Mrd.", "m²") aren't in the table any
#           more. Where a column mixes units, a search for the sum finds the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check \
  xlsx2csv==0.8.6 python-calamine==0.9.1 openpyxl==3.1.5

seen=$(venv/bin/python - <<'PYTHON'
import csv
from io import StringIO

from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

cells = (
    (45000, '#,##0 "EUR"'),
    (45000, '#,##0 "m²"'),
    (45000, '0 "days"'),
    (1.5, '0.0 "Mrd."'),
    (0, '"Yes";"Yes";"No"'),
)
workbook = Workbook()
for number, shown_as in cells:
    workbook.active.append([number])
    workbook.active.cell(workbook.active.max_row, 1).number_format = shown_as
workbook.save("offers.xlsx")

table = StringIO()
Xlsx2csv("offers.xlsx", outputencoding="utf-8").convert(table)
written = list(csv.reader(StringIO(table.getvalue())))
read = CalamineWorkbook.from_path("offers.xlsx").get_sheet_by_index(0).to_python()
for (_, shown_as), [one], [other] in zip(cells, written, read, strict=True):
    print(f"{shown_as} | xlsx2csv {one} | calamine {other}")
PYTHON
)
expected='#,##0 "EUR" | xlsx2csv 45000 | calamine 45000.0
#,##0 "m²" | xlsx2csv #,##0 "03²" | calamine 45000.0
0 "days" | xlsx2csv 0 "15ays" | calamine 45000.0
0.0 "Mrd." | xlsx2csv 0.0 "12r31." | calamine 1.5
"Yes";"Yes";"No" | xlsx2csv 00:00 | calamine 0.0'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
