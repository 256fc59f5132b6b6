#!/usr/bin/env bash
# Transcribed papers (TEI): the words after a page break come at the end of the paragraph.
#
# With:     tei-reader 0.0.17 with lxml beside it (Python), run 2026-11-28
# Guess:    `text` has the words in the order of the file ("in document order", says its page). A
#           page or a line break (<pb/>, <lb/>) is empty and marks a point in the text (TEI P5,
#           3.11.3), so that what follows it stays where it was.
# It does:  the words between a break and the next element are put behind all others of the
#           paragraph. Without such an element the order is right, and so is it after a gap, so
#           that a trial on a plain paragraph shows nothing. Notes are left out.
# Matters:  "He did not know of it" comes out as "He did know of it." with a "not" after it. Compare
#           with the file, or read it with an XML parser, before a letter is quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check tei-reader==0.0.17

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from lxml import etree
from tei_reader import TeiReader

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Letter</title></titleStmt><publicationStmt><p>demo</p></publicationStmt>
<sourceDesc><p>demo</p></sourceDesc></fileDesc></teiHeader>
<text><body><div><p>{}</p></div></body></text></TEI>"""
for words in (
    "He did <pb n='2'/>not know of it.",
    "He did <pb n='2'/>not <hi>know</hi> of it.",
    "They met <gap/>before <name>Ada</name> came.",
    "He paid<lb/>nothing<note>See the ledger.</note> in May.",
):
    letter = LETTER.format(words)
    print("XML:", *etree.fromstring(letter).xpath("//*[local-name()='body']//text()"), sep="|")
    print("TEI:", TeiReader().read_string(letter).text)
PYTHON
)
expected='XML:|He did |not know of it.
TEI: He did not know of it.
XML:|He did |not |know| of it.
TEI: He did know of it.not 
XML:|They met |before |Ada| came.
TEI: They met before Ada came.
XML:|He paid|nothing|See the ledger.| in May.
TEI: He paid in May.nothing'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
