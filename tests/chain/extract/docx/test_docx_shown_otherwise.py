"""What a DOCX shows though no run says it, and letters that are seen as other signs."""

from xml.sax.saxutils import quoteattr

import pytest

from docx_files import draw, field, flags, marked, paragraph, part, run
from evidence_chain.extract import SIGN_OFF


def listed(text, how="decimal", look="", linked=""):
    level = (
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/>'
        f"<w:rPr>{look}</w:rPr></w:lvl>"
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="4">{linked or level}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="s"/>{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>',
    )
    words = paragraph("lamps", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    return draw(words, numbering=numbering)


@pytest.mark.parametrize(
    ("text", "how", "shown"),
    [
        ("Nobody has ever seen %1", "decimal", "Nobody has ever seen 1"),
        ("Nobody has ever seen", "bullet", "Nobody has ever seen"),
        ("Nobody sees %1", "none", "Nobody sees"),
        ("Nobody sees %1", "ordinalText", "Nobody sees …"),
        ("Never %1", "decimal", "Never 1"),
        ("Invented:", "bullet", "Invented:"),
        ("a lie " * 200, "bullet", ("a lie " * 200)[:500].strip()),
    ],
)
def test_words_that_a_list_puts_before_a_paragraph(text, how, shown):
    drawn = listed(text, how)
    assert drawn.text == f"{shown}\tlamps"
    assert "unsure" in flags(drawn, "lamps")


@pytest.mark.parametrize(
    ("text", "how", "look"),
    [
        *(("Article %1", "decimal", ""), ("No. %1", "decimal", ""), ("第%1条", "decimal", "")),
        ("o", "bullet", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'),
        ("vv", "bullet", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        ("Nobody sees %1", "decimal", "<w:vanish/>"),
    ],
)
def test_numbers_that_say_nothing_more(text, how, look):
    assert not flags(listed(text, how, look), "lamps") & SIGN_OFF


def test_words_of_a_list_that_is_that_of_a_style():
    drawn = listed("Nobody has seen %1", linked='<w:numStyleLink w:val="s"/>')
    assert drawn.text == "Nobody has seen 1\tlamps"


@pytest.mark.parametrize(
    ("code", "result", "shown", "kinds"),
    [
        ("EQ \\o(never)", "", "It never lit", {"unsure"}),
        ("EQ \\x(never)", "", "It never lit", {"unsure"}),
        ("EQ \\s\\up 9(2)", "", "It ² lit", set()),
        ("EQ \\f(1,2)", "always", "It 1/2 lit", {"hidden"}),
        ("MACROBUTTON None never", "", "It never lit", set()),
        ("SET x never", "never", "It  lit", {"hidden"}),
        ('ASK x "never"', "never", "It  lit", {"hidden"}),
        ("TC never", "never", "It  lit", {"hidden"}),
        ("ADVANCE \\u 6", "", "It  lit", {"hidden"}),
        ("LISTNUM", "", "It  lit", {"hidden"}),
        ("REF x", "never", "It never lit", set()),
        ("SYMBOL 68", "D", "It D lit", set()),
    ],
)
@pytest.mark.parametrize("simple", [True, False])
def test_what_the_code_of_a_field_shows(code, result, shown, kinds, simple):
    held = run(result) if result else ""
    one = f"<w:fldSimple w:instr={quoteattr(code)}>{held}</w:fldSimple>"
    drawn = draw(paragraph("It ", one if simple else field(code, held), " lit"))
    assert drawn.text.split("\n")[0] == shown
    assert flags(drawn, shown) & SIGN_OFF == kinds


def fonts(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


STYLES = part(
    "styles",
    f'<w:style w:type="character" w:styleId="Signs"><w:rPr>{fonts("Webdings")}</w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Pale"><w:tblStylePr w:type="firstRow"><w:rPr>'
    '<w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Child"><w:basedOn w:val="Pale"/></w:style>'
    '<w:style w:type="table" w:styleId="Gone"><w:tblStylePr w:type="band1Horz"><w:rPr>'
    "<w:vanish/></w:rPr></w:tblStylePr></w:style>"
    '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:rPr>'
    '<w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="203050"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
    '<w:style w:type="table" w:styleId="Bare"><w:tblStylePr w:type="nwCell"><w:rPr>'
    '<w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Corner"><w:basedOn w:val="Dark"/><w:tblStylePr'
    ' w:type="nwCell"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Night"><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:fill="203050"/></w:tcPr></w:style>',
)


@pytest.mark.parametrize(
    "words",
    [
        *(run("lamp", fonts(name)) for name in ("Wingdings", "Wingdings 2", "Symbol", "Webdings")),
        run("lamp", '<w:rStyle w:val="Signs"/>'),
        run("lamp", '<w:rStyle w:val="Signs"/><w:rFonts w:hint="eastAsia"/>'),
        '<w:r><w:t>lam</w:t><w:sym w:font="Webdings" w:char="0070"/></w:r>',
    ],
)
def test_letters_of_symbol_fonts_are_unsure(words):
    assert "unsure" in flags(draw(paragraph(words), styles=STYLES), "lamp")


@pytest.mark.parametrize(
    "words",
    [
        run("lamp", fonts("Segoe UI Symbol")),
        run("lamp", '<w:rFonts w:ascii="Arial" w:cs="Wingdings"/>'),
        run("lamp", f'<w:rStyle w:val="Signs"/>{fonts("Arial")}'),
        run("lamp") + run(" 10 ", fonts("Symbol")) + run(" ", fonts("Wingdings")),
        '<w:r><w:t>lamp</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    ],
)
def test_letters_and_known_signs_are_sure(words):
    assert not marked(draw(paragraph(words), styles=STYLES), "unsure")


def filled(inside):
    return run("lamp", f"<w14:textFill>{inside}</w14:textFill>")


def solid(colour):
    return filled(f"<w14:solidFill>{colour}</w14:solidFill>")


WHITE = '<w14:srgbClr w14:val="FFFFFF"/>'
PALE = f"<w14:gradFill><w14:gsLst>{f'<w14:gs>{WHITE}</w14:gs>' * 2}</w14:gsLst></w14:gradFill>"
GREY = '<w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="50000"/></w14:schemeClr>'


def table(style, *rows, look='<w:tblLook w:val="04A0"/>', cell=""):
    made = "".join(
        f"<w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(words)}</w:tc></w:tr>" for words in rows
    )
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{look}</w:tblPr>{made}</w:tbl>'


def cells(*pairs):
    made = "".join(f"<w:tc><w:tcPr>{how}</w:tcPr>{paragraph(words)}</w:tc>" for how, words in pairs)
    return f"<w:tbl><w:tblPr/><w:tr>{made}</w:tr></w:tbl>"


def on_ground(ground):
    words = run("lamp", '<w:color w:val="204060"/>')
    return f'<w:background w:color="{ground}"/>{paragraph(words)}'


@pytest.mark.parametrize(
    "body",
    [
        *map(paragraph, (solid(WHITE), filled(PALE), filled("<w14:noFill/>"))),
        paragraph(solid('<w14:schemeClr w14:val="bg1"/>')),
        *(table(style, "lamp") for style in ("Pale", "Child", "Gone")),
        *(table("Pale", "lamp", look=look) for look in ("", '<w:tblLook w:firstRow="1"/>')),
        table("Bare", "lamp"),
        cells(('<w:vMerge w:val="restart"/>', "a"), ("<w:vMerge/>", "lamp")),
        cells(('<w:hMerge w:val="restart"/>', "a"), ("<w:hMerge/>", "lamp")),
        cells(('<w:vMerge w:val="continue"/>', "lamp")),
        *(paragraph(f'<w:{how} w:val="rtl">{run("lamp")}</w:{how}>') for how in ("bdo", "dir")),
        on_ground("204060"),
    ],
)
def test_what_is_not_seen_as_it_stands(body):
    assert "hidden" in flags(draw(body, styles=STYLES), "lamp")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(solid('<w14:srgbClr w14:val="203050"/>')),
        paragraph(solid(GREY)),
        *(table(style, "lamp") for style in ("Dark", "Night", "Corner")),
        table("Pale", "a", "lamp"),
        table("Corner", "a", "lamp"),
        table("Dark", "a", "lamp", cell='<w:shd w:val="clear" w:fill="FFFFFF"/>'),
        table("Pale", "lamp", look='<w:tblLook w:val="0400"/>'),
        table("Pale", run("lamp", '<w:color w:val="203050"/>')),
        cells(('<w:vMerge w:val="restart"/>', "lamp"), ("<w:vMerge/>", "")),
        paragraph(f'<w:bdo w:val="ltr">{run("lamp")}</w:bdo>'),
        paragraph(f'<w:bdo w:val="rtl">{run("מנורה")}</w:bdo>', " lamp"),
        on_ground("EEEEDD"),
    ],
)
def test_what_is_seen_needs_no_person(body):
    assert not flags(draw(body, styles=STYLES), "lamp") & SIGN_OFF
