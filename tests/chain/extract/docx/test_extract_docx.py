"""DOCX: its text, tracked changes, and what is hidden, flagged."""

import random

import pytest

from docx_files import (
    deleted,
    draw,
    field,
    flags,
    inserted,
    marked,
    paragraph,
    part,
    run,
    seen,
    table,
    text,
    text_box,
)
from evidence_chain.text import Status, match

WHO = "Ilse Maran, 2031-03-04T10:00:00Z"
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([paragraph("one"), paragraph(""), paragraph("two")], "one\ntwo"),
        ([paragraph("one ", run("bo", "<w:b/>"), "ld", " word")], "one bold word"),
        ([table(["a", "b"], ["c", "d"]), paragraph("e")], "a\tb\nc\td\ne"),
        ([table(["a", paragraph("b") + paragraph("c")], ["d", "e"])], "a\tb\nc\nd\te"),
        ([table([table(["a", "b"]), "c"])], "a\tb\tc"),
        ([paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>")], "a\tb\nc"),
        ([paragraph("a", properties='<w:tabs><w:tab w:val="left"/></w:tabs>')], "a"),
        ([paragraph("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>")],
         "a\u2011b\u00ad"),
        ([paragraph('<w:r><w:sym w:font="Symbol" w:char="F06D"/><w:t>m</w:t></w:r>')], "μm"),
        ([paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "yes")], "✓yes"),
        ([paragraph('<w:r><w:sym w:font="Odd" w:char="F0FC"/></w:r>', "yes")], "\uf0fcyes"),
        ([paragraph('<w:r><w:sym w:font="Odd" w:char="D800"/></w:r>', "yes")], "yes"),
        ([paragraph(field("PAGE \\* x", run("7")), " of 9")], "7 of 9"),
        ([paragraph(f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>')], "7"),
        ([paragraph(f"<w:hyperlink>{run('link')}</w:hyperlink>", "ed")], "linked"),
        ([f"<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{paragraph('in')}"
          "</w:sdtContent></w:sdt>"], "in"),
        ([paragraph(run("10"), run("2", '<w:vertAlign w:val="superscript"/>'))], "10²"),
        ([paragraph(run("1"), run("st", '<w:vertAlign w:val="superscript"/>'))], "1st"),
        ([paragraph(run("H"), run("2", '<w:vertAlign w:val="subscript"/>'), "O")], "H₂O"),
        ([paragraph(
            "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>"
            "</m:sup></m:sSup><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t>"
            "</m:r></m:den></m:f></m:oMath>")], "x²1/2"),
        ([paragraph("a", "<w:r><w:footnoteReference w:id='1'/></w:r>", " b")], "a b"),
        ([paragraph("<odd:thing><odd:t>x</odd:t></odd:thing>", "a")], "a"),
    ],
)  # fmt: skip
def test_text_of_the_body(body, expected):
    drawn = draw(*body)
    assert drawn.text == expected
    assert drawn.marks == []


def test_tracked_changes_read_as_accepted_and_as_they_were():
    drawn = draw(
        paragraph("It cost ", deleted("10"), inserted("12"), " million."), paragraph("End")
    )
    assert drawn.text == "It cost 12 million.\nEnd\nIt cost 10 million."
    assert marked(drawn, "inserted") == [("12", WHO)]
    assert marked(drawn, "deleted") == [("It cost 10 million.", WHO)]
    assert flags(drawn, "It cost 12 million") == {"inserted", "deleted"}
    assert flags(drawn, "It cost 10 million") == {"deleted"}
    assert flags(drawn, "End") == set()


def test_a_deleted_word_is_told_where_it_was():
    drawn = draw(paragraph("They did ", deleted("not "), "know of it, they said."))
    assert flags(drawn, "They did know") == {"deleted"}
    assert flags(drawn, "They did not know") == {"deleted"}
    assert flags(drawn, "know of it, they said.") <= {"deleted"}


def test_moved_text():
    moved = inserted("moved", tag="w:moveFrom"), inserted("moved", tag="w:moveTo")
    drawn = draw(paragraph("a ", moved[0]), paragraph("b ", moved[1]))
    assert seen(drawn) == "a \nb moved"
    assert marked(drawn, "inserted") == [("moved", WHO)]
    assert marked(drawn, "deleted") == [("a moved", WHO)]


def test_what_was_inserted_and_deleted_again_is_deleted():
    both = f'<w:ins w:author="A">{deleted("twice", "B", "2032")}</w:ins>'
    drawn = draw(paragraph("a ", both))
    assert seen(drawn) == "a "
    assert marked(drawn, "deleted") == [("a twice", "B, 2032")]


def test_old_formats_and_marks_of_paragraphs_are_no_changes_of_text():
    old = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    properties = '<w:rPr><w:del w:author="A"/></w:rPr>'
    drawn = draw(paragraph(run("kept", old), properties=properties))
    assert (drawn.text, drawn.marks) == ("kept", [])


@pytest.mark.parametrize(("tag", "kind"), [("w:ins", "inserted"), ("w:del", "deleted")])
def test_tracked_rows(tag, kind):
    row = f'<w:tr><w:trPr><{tag} w:author="A"/></w:trPr><w:tc>{paragraph("row")}</w:tc></w:tr>'
    drawn = draw(f"<w:tbl>{row}<w:tr><w:tc>{paragraph('kept')}</w:tc></w:tr></w:tbl>")
    assert marked(drawn, kind) == [("row", "A")]


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ("<w:vanish/>", "hidden font"),
        ('<w:vanish w:val="true"/>', "hidden font"),
        ('<w:sz w:val="2"/>', "font size 1 pt"),
        ('<w:sz w:val="0"/>', "font size 0 pt"),
        (WHITE, "colour of its background"),
        ('<w:color w:val="FEFEFE"/>', "colour of its background"),
        (WHITE + '<w:highlight w:val="white"/>', "colour of its background"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "colour of its background"),
        ('<w:color w:val="112233"/><w:shd w:val="clear" w:fill="112233"/>',
         "colour of its background"),
        ('<w:color w:val="112233"/><w:shd w:val="solid" w:color="112233" w:fill="FFFFFF"/>',
         "colour of its background"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "colour of its background"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "letters without filling"),
        ('<w:rStyle w:val="Ghost"/>', "hidden font"),
        ('<w:rStyle w:val="Child"/>', "hidden font"),
    ],
)  # fmt: skip
def test_hidden_runs(properties, why):
    drawn = draw(paragraph("They ", run("did not", properties), " know."), styles=STYLES)
    assert drawn.text == "They  know.\ndid not"
    assert marked(drawn, "hidden") == [("did not", why)]
    assert flags(drawn, "They  know.") == {"hidden"}
    assert flags(drawn, "did not") == {"hidden"}


