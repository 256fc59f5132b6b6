#!/usr/bin/env bash
# Numbers of persons and firms (Iceland, Korea, Taiwan): those given out today are called invalid.
#
# With:     python-stdnum 2.2 (Python), run 2026-11-28
# Guess:    the rules are kept up with each country's, as those of Latvia (2017) and Finland (2023)
#           are. So, too: Iceland gives no check digit any more since 18 February 2026 (Registers
#           Iceland, "Kennitölur án vartölu"); South Korea draws the last six digits by lot since 5
#           October 2020 (Ministry of the Interior); a firm's number in Taiwan may also leave 5 by
#           its check since 1 April 2023 (Ministry of Finance); on the mainland people from Taiwan
#           have 830000 for the place since 2018 (State Council, rules for their residence
#           permits, article 3), as those from Hong Kong have 810000.
# It does:  Latvia, Finland and Hong Kong are right. The others are held to the rule from before:
#           nine in ten new numbers of Iceland and Korea are invalid, and all of Taiwan's.
# Matters:  a true number makes a passport or a contract look forged, above all a child's or a
#           newcomer's. Say "not by the old rule", and look at the day when it was given out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check python-stdnum==2.2

# All are invented, and the persons' days of birth lie in 2031.
seen=$(venv/bin/python - <<'PYTHON'
from stdnum.cn import ric
from stdnum.fi import hetu
from stdnum.is_ import kennitala
from stdnum.kr import rrn
from stdnum.lv import pvn
from stdnum.tw import ubn


def valid(name, rule, *numbers):
    print(f"{name}: {sum(map(rule.is_valid, numbers))} of {len(numbers)}")


valid("Latvia since 2017", pvn, "32345678914")
valid("Finland since 2023", hetu, "050331B123L")
valid("Iceland since 2026", kennitala, *(f"050331-20{digit}0" for digit in range(10)))
valid("Korea since 2020", rrn, *(f"310305-412345{digit}" for digit in range(10)))
valid("Taiwan, sum of 10", ubn, "10000021")
valid("Taiwan since 2023, sum of 5", ubn, "10000026")
valid("Beijing", ric, "110105203103050012")
valid("mainland, from Hong Kong", ric, "810000203103050010")
valid("mainland, from Taiwan", ric, "830000203103050014")
PYTHON
)
expected='Latvia since 2017: 1 of 1
Finland since 2023: 1 of 1
Iceland since 2026: 1 of 10
Korea since 2020: 1 of 10
Taiwan, sum of 10: 1 of 1
Taiwan since 2023, sum of 5: 0 of 1
Beijing: 1 of 1
mainland, from Hong Kong: 1 of 1
mainland, from Taiwan: 0 of 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
