#!/usr/bin/env bash
# Tracks (GPX to GeoJSON): after one point without a time, each place has the time of the next.
#
# With:     @tmcw/togeojson 7.1.3 with @xmldom/xmldom 0.9.12 (npm), gpxpy 1.6.2 (Python) beside it,
#           run 2026-11-28
# Guess:    the times of a track stand beside its coordinates, one for one; for a point that has
#           none, as GPX allows and programs that fill up a track write it, there is a null.
# It does:  such a point adds no entry to the times. From there on each time stands beside the
#           place before its own, and the last place has none. The heart rates that a watch noted
#           for the same points do get a null.
# Matters:  the list is read by its index, as it is meant to be, and a phone was still at the gate
#           when it had left. Compare the lengths of both lists before a time is read off.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check gpxpy==1.6.2
npm install --silent --no-fund --no-audit --prefix . @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12

cat > walk.gpx <<'XML'
<gpx version="1.1" creator="demo" xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><trkseg>
<trkpt lat="10.1" lon="20"><time>2031-03-05T10:10:00Z</time></trkpt>
<trkpt lat="10.2" lon="20"></trkpt>
<trkpt lat="10.3" lon="20"><time>2031-03-05T10:30:00Z</time>
<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>90</gpxtpx:hr></gpxtpx:TrackPointExtension>
</extensions></trkpt>
<trkpt lat="10.4" lon="20"><time>2031-03-05T10:40:00Z</time></trkpt>
</trkseg></trk></gpx>
XML
cat > read.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { gpx } from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";
const walk = new DOMParser().parseFromString(readFileSync("walk.gpx", "utf8"), "text/xml");
const { geometry, properties } = gpx(walk).features[0];
const { times, heart } = properties.coordinateProperties;
for (const [index, [, latitude]] of geometry.coordinates.entries())
  console.log(`togeojson: ${latitude} at ${times[index]?.slice(11, 16)}, heart ${heart[index]}`);
NODE
seen=$(
  node read.mjs
  venv/bin/python - <<'PYTHON'
import gpxpy

with open("walk.gpx") as file:
    for point in gpxpy.parse(file).walk(only_points=True):
        print(f"gpxpy: {point.latitude} at {point.time and point.time.strftime('%H:%M')}")
PYTHON
)
expected='togeojson: 10.1 at 10:10, heart null
togeojson: 10.2 at 10:30, heart null
togeojson: 10.3 at 10:40, heart 90
togeojson: 10.4 at undefined, heart null
gpxpy: 10.1 at 10:10
gpxpy: 10.2 at None
gpxpy: 10.3 at 10:30
gpxpy: 10.4 at 10:40'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
