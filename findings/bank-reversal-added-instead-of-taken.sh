#!/usr/bin/env bash
# Bank statements (MT940): money that a bank takes back is counted as money received.
#
# With:     mt-940 5.1.1 (Python), run 2026-11-27
# Guess:    the sign of an amount follows the mark of field 61, where RC is the reversal of a
#           credit, thus a debit, and RD the reversal of a debit, thus a credit; so the opening
#           balance and the amounts give the closing balance.
# It does:  RC comes out positive, as RD does; only D is negative. The sum is off by twice the
#           amount, and nothing compares it with the closing balance in the same statement.
# Matters:  a payment that was called back reads as a second payment to the same firm. Check each
#           statement against its own balances before a sum is published.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check mt-940==5.1.1

seen=$(venv/bin/python - <<'PYTHON'
import mt940

statement = mt940.parse(
    """:20:DEMO
:25:00000000/0000000001
:28C:1/1
:60F:C310303EUR1000,00
:61:3103040304C250,00NTRFNONREF
:86:consulting fee
:61:3103050305RC250,00NTRFNONREF
:86:consulting fee called back
:61:3103050305D10,00NTRFNONREF
:86:charges
:61:3103060306RD10,00NTRFNONREF
:86:charges called back
:62F:C310306EUR1000,00
-
"""
)
for entry in statement:
    print(entry.data["status"], entry.data["amount"], entry.data["transaction_details"])
opening = statement.data["final_opening_balance"].amount.amount
closing = statement.data["final_closing_balance"].amount.amount
total = sum(entry.data["amount"].amount for entry in statement)
print("opening balance and entries:", opening + total)
print("closing balance as stated:", closing)
PYTHON
)
expected='C 250.00 EUR consulting fee
RC 250.00 EUR consulting fee called back
D -10.00 EUR charges
RD 10.00 EUR charges called back
opening balance and entries: 1500.00
closing balance as stated: 1000.00'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
