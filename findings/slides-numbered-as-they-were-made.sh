#!/usr/bin/env bash
# Presentations (PPTX) and contracts (DOCX): the slide and the clause that are named are others.
#
# With:     officeparser 7.8.0 (npm) with python-pptx 1.0.2 and docx2python 3.7.1 beside it
#           (Python), run 2026-11-28
# Guess:    slideNumber counts the slides as they are shown, and a slide that is hidden is left out
#           or said to be; itemIndex counts an item of a list from where the list begins again.
# It does:  slides are numbered by the names of the files they were made in, so that one that was
#           moved to the end is still number 1; what is hidden can't be told. Points of a clause
#           are counted on from those of the clause before: point (a) of clause 2 is the third.
# Matters:  "slide 1 of the offer says" names another slide than a reader finds there, and a
#           reference to "point (c)" leads nowhere. Look both up in the program itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check \
  python-pptx==1.0.2 python-docx==1.2.0 docx2python==3.7.1
npm install --silent --no-fund --no-audit --prefix . officeparser@7.8.0

cat > make.py <<'PYTHON'
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python
from pptx import Presentation

offer = Presentation()
for title in ("Prices", "Cameras", "Secret"):
    offer.slides.add_slide(offer.slide_layouts[5]).shapes.title.text = title
order = offer.slides._sldIdLst
order.append(order[0])  # the first one is moved to the end
offer.slides[1]._element.set("show", "0")
offer.save("offer.pptx")
for number, slide in enumerate(offer.slides, 1):
    hidden = slide._element.get("show") == "0"
    print(f"python-pptx: slide {number} {slide.shapes.title.text}" + ", hidden" * hidden)

contract = Document()
levels = "".join(
    f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl>'
    for at, (form, text) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)")))
)
numbering = contract.part.numbering_part.element
own = nsdecls("w")
form = f'<w:abstractNum {own} w:abstractNumId="99">{levels}</w:abstractNum>'
numbering.insert(0, parse_xml(form))
use = f'<w:num {own} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'
numbering.append(parse_xml(use))
for level, words in ((0, "Scope"), (1, "doors"), (1, "gates"), (0, "Storage"), (1, "sites")):
    paragraph = contract.add_paragraph(words)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, 99
contract.save("contract.docx")
with docx2python("contract.docx") as read:
    print("docx2python:", *read.text.split())
PYTHON
cat > read.cjs <<'NODE'
const { parseOffice } = require("officeparser");
(async () => {
  const words = (node) => node.text || (node.children ?? []).map(words).join("");
  for (const slide of (await parseOffice("offer.pptx")).content)
    console.log(`officeparser: ${words(slide)} ${JSON.stringify(slide.metadata)}`);
  for (const item of (await parseOffice("contract.docx")).content) {
    const { indentation, itemIndex } = item.metadata;
    console.log(`officeparser: ${words(item)}, item ${itemIndex} of level ${indentation}`);
  }
})();
NODE
seen=$(
  venv/bin/python make.py
  node read.cjs
)
expected='python-pptx: slide 1 Cameras
python-pptx: slide 2 Secret, hidden
python-pptx: slide 3 Prices
docx2python: 1) Scope a) doors b) gates 2) Storage a) sites
officeparser: Prices {"slideNumber":1}
officeparser: Cameras {"slideNumber":2}
officeparser: Secret {"slideNumber":3}
officeparser: Scope, item 0 of level 0
officeparser: doors, item 0 of level 1
officeparser: gates, item 1 of level 1
officeparser: Storage, item 1 of level 0
officeparser: sites, item 2 of level 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
