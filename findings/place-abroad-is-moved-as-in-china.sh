#!/usr/bin/env bash
# Coordinates of Chinese maps (GCJ-02): places in Burma, Korea and Japan are moved as if in China.
#
# With:     gcoord 1.0.7, coordtransform 2.1.2 (npm) and eviltransform 0.1.1 (Python), run 2026-11-28
# Guess:    maps in China shift places by law, by up to 700 m, and nothing abroad is shifted. So all
#           three look first whether a place is in China, and leave it as it is if it isn't
#           ("outOfChina"); a place just beyond the border may be taken for one within it.
# It does:  "in China" is a rectangle, from 72 or 73 degrees east to 135 or 138, and from 1 or 4
#           degrees north to 54 or 56. With it come Korea, Burma, Nepal, Bangladesh, Thailand,
#           the Philippines, and the halves of India and Japan, moved by 200 to 600 m. Oslo isn't.
# Matters:  a picture taken in a street of Rangoon or a camp in Bangladesh is put where it never
#           was, and the answer looks like any other. Ask borders of countries, not this.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check eviltransform==0.1.1
npm install --silent --no-fund --no-audit --prefix . gcoord@1.0.7 coordtransform@2.1.2

cat > places.json <<'JSON'
{"Beijing": [116.4, 39.9], "Rangoon": [96.16, 16.8], "Cox's Bazar": [92.15, 21.2],
 "Pyongyang": [125.75, 39.03], "Kathmandu": [85.32, 27.7], "Manila": [120.98, 14.6],
 "Almaty": [76.95, 43.24], "Bangkok": [100.5, 13.75], "Osaka": [135.5, 34.69],
 "Oslo": [10.75, 59.9]}
JSON
cat > read.cjs <<'NODE'
const gcoord = require("gcoord");
const coordtransform = require("coordtransform");
const places = require("./places.json");
const metres = ([east, north], [x, y]) => Math.round(
  Math.hypot((x - east) * Math.cos(north * Math.PI / 180), y - north) * 111195 / 10) * 10;
for (const [name, place] of Object.entries(places)) {
  const moved = [
    gcoord.transform([...place], gcoord.GCJ02, gcoord.WGS84),
    coordtransform.gcj02towgs84(...place),
  ];
  console.log(`${name}: ${moved.map((one) => metres(place, one)).join(" m, ")} m`);
}
NODE
seen=$(
  node read.cjs
  venv/bin/python - <<'PYTHON'
import json
from math import cos, hypot, radians
from pathlib import Path

from eviltransform import gcj2wgs

for name, (east, north) in json.loads(Path("places.json").read_text()).items():
    y, x = gcj2wgs(north, east)
    metres = hypot((x - east) * cos(radians(north)), y - north) * 111195
    print(f"eviltransform, {name}: {round(metres, -1):.0f} m")
PYTHON
)
expected="Beijing: 550 m, 550 m
Rangoon: 190 m, 190 m
Cox's Bazar: 300 m, 300 m
Pyongyang: 500 m, 500 m
Kathmandu: 450 m, 450 m
Manila: 410 m, 410 m
Almaty: 250 m, 260 m
Bangkok: 180 m, 180 m
Osaka: 540 m, 0 m
Oslo: 0 m, 0 m
eviltransform, Beijing: 550 m
eviltransform, Rangoon: 190 m
eviltransform, Cox's Bazar: 300 m
eviltransform, Pyongyang: 500 m
eviltransform, Kathmandu: 450 m
eviltransform, Manila: 410 m
eviltransform, Almaty: 260 m
eviltransform, Bangkok: 180 m
eviltransform, Osaka: 540 m
eviltransform, Oslo: 0 m"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
