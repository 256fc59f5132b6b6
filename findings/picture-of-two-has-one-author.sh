#!/usr/bin/env bash
# Press pictures (IPTC): of two photographers one is read, and saving deletes the other.
#
# With:     IPTCInfo3 2.3.0 with Pillow 13.0.0 beside it (Python), run 2026-11-28
# Guess:    what IPTC lets one repeat is read as a list, as keywords are: the author (2:80) is such
#           a field. A caption that is corrected and saved changes nothing else.
# It does:  the last author is the author. Saved with another caption, the picture has no trace of
#           the first one, nor of the mark that its texts are UTF-8 (1:90), so that the next
#           program may read other letters.
# Matters:  the one who took the picture and can be asked about it isn't named any more, or the
#           wrong one is. Note authors from the file as it came, with a reader that lists them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check IPTCInfo3==2.3.0 Pillow==13.0.0

seen=$(venv/bin/python - <<'PYTHON'
from io import BytesIO
from pathlib import Path

from iptcinfo3 import IPTCInfo
from PIL import Image
from PIL.IptcImagePlugin import getiptcinfo


def field(record, number, text):
    return bytes([0x1C, record, number]) + len(text).to_bytes(2, "big") + text


texts = (b"Ann Ash", b"Bob Elm"), "The café".encode()
fields = [(1, 90, b"\x1b%G"), *((2, 80, name) for name in texts[0]), (2, 120, texts[1])]
block = b"".join(field(*each) for each in fields)
block += b"\0" * (len(block) % 2)
segment = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(block).to_bytes(4, "big") + block
picture = BytesIO()
Image.new("RGB", (8, 8)).save(picture, "JPEG")
start, rest = picture.getvalue()[:2], picture.getvalue()[2:]
length = (len(segment) + 2).to_bytes(2, "big")
Path("first.jpg").write_bytes(start + b"\xff\xed" + length + segment + rest)

info = IPTCInfo("first.jpg", inp_charset="utf8", out_charset="utf8")
print("IPTCInfo3, author:", info["by-line"])
info["caption/abstract"] = "The café in Selm"
info.save_as("second.jpg")
for name in ("first", "second"):
    with Image.open(f"{name}.jpg") as opened:
        tags = getiptcinfo(opened)
    print(f"Pillow, {name}: {tags[2, 80]}, says that it is UTF-8: {(1, 90) in tags}")
PYTHON
)
expected="IPTCInfo3, author: Bob Elm
Pillow, first: [b'Ann Ash', b'Bob Elm'], says that it is UTF-8: True
Pillow, second: b'Bob Elm', says that it is UTF-8: False"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
