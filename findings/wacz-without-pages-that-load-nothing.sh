#!/usr/bin/env bash
# Web archives (WACZ): a page that loads no picture is no page, and can't be found by its words.
#
# With:     wacz 0.6.0 (py-wacz) on a WARC written by warcio 1.8.1 (Python), run 2026-11-27
# Guess:    --detect-pages lists each HTML page that was captured with status 200, and --text puts
#           its words into the list for searching.
# It does:  only a page that another request named as its referrer is listed. The statement, plain
#           HTML, is in the archive and its index but not in the list; wacz ends with success.
# Matters:  press releases and official notices are just such pages. Whoever opens the WACZ sees
#           neither title nor words of them, and takes it that they were not captured. Read the
#           index, not pages.jsonl, or hand over the list of pages (--pages).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check wacz==0.6.0 warcio==1.8.1 setuptools==80.9.0

venv/bin/python - <<'PYTHON'
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SITE = "https://www.quillmar.example"
PAGES = {
    "/home": ("text/html", b"<title>Home</title><p>Welcome</p><img src=/logo.png>", None),
    "/logo.png": ("image/png", b"\x89PNG", f"{SITE}/home"),
    "/statement": ("text/html", b"<title>Statement</title><p>We were never told.</p>", None),
}
dated = {"WARC-Date": "2031-04-02T09:30:00Z"}
with open("site.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    for path, (kind, body, referrer) in PAGES.items():
        told = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        headers = [("Referer", referrer)] if referrer else []
        asked = StatusAndHeaders(f"GET {path} HTTP/1.1", headers, is_http_request=True)
        response = writer.create_warc_record(
            SITE + path, "response", BytesIO(body), http_headers=told, warc_headers_dict=dated
        )
        request = writer.create_warc_record(
            SITE + path, "request", http_headers=asked, warc_headers_dict=dated
        )
        writer.write_request_response_pair(request, response)
PYTHON
seen=$(
  venv/bin/python -W ignore venv/bin/wacz create --detect-pages --text -o site.wacz site.warc.gz | grep Detected
  venv/bin/python - <<'PYTHON'
import gzip
import json
import zipfile

with zipfile.ZipFile("site.wacz") as archive:
    index = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode()
    pages = archive.read("pages/pages.jsonl").decode()
captured = [json.loads(line.split(" ", 2)[2])["url"] for line in index.splitlines()]
listed = [json.loads(line)["url"] for line in pages.splitlines()[1:]]
print("captured:", *sorted(url.removeprefix("https://") for url in captured))
print("pages:", *(url.removeprefix("https://") for url in listed))
print("'never told' in the pages' text:", "never told" in pages)
PYTHON
)
expected=$(cat <<'TEXT'
Num Pages Detected: 1
captured: www.quillmar.example/home www.quillmar.example/logo.png www.quillmar.example/statement
pages: www.quillmar.example/home
'never told' in the pages' text: False
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
