#!/usr/bin/env bash
# Web archives (WARC): compressing one anew rewrites what the server sent.
#
# With:     warcio 1.8.1 with FastWARC 2.0.0 beside it (Python), run 2026-11-27
# Guess:    `warcio recompress`, made to mend how records are packed, leaves each record's bytes as
#           they are; and where it couldn't, it would say so.
# It does:  it reads the HTTP headers and writes them anew: a blank comes in after a colon, a letter
#           outside ASCII becomes percent signs. It says "No Errors Found!" and keeps the old
#           digest of the record, which `warcio check` then fails. `fastwarc recompress` gives the
#           same bytes again.
# Matters:  a tidied copy of a genuine capture looks tampered with, and the server's own bytes are
#           gone if only that copy was kept. Check the copy before the first file is let go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check warcio==1.8.1 FastWARC==2.0.0 \
  setuptools==80.9.0
export PATH="$folder/venv/bin:$PATH"

python - <<'PYTHON'
import base64
import hashlib

sent = (
    b"HTTP/1.1 200 OK\r\nContent-Type:text/html\r\nX-Author: Ren\xe9e\r\n\r\n"
    b"<p>We were never told.</p>"
)
headers = {
    "WARC-Type": "response",
    "WARC-Record-ID": "<urn:uuid:11111111-1111-4111-8111-111111111111>",
    "WARC-Date": "2031-04-02T09:30:00Z",
    "WARC-Target-URI": "https://www.quillmar.example/statement",
    "Content-Type": "application/http; msgtype=response",
    "WARC-Block-Digest": f"sha1:{base64.b32encode(hashlib.sha1(sent).digest()).decode()}",
    "Content-Length": str(len(sent)),
}
head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
with open("site.warc", "wb") as file:
    file.write(head.encode() + b"\r\n" + sent + b"\r\n\r\n")
PYTHON
shown() {
  sed -n '/^HTTP/,/^\r$/p' | tail -n +2 | tr -d '\r' | sed '/^$/d' | iconv -f latin1 -t utf-8
}
seen=$(
  echo "before: $(warcio check -v site.warc | grep -o 'digest .*')"
  shown < site.warc
  warcio recompress site.warc warcio.warc.gz | tail -n 1
  echo "after: $(warcio check -v warcio.warc.gz | grep -o 'block digest [a-z]*')"
  gunzip -c warcio.warc.gz | shown
  fastwarc recompress site.warc fastwarc.warc.gz > /dev/null 2>&1
  gunzip -c fastwarc.warc.gz | cmp - site.warc && echo "FastWARC: the same bytes"
)
expected='before: digest pass
Content-Type:text/html
X-Author: Renée
No Errors Found!
after: block digest failed
Content-Type: text/html
X-Author: Ren%C3%A9e
FastWARC: the same bytes'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
