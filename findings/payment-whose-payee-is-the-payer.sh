#!/usr/bin/env bash
# Payments between banks (MT103): who is paid becomes part of who pays, and one charge of two is gone.
#
# With:     mt103 1.1.1 (Python), run 2026-11-28
# Guess:    who is paid is read in each form of field 59: without a letter, with A, or in numbered
#           lines with F, as it is for who pays in field 50, where A, F and K are known; its page
#           says that all parts but 13C are reached. Field 71F may come more than once, for each
#           bank that took a charge (SWIFT Standards, MT103, sequence of fields).
# It does:  59F isn't known. All of it is added to the field before: to the one who pays, or to the
#           bank; `beneficiary` is None. Of two charges the first is lost. The message counts as
#           read (it is true), so nothing tells it from one without a payee.
# Matters:  a transfer seems to have no payee, and a search for payers finds the payee. Compare the
#           fields with the text: each ":59" in a message must be somebody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check mt103==1.1.1

seen=$(venv/bin/python - <<'PYTHON'
from mt103 import MT103


def read(name, *payee):
    lines = [
        "{1:F01DEMOGB2LAXXX0000000000}{2:I103DEMODEFFXXXXN}{4:",
        ":20:R14",
        ":23B:CRED",
        ":32A:310305EUR1500,",
        ":50F:/NO9386011117947",
        "1/ADA LIND",
        "3/NO/OSLO",
        *payee,
        ":71A:SHA",
        ":71F:EUR7,5",
        ":71F:EUR12,",
        "-}",
    ]
    message = MT103("\r\n".join(lines))
    text = message.text
    print(f"{name}: {bool(message)}")
    print("  pays:", text.ordering_customer.split())
    print("  bank:", text.account_with_institution and text.account_with_institution.split())
    print("  is paid:", text.beneficiary and text.beneficiary.split())
    print("  charges:", text.sender_charges.split())


read("59", ":59:/DE89370400440532013000", "ELM GMBH")
read("59F", ":59F:/DE89370400440532013000", "1/ELM GMBH", "3/DE/BERLIN")
read("59F with its bank", ":57A:DEMODEFF", ":59F:/DE89370400440532013000", "1/ELM GMBH")
PYTHON
)
expected="59: True
  pays: ['/NO9386011117947', '1/ADA', 'LIND', '3/NO/OSLO']
  bank: None
  is paid: ['/DE89370400440532013000', 'ELM', 'GMBH']
  charges: ['EUR12,']
59F: True
  pays: ['/NO9386011117947', '1/ADA', 'LIND', '3/NO/OSLO', ':59F:/DE89370400440532013000', '1/ELM', 'GMBH', '3/DE/BERLIN']
  bank: None
  is paid: None
  charges: ['EUR12,']
59F with its bank: True
  pays: ['/NO9386011117947', '1/ADA', 'LIND', '3/NO/OSLO']
  bank: ['DEMODEFF', ':59F:/DE89370400440532013000', '1/ELM', 'GMBH']
  is paid: None
  charges: ['EUR12,']"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
