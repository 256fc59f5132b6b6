"""Text of a DOCX that stands on no page, or off it, or is struck out or raised by a formula."""

import pytest

from docx_files import draw, marked, paragraph, part, run
from evidence_chain.extract import MarkKind

SAID = "We never saw it."
REFERENCE = '<w:r><w:{}Reference w:id="7"/></w:r>'
HEADER = '<w:sectPr><w:headerReference w:type="{}" r:id="rId1"/>{}</w:sectPr>'
EVEN = part("settings", "<w:evenAndOddHeaders/>")


def hidden(*body, **parts):
    return [words for words, _ in marked(draw(*body, **parts), MarkKind.HIDDEN)]


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_a_note_or_comment_that_nothing_refers_to_is_on_no_page(kind):
    parts = {f"{kind}s": part(f"{kind}s", f'<w:{kind} w:id="7">{paragraph(SAID)}</w:{kind}>')}
    assert hidden(paragraph("Body."), **parts) == [SAID]
    assert hidden(paragraph("Body.", REFERENCE.format(kind)), **parts) == []


@pytest.mark.parametrize(
    ("kind", "title", "settings", "shown"),
    [
        ("default", "", [], True),
        ("first", "", [], False),
        ("first", "<w:titlePg/>", [], True),
        ("even", "", [], False),
        ("even", "", [EVEN], True),
    ],
)
@pytest.mark.parametrize("place", ["{}", "<w:p><w:pPr>{}</w:pPr></w:p>"])
def test_a_header_is_shown_where_a_section_has_pages_for_it(place, kind, title, settings, shown):
    section = place.format(HEADER.format(kind, title))
    header = part("hdr", paragraph(SAID))
    found = hidden(paragraph("Body."), section, header=header, settings=settings)
    assert found == ([] if shown else [SAID])


def test_a_header_that_no_section_names_is_on_no_page():
    drawn = draw(paragraph("Body."), "<w:sectPr/>", header=part("hdr", paragraph(SAID)))
    assert marked(drawn, MarkKind.HIDDEN) == [(SAID, "header of no page")]


@pytest.mark.parametrize(
    ("indent", "off"),
    [
        ('w:leftChars="-9000" w:left="420"', True),
        ('w:startChars="9000"', True),
        ('w:firstLineChars="9000"', True),
        ('w:hangingChars="9000"', True),
        ('w:leftChars="200" w:left="420" w:hangingChars="100"', False),
        ('w:leftChars="0" w:left="-30000"', True),
    ],
)
def test_indents_in_characters_and_of_lists(indent, off):
    listed = f'<w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:pPr><w:ind {indent}/></w:pPr></w:lvl>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="1">{listed}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    in_list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    expected = [SAID] if off else []
    assert hidden(paragraph(SAID, properties=f"<w:ind {indent}/>")) == expected
    assert hidden(paragraph(SAID, properties=in_list), numbering=numbering) == expected
    own = f'{in_list}<w:ind w:left="720"/>'
    if "eft" in indent:
        assert hidden(paragraph(SAID, properties=own), numbering=numbering) == []


@pytest.mark.parametrize(
    ("properties", "off"),
    [
        ('<w:tblInd w:w="-30000" w:type="dxa"/>', True),
        ('<w:tblInd w:w="108" w:type="dxa"/>', False),
        ('<w:tblpPr w:tblpX="30000" w:tblpY="1"/>', True),
        ('<w:tblpPr w:tblpX="720" w:tblpY="-30000"/>', True),
        ('<w:tblpPr w:horzAnchor="page" w:tblpX="1441" w:tblpY="700"/>', False),
    ],
)
def test_a_table_off_the_page(properties, off):
    cell = f"<w:tr><w:tc>{paragraph(SAID)}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblPr>{properties}</w:tblPr>{cell}</w:tbl>"
    assert hidden(table) == ([SAID] if off else [])


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('<w:fitText w:val="1"/>', False),
        ('<w:fitText w:val="2400"/>', True),
        ("<w:specVanish/>", False),
        ('<w:specVanish w:val="0"/>', True),
        ('<w:vanish w:val="0"/>', True),
    ],
)
def test_letters_that_no_one_can_see(properties, seen):
    assert hidden(paragraph(run(SAID, properties))) == ([] if seen else [SAID])


def formula(inside):
    return paragraph("They paid ", f"<m:oMath>{inside}</m:oMath>", " crowns.")


def element(words):
    return f"<m:e><m:r><m:t>{words}</m:t></m:r></m:e>"


@pytest.mark.parametrize("line", ["strikeH", "strikeV", "strikeBLTR", "strikeTLBR"])
def test_what_a_formula_strikes_out(line):
    box = "<m:borderBox><m:borderBoxPr>{}</m:borderBoxPr>" + element("12") + "</m:borderBox>"
    assert hidden(formula(box.format(f"<m:{line}/>"))) == ["12"]
    assert hidden(formula(box.format("<m:hideTop/>"))) == []


@pytest.mark.parametrize(
    "inside",
    [
        f"<m:limUpp>{element('10')}<m:lim><m:r><m:t>2</m:t></m:r></m:lim></m:limUpp>",
        f"<m:limLow>{element('10')}<m:lim><m:r><m:t>2</m:t></m:r></m:lim></m:limLow>",
        f"<m:m><m:mr>{element('10')}{element('2')}</m:mr></m:m>",
        f"<m:eqArr>{element('10')}{element('2')}</m:eqArr>",
    ],
)
def test_digits_over_and_beside_one_another_are_no_number(inside):
    assert "102" not in draw(formula(inside)).text
