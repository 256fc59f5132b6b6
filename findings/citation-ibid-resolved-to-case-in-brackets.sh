#!/usr/bin/env bash
# Court papers: "Id." is led back to a case that was only mentioned in brackets.
#
# With:     eyecite 2.7.8 (Python), run 2026-11-27
# Guess:    "Id. at 24" after "Ash v. Elm, 5 F.3d 22 (1994) (citing Oak v. Yew, 7 F.3d 9 (1993))"
#           is page 24 of Ash, as the rule of legal citation (Bluebook, rule 4.1) passes over what
#           is named in an explanatory parenthesis.
# It does:  it is given to Oak, and so is each "Id." after it.
# Matters:  a sentence of one judgment is quoted as another court's. Show the words around a
#           resolved citation, and let a person confirm it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check eyecite==2.7.8 setuptools==80.9.0

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from eyecite import get_citations, resolve_citations

text = (
    "The rule is old. Ash v. Elm, 5 F.3d 22, 23 (9th Cir. 1994) "
    "(citing Oak v. Yew, 7 F.3d 9, 11 (9th Cir. 1993)). "
    "It was kept. Id. at 24. It holds. Id. at 25."
)
for case, citations in resolve_citations(get_citations(text)).items():
    pages = [f"{each.matched_text()} {each.metadata.pin_cite}" for each in citations]
    print(f"{case.citation.metadata.plaintiff}: {'; '.join(pages)}")
PYTHON
)
expected='Ash: 5 F.3d 22 23
Oak: 7 F.3d 9 11; Id. at 24; Id. at 25'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
