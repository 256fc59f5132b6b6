#!/usr/bin/env bash
# Open contracting data: the later of two releases is taken for the earlier one.
#
# With:     ocdsmerge 0.8.0 (Python), run 2026-11-27
# Guess:    releases are merged in the order of the instants that their dates name, as OCDS dates
#           are date-times with a zone and its merge rules say "chronological".
# It does:  it sorts the dates as text. An amount published at 00:30 in UTC+2 wins over the
#           correction published half an hour later, at 23:00 UTC.
# Matters:  who quotes the price of a tender from a compiled release may quote one that had been
#           corrected, where two systems of one authority publish in different zones. Keep and
#           cite the single releases, and compare instants.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check ocdsmerge==0.8.0

seen=$(venv/bin/python - <<'PYTHON'
from datetime import datetime

from ocdsmerge import Merger

award = {
    "ocid": "demo-14-2031",
    "id": "award",
    "date": "2031-03-05T00:30:00+02:00",
    "awards": [{"id": "1", "value": {"amount": 100, "currency": "EUR"}}],
}
correction = {
    "ocid": "demo-14-2031",
    "id": "correction",
    "date": "2031-03-04T23:00:00Z",
    "awards": [{"id": "1", "value": {"amount": 250, "currency": "EUR"}}],
}
gap = datetime.fromisoformat(correction["date"]) - datetime.fromisoformat(award["date"])
compiled = Merger(merge_rules={}).create_compiled_release([award, correction])
print("correction published after the award:", gap)
print("compiled from:", compiled["id"], "of", compiled["date"])
print("amount:", compiled["awards"][0]["value"]["amount"])
PYTHON
)
expected='correction published after the award: 0:30:00
compiled from: award of 2031-03-05T00:30:00+02:00
amount: 100'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
