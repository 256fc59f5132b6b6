#!/usr/bin/env bash
# A picture's texts (XMP): the number of a camera, or a keyword, is turned into another one.
#
# With:     exifr 7.1.3 with exifreader 4.46.0 beside it (npm), run 2026-11-28
# Guess:    what XMP calls text is a string, as the camera's number (aux:SerialNumber) and keywords
#           (dc:subject) are: each digit as it was written. That it "may alter or simplify the data
#           structure", as its page warns, is said of lists and namespaces.
# It does:  what looks like a number is made one, and what looks like a truth value, too. Leading
#           noughts go, of long numbers the last digits become others, "12E45" gets 47 digits,
#           "41E0999" is Infinity, and "null" isn't there. exifreader has the text.
# Matters:  two cameras get one number, and a picture is laid to the wrong one; the keyword of a case,
#           "007", finds nothing. Read the packet itself (xmp: {parse: false}).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . exifr@7.1.3 exifreader@4.46.0

cat > read.mjs <<'NODE'
import exifr from "exifr";
import ExifReader from "exifreader";

function picture(camera, keyword) {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" aux:SerialNumber="${camera}">
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>${keyword}</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>`;
  const packet = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(packet.length + 2, 4);
  const pixel = Buffer.from(
    "/9sAQwADAgICAgIDAgICAwMDAwQGBAQEBAQIBgYFBgkICgoJCAkJCgwPDAoLDgsJCQ0RDQ4PEBAREAoMEhMSEBMPEBAQ" +
    "/8AACwgAAQABAQERAP/EABQAAQAAAAAAAAAAAAAAAAAAAAn/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AFTf/9k=",
    "base64");
  return Buffer.concat([head, packet, pixel]);
}
for (const [camera, keyword] of [
  ["OS-380321", "harbour 7"],
  ["00380321", "007"],
  ["380321", "+4798765432"],
  ["20310305103000123456", "True"],
  ["20310305103000123499", "null"],
  ["12E45", "1e3"],
  ["41E0999", "0x1F"],
]) {
  const bytes = picture(camera, keyword);
  const read = await exifr.parse(bytes, { xmp: true });
  const { xmp } = ExifReader.load(bytes, { expanded: true });
  console.log(`exifr: ${read.SerialNumber}, ${read.subject.slice(1)}`);
  console.log(`exifreader: ${xmp.SerialNumber.value}, ${xmp.subject.value[1].value}`);
}
NODE
seen=$(node read.mjs)
expected='exifr: OS-380321, harbour 7
exifreader: OS-380321, harbour 7
exifr: 380321, 7
exifreader: 00380321, 007
exifr: 380321, 4798765432
exifreader: 380321, +4798765432
exifr: 20310305103000125000, true
exifreader: 20310305103000123456, True
exifr: 20310305103000125000, 
exifreader: 20310305103000123499, null
exifr: 1.2e+46, 1000
exifreader: 12E45, 1e3
exifr: Infinity, 31
exifreader: 41E0999, 0x1F'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
