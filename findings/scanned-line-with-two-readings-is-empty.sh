#!/usr/bin/env bash
# Transcribed scans (PAGE XML): a line of which a second reading is kept has no text at all.
#
# With:     pagexml-tools 0.9.0 (Python), run 2026-11-27
# Guess:    of several TextEquiv, which the format ranks by @index, the first one is the text of
#           the line; at worst another of them is.
# It does:  the line is there, with a box and a baseline, and its text is None. Lines with one
#           reading are not affected, so the page looks transcribed.
# Matters:  second readings are kept where a word is in doubt, so just the contested lines drop out
#           of a search and of a transcript. Count the lines without text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pagexml-tools==0.9.0

cat > page.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Metadata><Creator>demo</Creator><Created>2031-03-05T10:00:00</Created>
<LastChange>2031-03-05T10:00:00</LastChange></Metadata>
<Page imageFilename="letter.jpg" imageWidth="90" imageHeight="90"><TextRegion id="r">
<Coords points="0,0 80,0 80,80 0,80"/>
<TextLine id="a"><Coords points="0,0 80,0 80,10 0,10"/><Baseline points="0,9 80,9"/>
<TextEquiv><Unicode>The board met in May.</Unicode></TextEquiv></TextLine>
<TextLine id="b"><Coords points="0,20 80,20 80,30 0,30"/><Baseline points="0,29 80,29"/>
<TextEquiv index="0"><Unicode>It was not told.</Unicode></TextEquiv>
<TextEquiv index="1"><Unicode>It was now told.</Unicode></TextEquiv></TextLine>
</TextRegion></Page></PcGts>
XML
seen=$(venv/bin/python -W ignore - <<'PYTHON'
from pagexml.parser import parse_pagexml_file

for line in parse_pagexml_file("page.xml").get_lines():
    print(line.id, line.text)
PYTHON
)
expected='a The board met in May.
b None'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
