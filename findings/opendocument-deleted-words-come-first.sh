#!/usr/bin/env bash
# OpenDocument drafts: words that somebody deleted are the first words of the text.
#
# With:     odfpy 1.4.1 and odfdo 3.27.3 (Python), odt2txt 0.5-7 (Debian 12), run 2026-11-27
# Guess:    with changes tracked, deleted words are left out of the text, as LibreOffice prints
#           it, or stand where they stood, as they do in the XML of DOCX.
# It does:  ODF keeps them at the head of the document, and all three hand them out there as
#           ordinary paragraphs; two of them run the editor's name and the date into the first
#           one. Only odfdo's formatted text leaves them out; its paragraphs don't.
# Matters:  a sentence that the firm struck out is quoted as its offer, in a place where it never
#           stood. Look for text:tracked-changes before a passage of an .odt is quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check odfpy==1.4.1 odfdo==3.27.3
apt-get -o APT::Sandbox::User=root download -qq odt2txt=0.5-7 > /dev/null
dpkg -x odt2txt_*.deb tools

seen=$(venv/bin/python - <<'PYTHON'
import subprocess
import zipfile

from odf import teletype
from odf.opendocument import load
from odf.text import P
from odfdo import Document

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TYPE = "application/vnd.oasis.opendocument.text"
content = f"""<office:document-content xmlns:office="{NAMES}:office:1.0"
 xmlns:text="{NAMES}:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">
<office:body><office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion>
<office:change-info><dc:creator>Legal</dc:creator><dc:date>2031-03-07T10:00:00</dc:date>
</office:change-info><text:p>unless an export licence is refused</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:p>We deliver in May<text:change text:change-id="c1"/>.</text:p>
</office:text></office:body></office:document-content>"""
entry = f'<m:file-entry m:full-path="/" m:media-type="{TYPE}"/>'
part = '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
manifest = f'<m:manifest xmlns:m="{NAMES}:manifest:1.0" m:version="1.2">{entry}{part}</m:manifest>'
with zipfile.ZipFile("draft.odt", "w") as package:
    package.writestr("mimetype", TYPE)
    package.writestr("content.xml", content)
    package.writestr("META-INF/manifest.xml", manifest)

command = ["tools/usr/bin/odt2txt.odt2txt", "draft.odt"]
told = subprocess.run(command, capture_output=True, text=True)
print("odt2txt:         ", " / ".join(told.stdout.split("\n")).strip("/ ").replace(" /  / ", " / "))
document = load("draft.odt")
print("odfpy, text:     ", " ".join(teletype.extractText(document.text).split()))
found = [teletype.extractText(each) for each in document.getElementsByType(P)]
print("odfpy, P:        ", " / ".join(found))
document = Document("draft.odt")
print("odfdo, P:        ", " / ".join(str(each).strip() for each in document.body.paragraphs))
print("odfdo, formatted:", document.get_formatted_text().strip())
PYTHON
)
expected='odt2txt:          Legal2031-03-07T10:00:00 / unless an export licence is refused / We deliver in May.
odfpy, text:      Legal2031-03-07T10:00:00 unless an export licence is refused We deliver in May.
odfpy, P:         unless an export licence is refused / We deliver in May.
odfdo, P:         unless an export licence is refused / We deliver in May.
odfdo, formatted: We deliver in May.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
