#!/usr/bin/env bash
# Interview transcripts (Praat TextGrid): the last words of an interview are dropped.
#
# With:     praat-textgrids 1.4.0 with textgrid 1.6.1 beside it (Python), run 2026-11-27
# Guess:    a label in quotation marks is read to the closing mark, over line breaks, as Praat
#           writes them, and a doubled mark inside it stands for one.
# It does:  praat-textgrids ends the label with its line and says nothing of the rest, if it is
#           the last one (earlier on, it raises an IndexError). Doubled marks stay doubled.
#           textgrid reads both as Praat does.
# Matters:  the second half of an answer is missing, and it may be the half that takes the first
#           one back. Count the characters of what was read against the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check praat-textgrids==1.4.0 TextGrid==1.6.1

cat > interview.TextGrid <<'TEXT'
File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "Maran"
        xmin = 0
        xmax = 2.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.5
            text = "That is our answer."
        intervals [2]:
            xmin = 1.5
            xmax = 2.5
            text = "We signed ""for receipt"",
but we never agreed."
TEXT
seen=$(venv/bin/python - <<'PYTHON'
import textgrid
import textgrids

labels = [str(each.text) for each in textgrids.TextGrid("interview.TextGrid")["Maran"]]
print("praat-textgrids:", labels)
labels = [each.mark for each in textgrid.TextGrid.fromFile("interview.TextGrid")[0]]
print("textgrid:       ", [label.replace("\n", " / ") for label in labels])
PYTHON
)
expected=$(cat <<'TEXT'
praat-textgrids: ['That is our answer.', 'We signed ""for receipt"",']
textgrid:        ['That is our answer.', 'We signed "for receipt", / but we never agreed.']
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
