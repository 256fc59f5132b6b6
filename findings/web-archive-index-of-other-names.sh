#!/usr/bin/env bash
# Web archives (CDXJ): two indexers name one capture differently, so one can't find the other's.
#
# With:     cdxj-indexer 1.5.0 with surt 0.3.1 (Python), warcio 2.4.11 (npm), run 2026-11-27
# Guess:    the key of an address, its SURT, is the same by both, which come from one project;
#           two addresses share a key only if they differ in scheme, "www." or the order of
#           parameters.
# It does:  a slash at the end, a tilde written %7E and a session number are dropped by one and kept
#           by the other. Both let addresses fall together that differ in capitals, though they
#           may be two pages. The digest of the capture stands with its algorithm in one, and
#           without it in the other.
# Matters:  looked up under the other tool's key, a page that was captured is "not archived".
#           Look captures up by the whole address in the index's JSON, never by its key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cdxj-indexer==1.5.0 surt==0.3.1 \
  warcio==1.8.1 setuptools==80.9.0
npm install --silent --no-fund --no-audit --prefix . warcio@2.4.11

venv/bin/python - <<'PYTHON'
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

with open("site.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    for path in ("Annex", "annex", "news/", "%7Epress", "log?sid=0123456789abcdef0123456789abcdef"):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://quillmar.example/{path}",
            "response",
            BytesIO(b"<p>page</p>"),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2031-04-02T09:30:00Z"},
        )
        writer.write_record(record)
PYTHON
listed() { sed -E 's/^([^ ]+) .*"url": ?"https:..([^"]*)".*"digest": ?"([^:"]{4}).*/\2  \1  \3/'; }
seen=$(
  venv/bin/cdxj-indexer site.warc.gz | listed | sed 's/^/Python  /'
  npx --no-install warcio cdx-index site.warc.gz | listed | sed 's/^/npm     /'
)
expected='Python  quillmar.example/Annex  example,quillmar)/annex  sha1
Python  quillmar.example/annex  example,quillmar)/annex  sha1
Python  quillmar.example/news/  example,quillmar)/news  sha1
Python  quillmar.example/%7Epress  example,quillmar)/~press  sha1
Python  quillmar.example/log?sid=0123456789abcdef0123456789abcdef  example,quillmar)/log  sha1
npm     quillmar.example/Annex  example,quillmar)/annex  OJQJ
npm     quillmar.example/annex  example,quillmar)/annex  OJQJ
npm     quillmar.example/news/  example,quillmar)/news/  OJQJ
npm     quillmar.example/%7Epress  example,quillmar)/%7epress  OJQJ
npm     quillmar.example/log?sid=0123456789abcdef0123456789abcdef  example,quillmar)/log?sid=0123456789abcdef0123456789abcdef  OJQJ'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