STYLES = part(
    "styles",
    '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Ghost"/></w:style>'
    '<w:style w:type="character" w:styleId="Shown"><w:basedOn w:val="Ghost"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Unseen"><w:basedOn w:val="Loop"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Unseen"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Unseen"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dark"><w:pPr><w:shd w:fill="000000"/></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="Void"><w:rPr><w:vanish/></w:rPr></w:style>',
)


@pytest.mark.parametrize("style", ["Unseen", "Below", "Loop"])
def test_paragraphs_that_are_hidden_by_their_style(style):
    named = f'<w:pStyle w:val="{style}"/>'
    drawn = draw(paragraph("seen"), paragraph("not seen", properties=named), styles=STYLES)
    assert drawn.text == "seen\nnot seen"
    assert marked(drawn, "hidden") == [("not seen", "hidden font")]


@pytest.mark.parametrize("name", ["Default", "docDefaults", "table", "row"])
def test_what_else_hides_text(name):
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    styles = {
        "Default": f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{vanish}</w:style>',
        "docDefaults": f"<w:docDefaults><w:rPrDefault>{vanish}</w:rPrDefault></w:docDefaults>",
        "table": f'<w:style w:type="table" w:styleId="Void">{vanish}</w:style>',
        "row": "",
    }
    row = "<w:trPr><w:hidden/></w:trPr>" if name == "row" else ""
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="Void"/></w:tblPr><w:tr>{row}<w:tc>'
    drawn = draw(
        f"{body}{paragraph('x')}</w:tc></w:tr></w:tbl>", styles=part("styles", styles[name])
    )
    assert [held for held, _ in marked(drawn, "hidden")] == ["x"]


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("x", WHITE + '<w:shd w:val="clear" w:fill="000000"/>')),
        paragraph(run("x", WHITE + '<w:highlight w:val="black"/>')),
        paragraph(run("x", WHITE), properties='<w:shd w:val="clear" w:fill="112233"/>'),
        paragraph(run("x", WHITE), properties='<w:pStyle w:val="Dark"/>'),
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr>'
        f"{paragraph(run('x', WHITE))}</w:tc></w:tr></w:tbl>",
        paragraph(text_box(paragraph(run("x", WHITE)))),
        paragraph(run("x", '<w:color w:val="auto"/>')),
        paragraph(run("x", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Unseen"/>'),
        paragraph(run("x", '<w:rStyle w:val="Ghost"/>'), properties='<w:pStyle w:val="Unseen"/>'),
        paragraph(run("x", '<w:rStyle w:val="Shown"/>')),
        paragraph(run("x", '<w:sz w:val="3"/>')),
        paragraph("x", properties="<w:rPr><w:vanish/></w:rPr>"),
        paragraph(run("x", '<w:rStyle w:val="nowhere"/><w:sz w:val="big"/>')),
    ],
)
def test_what_is_seen_is_not_called_hidden(body):
    drawn = draw(body, styles=STYLES)
    assert drawn.text == "x"
    assert marked(drawn, "hidden") == []


def test_the_code_of_a_field_is_no_text_and_nothing_in_it_is_lost():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    drawn = draw(paragraph("a ", begin, run("never shown")), paragraph("lost?"))
    assert seen(drawn) == "a "  # and the field doesn't end
    assert [held for held, _ in marked(drawn, "hidden")] == ["never shown", "lost?"]


def test_a_text_box_of_a_hidden_run_is_hidden_and_so_is_the_run_after_it():
    box = text_box(paragraph("boxed"))
    hidden = box.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    drawn = draw(paragraph("seen", hidden.removesuffix("</w:r>") + text("on") + "</w:r>"))
    assert seen(drawn) == "seen"
    assert [held for held, _ in marked(drawn, "hidden")] == ["boxed", "on"]


def test_random_passages_are_found_at_their_places():
    chance = random.Random(300)
    words = ["the", "cameras", "shall", "cover", "41", "doors", "“every”", "—", "Quillmar’s"]
    body = [
        paragraph(*(run(" ".join(chance.choices(words, k=9)) + f" {n}-{m} ") for m in range(3)))
        for n in range(100)
    ]
    drawn = draw(*body)
    for _ in range(300):
        start = chance.randrange(len(drawn.text) - 200)
        quote = drawn.text[start : start + chance.randrange(40, 200)].split(maxsplit=1)[1]
        quote = quote.rsplit(maxsplit=1)[0]
        found = match(quote, drawn.text)
        assert found.status == Status.VERBATIM
        assert drawn.text[slice(*found.fragments[0])] == quote
