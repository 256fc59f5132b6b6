#!/usr/bin/env bash
# Dates of web pages: what an office in Xinjiang published on 5 March is dated 1 January.
#
# With:     htmldate 1.11.0 (Python), run 2026-11-28
# Guess:    a date in Chinese is read, as one in German or Korean is; and one in a language that
#           isn't known, such as Uyghur, is None, as it is for Thai. A day is never made up.
# It does:  of a date in Chinese, Uyghur or Kazakh the year is taken and the first of January put
#           beside it, though month and day stand there in digits; nothing in the answer tells
#           it from a date that was read. A page that names its date and that of its correction
#           gets two first of Januaries.
# Matters:  a notice of March seems to have been out before the contract that it speaks of. Take a
#           1 January for "some day of this year" until somebody has looked at the page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check htmldate==1.11.0

seen=$(venv/bin/python - <<'PYTHON'
from htmldate import find_date

lines = {
    "German": "Veröffentlicht am 5. März 2021",
    "Korean": "2021년 3월 5일",
    "Thai": "5 มีนาคม 2564",
    "Chinese": "发布时间：2021年3月5日",
    "Chinese, with zeros": "发布时间：2021年03月05日",
    "Uyghur": "2021-يىلى 3-ئاينىڭ 5-كۈنى",
    "Kazakh": "2021 жылғы 5 наурыз",
    "corrected": "2020年12月25日发布，2021年3月5日更正",
}
for language, line in lines.items():
    page = f"<html><body><h1>Notice</h1><p>{line}</p><p>{'Words. ' * 40}</p></body></html>"
    first, last = (find_date(page, original_date=original) for original in (True, False))
    print(f"{language}: {first}" if first == last else f"{language}: {first}, then {last}")
PYTHON
)
expected='German: 2021-03-05
Korean: 2021-03-05
Thai: None
Chinese: 2021-01-01
Chinese, with zeros: 2021-01-01
Uyghur: 2021-01-01
Kazakh: 2021-01-01
corrected: 2020-01-01, then 2021-01-01'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
