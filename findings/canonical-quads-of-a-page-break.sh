#!/usr/bin/env bash
# Linked data: two canonicalisers of the same name give one document two digests.
#
# With:     PyLD 3.3.0 (Python) and jsonld 9.0.0 with rdf-canonize 5.0.0 (npm), run 2026-11-27
# Guess:    URDNA2015 gives the same bytes in both, as they come from the same makers and are
#           there to be hashed and signed.
# It does:  a form feed in a string stays as it is in Python and becomes a backslash and "f" in
#           JavaScript. The rule came with the canonical N-Quads of RDFC-1.0; only one of the two
#           follows it, and under the old name too.
# Matters:  pdftotext and OCR put a form feed between pages, so a passage that runs over a page
#           break is just where a credential signed with one fails with the other, and looks
#           tampered with. Name the canonicaliser and its version beside such a digest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check PyLD==3.3.0
npm install --silent --no-fund --no-audit --prefix . jsonld@9.0.0 rdf-canonize@5.0.0

cat > passage.json <<'JSON'
{
  "@context": {"@vocab": "https://words.example/"},
  "@id": "https://case.example/passage/1",
  "text": "end of page one\fstart of page two"
}
JSON
seen=$(
  venv/bin/python - <<'PYTHON'
import hashlib
import json
from pathlib import Path

from pyld import jsonld

options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
quads = jsonld.normalize(json.loads(Path("passage.json").read_text()), options)
print("PyLD  ", repr(quads.split(" ", 2)[2].strip(" .\n"))[1:-1], end=" ")
print(hashlib.sha256(quads.encode()).hexdigest()[:16])
PYTHON
  cat > canonize.cjs <<'NODE'
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { canonize } = require("jsonld");
const options = { algorithm: "URDNA2015", format: "application/n-quads" };
canonize(JSON.parse(readFileSync("passage.json", "utf8")), options).then((quads) => {
  const value = quads.split(" ").slice(2, -1).join(" ");
  const digest = createHash("sha256").update(quads).digest("hex");
  console.log(`jsonld  ${value} ${digest.slice(0, 16)}`);
});
NODE
  node canonize.cjs
)
expected='PyLD   "end of page one\x0cstart of page two" 906b99f10eaa144f
jsonld  "end of page one\fstart of page two" f7845bd73e5f55e2'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
