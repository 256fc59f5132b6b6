#!/usr/bin/env bash
# Archival packages (METS): reading and writing one drops what it says of its files.
#
# With:     metsrw 0.7.0 (Python, made for Archivematica), run 2026-11-27
# Guess:    a METS file that is read and written, to add one note, keeps what was in it; what the
#           library doesn't know is carried along.
# It does:  size, media type and date of each file, the order of pages, the title of a file and
#           all links between parts are gone; the digest stays. A second structure is written
#           twice, once emptied, with one ID for both, which XML does not allow.
# Matters:  the copy is no longer valid METS, and says less of the evidence than was handed in.
#           Keep METS as received, and write additions into a file of their own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check metsrw==0.7.0

cat > in.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:metsHdr CREATEDATE="2021-03-05T10:00:00"/>
<mets:fileSec><mets:fileGrp USE="original">
<mets:file ID="file-11111111-1111-4111-8111-111111111111" MIMETYPE="text/plain" SIZE="5"
 CREATED="2021-03-05T10:00:00" CHECKSUMTYPE="SHA-256"
 CHECKSUM="2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824">
<mets:FLocat xlink:href="objects/tender.txt" xlink:title="Tender" LOCTYPE="OTHER"
 OTHERLOCTYPE="SYSTEM"/></mets:file></mets:fileGrp></mets:fileSec>
<mets:structMap ID="structMap_1" TYPE="physical"><mets:div TYPE="Directory" LABEL="objects">
<mets:div TYPE="Item" LABEL="tender.txt" ORDER="1">
<mets:fptr FILEID="file-11111111-1111-4111-8111-111111111111"/></mets:div></mets:div>
</mets:structMap>
<mets:structMap ID="structMap_2" TYPE="logical" LABEL="Chapters"><mets:div TYPE="chapter">
<mets:fptr FILEID="file-11111111-1111-4111-8111-111111111111"/></mets:div></mets:structMap>
<mets:structLink><mets:smLink xlink:from="a" xlink:to="b"/></mets:structLink>
</mets:mets>
XML
seen=$(venv/bin/python -W ignore - <<'PYTHON'
from collections import Counter

import metsrw
from lxml import etree


def said(tree):
    return Counter(
        f"{etree.QName(node).localname} {etree.QName(name).localname}={value}"
        for node in tree.iter()
        for name, value in node.attrib.items()
        if etree.QName(name).localname not in {"schemaLocation", "LASTMODDATE", "GROUPID"}
    )


before = said(etree.parse("in.xml").getroot())
after = said(metsrw.METSDocument.fromfile("in.xml").serialize())
for sign, lines in (("-", before - after), ("+", after - before)):
    print("\n".join(f"{sign} {line}" for line in sorted(lines)))
PYTHON
)
expected='- FLocat title=Tender
- div ORDER=1
- file CREATED=2021-03-05T10:00:00
- file MIMETYPE=text/plain
- file SIZE=5
- smLink from=a
- smLink to=b
+ div LABEL=objects
+ div LABEL=tender.txt
+ div TYPE=Directory
+ div TYPE=Item
+ structMap ID=structMap_2
+ structMap LABEL=Archivematica default
+ structMap LABEL=Normative Directory Structure
+ structMap TYPE=logical'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
