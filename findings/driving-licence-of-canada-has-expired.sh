#!/usr/bin/env bash
# Driving licences of Canada (AAMVA barcode): all have expired, and their holders were born in 1204.
#
# With:     aamva-parser 1.7.0 and parse-usdl 3.2.0 (npm), run 2026-11-28
# Guess:    a date is month, day, year on a licence of the United States and year, month, day on one
#           of Canada (AAMVA DL/ID Card Design Standard, annex D, DBA and DBB); the country stands in
#           the field DCG. aamva-parser is made for both, as it says, and knows the field; the other,
#           made for the United States, refuses what isn't such a date.
# It does:  both read each date as the United States have it. aamva-parser makes of 3 December 1994
#           2 October 1204 (day 94 of month 19 of the year 1203), beside the country "Canada", and the
#           licence has expired. parse-usdl writes "1203-19-94".
# Matters:  a witness's true licence is out of date since the Middle Ages, or has no date that can be
#           compared. Read dates from the barcode's own digits, by DCG.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . aamva-parser@1.7.0 parse-usdl@3.2.0

cat > read.cjs <<'NODE'
const aamva = require("aamva-parser");
const usdl = require("parse-usdl");

// A barcode as the standard has it: a header, and a part "DL" with one field a line.
function barcode(issuer, fields) {
  const part = `DL${fields.join("\n")}\r`;
  return `@\n\x1e\rANSI ${issuer}080001DL0031${String(part.length).padStart(4, "0")}${part}`;
}
const holder = ["DAQL1234567", "DCSLIND", "DACADA", "DBC2", "DAG1 QUAY", "DAIHARBOUR"];
const licences = {
  Arizona: barcode("636026", [...holder, "DBA03052090", "DBB12031994", "DAJAZ", "DCGUSA"]),
  Ontario: barcode("636012", [...holder, "DBA20900305", "DBB19941203", "DAJON", "DCGCAN"]),
};
for (const [name, licence] of Object.entries(licences)) {
  const { country, dateOfBirth, expired } = aamva.parse(licence);
  const born = new Date(dateOfBirth).toISOString().slice(0, 10);
  console.log(`aamva-parser, ${name}: ${country}, born ${born}, expired: ${expired}`);
  console.log(`parse-usdl, ${name}: born ${usdl.parse(licence).dateOfBirth}`);
}
NODE
seen=$(TZ=UTC node read.cjs)
expected='aamva-parser, Arizona: United States, born 1994-12-03, expired: false
parse-usdl, Arizona: born 1994-12-03
aamva-parser, Ontario: Canada, born 1204-10-02, expired: true
parse-usdl, Ontario: born 1203-19-94'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
