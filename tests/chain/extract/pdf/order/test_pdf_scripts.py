"""Text that pdfium gives in another order or as other letters than a page shows."""

import re
from io import BytesIO

import pytest

from evidence_chain.extract import MarkKind, TextStream, pdf
from evidence_chain.text import Status, match
from pdfs import Pdf, one_page, to_unicode


def page(glyphs, content):
    """A page whose bytes stand for characters as `glyphs` maps them."""
    made = Pdf()
    units = {code: text.encode("utf-16-be").hex().upper().encode() for code, text in glyphs.items()}
    font = made.add(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 255/Widths[%s]"
        b"/ToUnicode %d 0 R>>" % (b"500 " * 256, made.stream(to_unicode(units)))
    )
    made.page(content, resources=b"/Font<</G %d 0 R>>" % font)
    data = made.objects[made.pages[0] - 1]
    made.objects[made.pages[0] - 1] = data.replace(b"/Font<</F 3 0 R>>", b"", 1)
    return made.data()


def spelled(text, *joined):
    """Bytes for a text, one for each character or joined ones, and what each stands for."""
    glyphs, codes, at = {}, b"", 0
    while at < len(text):
        part = next((one for one in joined if text.startswith(one, at)), text[at])
        known = {said: code for code, said in glyphs.items()}
        code = known.get(part, 65 + len(glyphs))
        glyphs[code] = part
        codes += bytes([code])
        at += len(part)
    return glyphs, codes


ARABIC = "قالت الشركة لا تدفع"
LAM_ALEF = "لا"


def displayed(text):
    """A line's glyphs as displayed, from left to right: words and numbers turned round."""
    mirrored = str.maketrans("()[]", ")(][")
    parts = re.findall("[A-Za-z0-9][A-Za-z0-9 .-]*[A-Za-z0-9]|[A-Za-z0-9]|لا|.", text)
    for part in reversed(parts):
        plain = part[0].isascii() and part[0].isalnum()
        yield from part if plain else [part.translate(mirrored)]


def at_once(shown, code):
    """The whole line by one operator, from left to right, as office programs draw it."""
    codes = bytes(code[part] for part in shown)
    return b"BT /G 12 Tf 72 500 Td <%s> Tj ET" % codes.hex().encode()


def one_by_one(shown, code):
    """Each glyph for itself, the last one first, as browsers draw some."""
    places = [(72 + 6 * at, code[part]) for at, part in enumerate(shown)]
    drawn = (b"1 0 0 1 %d 500 Tm <%02x> Tj " % place for place in reversed(places))
    return b"BT /G 12 Tf " + b"".join(drawn) + b"ET"


def from_right(text, *joined, way=at_once):
    glyphs, _ = spelled(text, *joined)
    code = {said: one for one, said in glyphs.items()}
    parts = list(displayed(text)) if not joined or joined == (LAM_ALEF,) else None
    return page(glyphs, way(parts or [*reversed(split(text, joined))], code))


def split(text, joined):
    return re.findall("|".join([*joined, "."]), text)


def drawn(data):
    return pdf.extract(BytesIO(data))


@pytest.mark.parametrize("way", [at_once, one_by_one])
@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "המשרד שילם 12 מיליון",
        "דפי 2031-03 של Quillmar Optics נשלחו",
        "דולר (כ-9.5 מיליון) שולמו",
    ],
)
def test_from_right_to_left(way, text):
    assert drawn(from_right(text, LAM_ALEF, way=way)).text == text + "\f"


def test_a_no_is_not_lost():
    text = drawn(from_right(ARABIC, LAM_ALEF)).text
    assert match(ARABIC, text).status == Status.VERBATIM
    without = match("قالت الشركة … تدفع", text)
    assert not without.accepted


def test_a_glyph_of_unsure_order_needs_a_person():
    found = drawn(from_right("قال بحر كثير", "بحر"))
    assert [mark.kind for mark in found.marks if mark.kind == MarkKind.UNSURE]
    assert found.options["pages_unsure"] == [1]
    stream = TextStream(found.text, {"options": found.options}, found.marks)
    assert "unsure" in stream.left_open([])
    assert "for sure" in stream.left_open([(0, len(found.text))])


class TestActualText:
    def span(self, said, glyphs=b"guilty"):
        text = b"/Span<</ActualText %s>> BDC (%s) Tj EMC" % (said, glyphs)
        return one_page(b"BT /F 12 Tf 72 500 Td (The mayor is ) Tj %s ( of it.) Tj ET" % text)

    def test_what_is_drawn_counts(self):
        text = drawn(self.span(b"(not guilty)")).text
        assert match("The mayor is guilty of it.", text).status == Status.VERBATIM
        assert match("The mayor is not guilty of it.", text).status == Status.ALTERED

    def test_the_other_text_is_kept_as_hidden(self):
        found = drawn(self.span(b"<FEFF006E006F0074003F>"))
        hidden = [mark for mark in found.marks if mark.kind == MarkKind.HIDDEN]
        assert [found.text[mark.start : mark.end] for mark in hidden] == ["not?"]

    def test_a_soft_hyphen_that_is_drawn_is_a_hyphen(self):
        content = b"BT /G 12 Tf 72 500 Td /Span<</ActualText (a-b)>> BDC <414243> Tj EMC ET"
        assert drawn(page({65: "a", 66: "\u00ad", 67: "b"}, content)).text == "a-b\f"

    @pytest.mark.parametrize("said", [b"(guilty)", b"<FEFF006700750069006C00740079>"])
    def test_the_same_text_changes_nothing(self, said):
        found = drawn(self.span(said))
        assert found.text == "The mayor is guilty of it.\f"
        assert [mark.kind for mark in found.marks] == [MarkKind.PAGE]

    def test_capitals_of_a_font_whose_glyphs_are_small_letters(self):
        content = (
            b"BT /G 12 Tf 72 500 Td <4142> Tj /Span<</ActualText (Q)>> BDC <43> Tj EMC <42> Tj ET"
        )
        found = drawn(page({65: "a", 66: " ", 67: "q"}, content))
        assert found.text == "a Q \f"
        assert [mark.kind for mark in found.marks] == [MarkKind.PAGE]

    def test_other_letters_are_no_capitals(self):
        text = drawn(self.span(b"(Guilts)")).text
        assert match("The mayor is guilty of it.", text).status == Status.VERBATIM


def test_clusters_of_a_complex_script_once_each():
    thai = {65: "ร", 66: "ั", 67: "ฐ"}
    content = (
        b"BT /G 12 Tf /Span<</ActualText <FEFF0E230E31>>> BDC 1 0 0 1 72 500 Tm <41> Tj "
        b"1 0 0 1 78.5 500 Tm <42> Tj EMC 1 0 0 1 78 500 Tm <43> Tj ET"
    )
    assert drawn(page(thai, content)).text == "รัฐ\f"


def test_a_vowel_without_its_letter_is_unsure():
    found = drawn(page({65: "ि", 66: "क", 67: " "}, b"BT /G 12 Tf 72 500 Td <4143424341> Tj ET"))
    assert MarkKind.UNSURE in {mark.kind for mark in found.marks}
