#!/usr/bin/env bash
# Recorded requests (HAR, as Firefox saves it) as a web archive: hours off, and letters of another set.
#
# With:     har2warc 1.0.4, read with warcio 1.8.1 (Python), run 2026-11-28
# Guess:    the time of a request, with its offset from UTC, becomes the same moment in UTC; a
#           page whose text the HAR holds gets back the bytes that its header says it has, or
#           another header.
# It does:  the offset is cut off and the local time called UTC, so five hours are lost here. The
#           text is written in UTF-8 beneath a header that still says windows-1251.
# Matters:  a page is archived at a time at which it may not have been there yet, and what it
#           says is read as other letters. Keep the HAR, and read the time there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check har2warc==1.0.4 warcio==1.8.1 setuptools==65.5.0

cat > page.har <<'TEXT'
{"log": {"version": "1.2", "creator": {"name": "browser", "version": "1"}, "pages": [], "entries": [
  {"startedDateTime": "2026-03-01T02:30:00.123+05:00", "time": 1,
   "request": {"method": "GET", "url": "http://quay.example/", "httpVersion": "HTTP/1.1",
               "headers": [], "cookies": [], "queryString": [], "headersSize": -1, "bodySize": 0},
   "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1",
                "headers": [{"name": "Content-Type", "value": "text/html; charset=windows-1251"}],
                "cookies": [], "content": {"size": 3, "mimeType": "text/html", "text": "Нет"},
                "redirectURL": "", "headersSize": -1, "bodySize": 3},
   "cache": {}, "timings": {}}]}}
TEXT
seen=$(venv/bin/python - <<'PYTHON'
from har2warc.har2warc import har2warc
from warcio import ArchiveIterator

har2warc("page.har", "page.warc.gz")
with open("page.warc.gz", "rb") as file:
    for record in ArchiveIterator(file):
        if record.rec_type == "response":
            said = record.http_headers.get_header("Content-Type")
            charset = said.partition("charset=")[2]
            print(record.rec_headers.get_header("WARC-Date"))
            print(said, "–", record.content_stream().read().decode(charset))
PYTHON
)
expected=$(cat <<'TEXT'
2026-03-01T02:30:00Z
text/html; charset=windows-1251 – РќРµС‚
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
