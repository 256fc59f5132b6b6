#!/usr/bin/env bash
# Shapefiles of a land register: each place gets the next one's owner.
#
# With:     pyshp 3.1.6 (Python), run 2026-11-28
# Guess:    a row of the .dbf that is marked as deleted (as dBase and old map programs leave it)
#           is left out together with its shape, or both are given and the row is said to be gone.
# It does:  rows that are deleted are left out, their shapes are not, and the two lists are put
#           side by side: from the deleted row on, each shape has the row of the next, and the
#           last shape is gone. GeoJSON made from it is as wrong. Nothing is said.
# Matters:  a parcel is said to be another person's. Compare len(reader.records()) with
#           len(reader.shapes()) before anything is read off such a file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pyshp==3.1.6

seen=$(venv/bin/python - <<'PYTHON'
from pathlib import Path

import shapefile

with shapefile.Writer("parcels") as writer:
    writer.field("owner", "C", 20)
    for longitude, owner in enumerate(("Harbour board", "Lind", "Brandvold")):
        writer.point(longitude, 60)
        writer.record(owner)

rows = bytearray(Path("parcels.dbf").read_bytes())
first = int.from_bytes(rows[8:10], "little")
rows[first] = ord("*")  # how dBase marks a row as deleted
Path("parcels.dbf").write_bytes(rows)

reader = shapefile.Reader("parcels")
print(len(reader.shapes()), "shapes,", len(reader.records()), "rows")
for each in reader.shapeRecords():
    print(each.shape.points[0][0], each.record["owner"])
for feature in reader.__geo_interface__["features"]:
    print(feature["geometry"]["coordinates"][0], feature["properties"]["owner"])
PYTHON
)
expected=$(cat <<'TEXT'
3 shapes, 2 rows
0.0 Lind
1.0 Brandvold
0.0 Lind
1.0 Brandvold
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
