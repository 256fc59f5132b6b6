#!/usr/bin/env bash
# OCR pages (ALTO): a word divided at the end of a line comes out with its first half twice.
#
# With:     alto-tools 0.1.0 (Python), run 2026-11-27
# Guess:    of a word in two halves, which ALTO marks HypPart1 and HypPart2 and gives whole in
#           SUBS_CONTENT, the text has the whole word, or both halves.
# It does:  in place of the second half it writes the first one again: the letters after the
#           hyphen are nowhere in the text. What was last written is written once more.
# Matters:  this is the format in which libraries keep newspapers. A search for the word finds
#           nothing, and "unlawful" divided after "un" is not there to be quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check alto-tools==0.1.0

cat > page.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page ID="p" WIDTH="900" HEIGHT="900">
<PrintSpace><TextBlock ID="b" HPOS="0" VPOS="0" WIDTH="900" HEIGHT="90">
<TextLine ID="l1" HPOS="0" VPOS="0" WIDTH="900" HEIGHT="40"><String CONTENT="The"/><SP/>
<String CONTENT="contract"/><SP/><String CONTENT="was"/><SP/>
<String CONTENT="un" SUBS_TYPE="HypPart1" SUBS_CONTENT="unlawful"/><HYP CONTENT="-"/></TextLine>
<TextLine ID="l2" HPOS="0" VPOS="50" WIDTH="900" HEIGHT="40">
<String CONTENT="lawful" SUBS_TYPE="HypPart2" SUBS_CONTENT="unlawful"/><SP/>
<String CONTENT="from"/><SP/><String CONTENT="1931"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>
XML
seen=$(venv/bin/alto-tools -t page.xml | sed '/^$/d; s/ *$//')
expected='The contract was un
unfrom 1931'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
