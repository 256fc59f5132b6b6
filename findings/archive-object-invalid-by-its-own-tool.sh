#!/usr/bin/env bash
# Archival objects (OCFL): where digests are in capitals, adding a version makes a valid object invalid.
#
# With:     ocfl-py 2.1.0 (Python), run 2026-11-28
# Guess:    digests in capitals, as Windows tools print them, are the same digests: the specification
#           (OCFL 1.1, note in 3.4) has them compared without regard to case. So such an object is valid;
#           it is still so after a version was added; and the file beside the inventory
#           (inventory.json.sha512) may have its digest in capitals, too.
# It does:  the object is valid, a new version is added without a word, and from then on the same
#           package's validator finds that old and new inventory don't have the same files (E066), as
#           the old digests were rewritten in small letters. A digest in capitals beside the
#           inventory doesn't match it (E060).
# Matters:  an archive is called damaged, though no byte of a document has changed. Validate after
#           each change, and compare the digests themselves before anything is restored.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check ocfl-py==2.1.0

cat > capitals.py <<'PYTHON'
"""Write the digests of a new object in capitals: in its inventories, or beside them."""

import json
import sys
from hashlib import sha512
from pathlib import Path

folder, where = Path(sys.argv[1]), sys.argv[2]
inventory = json.loads((folder / "inventory.json").read_text())
if where == "inside":
    for digests in (inventory["manifest"], inventory["versions"]["v1"]["state"]):
        for digest in list(digests):
            digests[digest.upper()] = digests.pop(digest)
text = json.dumps(inventory)
digest = sha512(text.encode()).hexdigest()
for place in (folder, folder / "v1"):
    (place / "inventory.json").write_text(text)
    beside = digest.upper() if where == "beside" else digest
    (place / "inventory.json.sha512").write_text(f"{beside} inventory.json\n")
PYTHON

mkdir first second
echo "The board met in May." | tee first/minutes.txt > second/minutes.txt
echo "It met again." > second/more.txt
by=(--name Ada --address mailto:ada@example.org --message demo)
validate() {
  { venv/bin/ocfl-validate.py "$1" 2>&1 || true; } |
    grep -oE '\[E[0-9]{3}|(IN)?VALID' | tr -d '[' | sort -u | paste -sd ' '
}
seen=$(
  for where in nowhere inside beside; do
    venv/bin/ocfl-object.py create --srcdir first --objdir "$where" --id info:demo/1 "${by[@]}" \
      > log.txt 2>&1
    venv/bin/python capitals.py "$where" "$where"
    echo "capitals $where: $(validate "$where")"
    venv/bin/ocfl-object.py update --srcdir second --objdir "$where" "${by[@]}" > log.txt 2>&1
    echo "  and a version more: $(validate "$where")"
  done
)
expected='capitals nowhere: VALID
  and a version more: VALID
capitals inside: VALID
  and a version more: E066 INVALID
capitals beside: E060 INVALID
  and a version more: E060 INVALID'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
