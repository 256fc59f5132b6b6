#!/usr/bin/env bash
# A picture's place (EXIF, GPS) is written into a JPEG and a WebP, and silently not into a PNG.
#
# With:     Pillow 13.0.0 (Python), run 2026-11-27
# Guess:    `save(…, exif=tags)` writes the same tags into each format that can hold them.
# It does:  tags that have an entry of their own beside the place are kept by all three. Where
#           there is nothing but the place, the object counts as empty, and the PNG is saved
#           without it; the same tags given as bytes (`tags.tobytes()`) are kept.
# Matters:  a converted copy of a picture lacks the place that the evidence rests on, or a check
#           that looks for places is tried on a PNG that has none and seems to work.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pillow==13.0.0

seen=$(venv/bin/python - <<'PYTHON'
from io import BytesIO

from PIL import Image

GPS = 0x8825


def kept(form, whole=False, camera=False):
    tags = Image.Exif()
    tags.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    if camera:
        tags[0x010F] = "Lumen"
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, form, exif=tags.tobytes() if whole else tags)
    return "kept" if Image.open(data).getexif().get_ifd(GPS) else "lost"


for form in ("JPEG", "WEBP", "PNG"):
    print(form, kept(form), "with a camera:", kept(form, camera=True), "as bytes:", kept(form, True))
PYTHON
)
expected='JPEG kept with a camera: kept as bytes: kept
WEBP kept with a camera: kept as bytes: kept
PNG lost with a camera: kept as bytes: kept'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
