#!/usr/bin/env bash
# Rich Text: words that were deleted come back as if they were said, and a footnote is lost.
#
# With:     striprtf 0.0.35 (Python), run 2026-11-28
# Guess:    What is drawn is the text as a word processor shows it when all changes are accepted:
#           what is marked as deleted is left out, and a footnote follows the sentence or the text,
#           since both are words of the document and RTF has had marks for them since the 1990s.
# It does:  The deleted word stands in the sentence, and so does hidden text, with no sign of
#           either; the footnote is left out with no sign, too.
# Matters:  A draft's "They never knew of it" is quoted from a letter that says "They knew of it";
#           that "so the firm says" stood below is lost. Look at the file in a word processor.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check striprtf==0.0.35

cat > letter.rtf <<'RTF'
{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard They {\deleted\revauthdel1 never }knew of it.{\footnote\pard So the firm says.}\par
{\v Ask the lawyers first.}\par}
RTF
seen=$(venv/bin/python - <<'PYTHON'
from striprtf.striprtf import rtf_to_text

with open("letter.rtf") as file:
    print(rtf_to_text(file.read()).strip())
PYTHON
)
expected=$(cat <<'TEXT'
They never knew of it.
Ask the lawyers first.
TEXT
)
echo "$seen"
if [[ $seen != "$expected" ]]; then
    echo "This has changed: something else was drawn than is noted above." >&2
    exit 1
fi
