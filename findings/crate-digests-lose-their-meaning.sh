#!/usr/bin/env bash
# Research objects (RO-Crate): opened and saved, the digests in a crate no longer mean anything.
#
# With:     rocrate 0.16.0 with PyLD 3.3.0 (Python), run 2026-11-28
# Guess:    a crate that is read and written unchanged says the same as before. Terms of one's own,
#           which the specification has one define beside its context, such as the digest of a
#           file, are kept with what defines them.
# It does:  the values are kept and the definitions aren't: the context is put back to the bare
#           one of RO-Crate. To JSON-LD a term that nothing defines is nothing, so the digest is
#           in the text of the file and not in its data.
# Matters:  whoever loads the copy as linked data finds files without digests, and has nothing to
#           check them by; the JSON looks as it did. Compare the context, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check rocrate==0.16.0 PyLD==3.3.0

seen=$(venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

from pyld import jsonld
from rocrate.rocrate import ROCrate

BASE = "https://w3id.org/ro/crate/1.1/context"
crate = {
    "@context": [BASE, {"sha256": "https://vocabulary.example/sha256"}],
    "@graph": [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {"@id": "./", "@type": "Dataset", "hasPart": [{"@id": "a.txt"}]},
        {"@id": "a.txt", "@type": "File", "sha256": "ca978112ca1bbdca"},
    ],
}
Path("first").mkdir()
Path("first/a.txt").write_text("a")
Path("first/ro-crate-metadata.json").write_text(json.dumps(crate))
ROCrate("first").write("second")


def load(url, options):
    terms = {"File": "https://schema.example/File", "@base": "https://crate.example/"}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": terms}}


for name in ("first", "second"):
    written = json.loads(Path(name, "ro-crate-metadata.json").read_text())
    entry = next(each for each in written["@graph"] if each["@id"] == "a.txt")
    data = jsonld.to_rdf(written, {"documentLoader": load})["@default"]
    digests = [quad["object"]["value"] for quad in data if "sha256" in quad["predicate"]["value"]]
    print(f"{name}: in the JSON {entry['sha256']}, in the data {digests}")
PYTHON
)
expected="first: in the JSON ca978112ca1bbdca, in the data ['ca978112ca1bbdca']
second: in the JSON ca978112ca1bbdca, in the data []"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
