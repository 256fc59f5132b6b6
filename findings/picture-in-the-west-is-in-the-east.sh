#!/usr/bin/env bash
# A picture's place (XMP): the seconds and "west" are dropped, and a digit is added.
#
# With:     exifreader 4.46.0 (npm), run 2026-11-28
# Guess:    `description` is the place in degrees for both forms that XMP has for one,
#           "DDD,MM.mmk" and "DDD,MM,SSk" (XMP specification, part 2, GPSCoordinate); what it can't
#           read it gives as it stands.
# It does:  the first form is right, with its letter behind it. Of the second the seconds and the
#           letter are left out, and the last digit of the minutes is written behind the degrees as
#           if it were the letter: 36,15,30W is 36.25 and a "5", so 36.255, as in the east.
# Matters:  which form there is depends on the program that wrote it. A picture taken in the Atlantic
#           lies in Turkey, or a mile from its street. Read `value`, and work it out yourself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . exifreader@4.46.0

cat > read.mjs <<'NODE'
import ExifReader from "exifreader";

function picture(latitude, longitude) {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 exif:GPSLatitude="${latitude}" exif:GPSLongitude="${longitude}"/></rdf:RDF></x:xmpmeta>`;
  const packet = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(packet.length + 2, 4);
  const pixel = Buffer.from(
    "/9sAQwADAgICAgIDAgICAwMDAwQGBAQEBAQIBgYFBgkICgoJCAkJCgwPDAoLDgsJCQ0RDQ4PEBAREAoMEhMSEBMPEBAQ" +
    "/8AACwgAAQABAQERAP/EABQAAQAAAAAAAAAAAAAAAAAAAAn/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AFTf/9k=",
    "base64");
  return Buffer.concat([head, packet, pixel]);
}
for (const [latitude, longitude, exact] of [
  ["38,45.5000N", "36,15.5000W", -(36 + 15.5 / 60)],
  ["38,45,30N", "36,15,30W", -(36 + 15.5 / 60)],
  ["38,45,30N", "36,15,59E", 36 + 15 / 60 + 59 / 3600],
]) {
  const { xmp } = ExifReader.load(picture(latitude, longitude), { expanded: true });
  const read = `${xmp.GPSLatitude.description} ${xmp.GPSLongitude.description}`;
  console.log(`${latitude} ${longitude} (${exact.toFixed(4)}): ${read}`);
}
NODE
seen=$(node read.mjs)
expected='38,45.5000N 36,15.5000W (-36.2583): 38.75833333333333N 36.25833333333333W
38,45,30N 36,15,30W (-36.2583): 38.755 36.255
38,45,30N 36,15,59E (36.2664): 38.755 36.255'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
