#!/usr/bin/env bash
# PDF: a syllable that a browser draws as letter and vowel comes out twice, the next letter between.
#
# With:     pypdfium2 5.15.2 (Python; PDFium as Chromium has it), run 2026-11-27
# Guess:    a marked span whose /ActualText is "รั" gives these two characters once, whatever glyphs
#           it is drawn with: the text is said to stand for all of them (ISO 32000-2, 14.9.4).
# It does:  where the glyph of the next letter begins left of the vowel's, as browsers print Thai,
#           the span is taken apart, and its text is given once for each part.
# Matters:  a name or a number word copied from such a page has syllables that nobody wrote, so a
#           right quotation isn't found, and a search for the word misses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pypdfium2==5.15.2

cat > run.py <<'PY'
import pypdfium2
def pdf(content):
    cmap = (b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n3 beginbfchar\n"
            b"<41> <0E23>\n<42> <0E31>\n<43> <0E10>\nendbfchar endcmap")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</G 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap)]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 7\n0000000000 65535 f \n%strailer <</Size 7/Root 1 0 R>>\n"
                  b"startxref\n%d\n%%%%EOF\n" % (table, len(out)))
span = (b"BT /G 12 Tf /Span<</ActualText <FEFF0E230E31>>> BDC 1 0 0 1 72 500 Tm <41> Tj "
        b"1 0 0 1 %g 500 Tm <42> Tj EMC 1 0 0 1 78 500 Tm <43> Tj ET")
for vowel in (77, 78.5):
    page = pypdfium2.PdfDocument(pdf(span % vowel))[0]
    print(page.get_textpage().get_text_range())
PY
seen=$(venv/bin/python run.py)
expected='รัฐ
รัฐรั'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
