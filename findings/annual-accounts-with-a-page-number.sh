#!/usr/bin/env bash
# Annual accounts (inline XBRL): a page number gets into the directors' statement.
#
# With:     ixbrlparse 0.12.0 (Python), run 2026-11-27
# Guess:    a statement that runs over two pages is put together from its continuation, without
#           what is marked ix:exclude for that very purpose, such as page numbers and headings.
#           (The sign and scale of sums, where one would look for faults, are right.)
# It does:  the continuation is followed, and the excluded text is left in. "any knowledge" and
#           "of it" get a 3 between them; where the excluded text is words, they read as the
#           firm's.
# Matters:  a verbatim quote from filed accounts is not what the firm filed. Compare with the page
#           before it is quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check ixbrlparse==0.12.0

cat > accounts.html <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:demo="https://words.example/">
<body><div><ix:header><ix:resources><xbrli:context id="c"><xbrli:entity>
<xbrli:identifier scheme="https://register.example/">0001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2031-03-05</xbrli:instant></xbrli:period></xbrli:context>
</ix:resources></ix:header></div>
<p><ix:nonNumeric name="demo:Statement" contextRef="c"
 continuedAt="n">The directors deny</ix:nonNumeric></p>
<p><ix:continuation id="n"> any knowledge<ix:exclude> 3 </ix:exclude> of it.</ix:continuation></p>
</body></html>
XML
seen=$(venv/bin/python - <<'PYTHON'
from ixbrlparse import IXBRL

with open("accounts.html", encoding="utf-8") as file:
    for fact in IXBRL(file).nonnumeric:
        print(f"{fact.name}: {fact.value}")
PYTHON
)
expected='Statement: The directors deny any knowledge 3  of it.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
