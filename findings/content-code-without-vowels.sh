#!/usr/bin/env bash
# Content codes (ISCC, ISO 24138): two sentences that say different things have one code.
#
# With:     iscc-core 1.5.0 (Python), run 2026-11-28
# Guess:    the Text-Code is there to find texts that are alike, so it leaves out case, white
#           space and punctuation; one short sentence with other words in it has another code.
# It does:  it leaves out all combining marks, too, and in the scripts of India, Thailand and
#           Burma these are the vowels and tones. "She drank the medicine" and "She got hold of the
#           medicine" (Hindi), "He sells tigers" and "He sells shirts" (Thai), have the same code,
#           to the last of 256 bits; in English the two have not.
# Matters:  equal codes are read as "the same text in another format". In half of Asia they say
#           less than that: compare the words themselves before one file stands for another.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check iscc-core==1.5.0

seen=$(venv/bin/python - <<'PYTHON'
from iscc_core import gen_text_code_v0, text_collapse

pairs = {
    "Hindi": ("उसने दवा पी ली", "उसने दवा पा ली"),
    "Thai": ("เขาขายเสือ", "เขาขายเสื้อ"),
    "English": ("She drank the medicine", "She got the medicine"),
}
for language, texts in pairs.items():
    codes = {gen_text_code_v0(text, bits=256)["iscc"] for text in texts}
    kept = {text_collapse(text) for text in texts}
    print(f"{language}: {len(set(texts))} texts, {len(kept)} compared, {len(codes)} codes")
print("Hindi is compared as:", text_collapse(pairs["Hindi"][0]))
PYTHON
)
expected='Hindi: 2 texts, 1 compared, 1 codes
Thai: 2 texts, 1 compared, 1 codes
English: 2 texts, 2 compared, 2 codes
Hindi is compared as: उसनदवपल'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
