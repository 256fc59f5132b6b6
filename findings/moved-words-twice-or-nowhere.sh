#!/usr/bin/env bash
# Drafts in DOCX: a sentence that was moved stands twice, once, or nowhere; lines run together.
#
# With:     docx2txt 0.9, mammoth 1.13.0 and python-docx 1.2.0 (Python), run 2026-11-27
# Guess:    all three give a moved sentence once, where it stands now, as they leave out what was
#           deleted; a line break within a paragraph parts two words, and a hyphen that doesn't
#           break is one.
# It does:  docx2txt has the sentence in both places, python-docx in neither. mammoth joins the
#           words around a line break into one, and docx2txt those around the hyphen.
# Matters:  whether a clause stands in a contract, and under which heading, hangs on the reader.
#           Ask for the words of w:moveFrom and w:moveTo, and say which they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check docx2txt==0.9 mammoth==1.13.0 \
  python-docx==1.2.0

seen=$(venv/bin/python - <<'PYTHON'
import zipfile

import docx
import docx2txt
import mammoth

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOVED = "<w:r><w:t>A licence is needed.</w:t></w:r>"
CHANGE = 'w:author="Legal" w:date="2031-03-07T10:00:00Z"'
parts = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"
 Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/document.xml": f"""<w:document
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t xml:space="preserve">One. </w:t></w:r>
<w:moveFrom w:id="1" {CHANGE}>{MOVED}</w:moveFrom></w:p>
<w:p><w:r><w:t xml:space="preserve">Two. </w:t></w:r>
<w:moveTo w:id="2" {CHANGE}>{MOVED}</w:moveTo></w:p>
<w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>binding</w:t><w:br/><w:t>offer</w:t></w:r></w:p>
</w:body></w:document>""",
}
with zipfile.ZipFile("draft.docx", "w") as package:
    for name, xml in parts.items():
        package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}')

with open("draft.docx", "rb") as file:
    raw = mammoth.extract_raw_text(file).value
found = {
    "docx2txt": docx2txt.process("draft.docx").split("\n\n"),
    "mammoth": raw.strip().split("\n\n"),
    "python-docx": [paragraph.text for paragraph in docx.Document("draft.docx").paragraphs],
}
for name, paragraphs in found.items():
    print(f"{name}: {ascii([paragraph.strip() for paragraph in paragraphs])}")
PYTHON
)
expected=$(cat <<'TEXT'
docx2txt: ['One. A licence is needed.', 'Two. A licence is needed.', 'nonbinding\noffer']
mammoth: ['One.', 'Two. A licence is needed.', 'non\u2011bindingoffer']
python-docx: ['One.', 'Two.', 'non-binding\noffer']
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
