#!/usr/bin/env bash
# Chinese tenders: two million is 0, and two and a half million is half a million.
#
# With:     nzh 1.0.14 (npm) with cn2an 0.5.24 (Python) beside it, run 2026-11-28
# Guess:    sums in Chinese numerals become numbers, and 两, the usual word for two before
#           hundred, thousand, ten thousand (万) and hundred million (亿), is read as 二 is, or is
#           refused; likewise 廿, the short form of twenty.
# It does:  what isn't in its list is left out without a word, and the unit after it then counts
#           for nothing: 两百万 is 0, and of 两百五十万 the 500,000 are left. 廿三 is 3. cn2an
#           reads them all.
# Matters:  the sum of a contract is too low by millions, and looks like a sum. Numbers that are
#           written 二百万 are right, so a trial with a few of them shows nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cn2an==0.5.24
npm install --silent --no-fund --no-audit --prefix . nzh@1.0.14

seen=$(
  node --input-type=commonjs -e '
    const { cn } = require("./node_modules/nzh");
    for (const sum of ["二百五十万", "两百五十万", "两百万", "两千万", "两亿", "廿三"])
      console.log(`nzh: ${sum} ${cn.decodeS(sum)}`);'
  venv/bin/python - <<'PYTHON'
from cn2an import cn2an

for amount in ("二百五十万", "两百五十万", "两百万", "两千万", "两亿", "廿三"):
    print(f"cn2an: {amount} {cn2an(amount, 'normal')}")
PYTHON
)
expected='nzh: 二百五十万 2500000
nzh: 两百五十万 500000
nzh: 两百万 0
nzh: 两千万 0
nzh: 两亿 0
nzh: 廿三 3
cn2an: 二百五十万 2500000
cn2an: 两百五十万 2500000
cn2an: 两百万 2000000
cn2an: 两千万 20000000
cn2an: 两亿 200000000
cn2an: 廿三 23'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
