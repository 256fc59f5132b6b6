"""DOCX: every part of it, tracked changes and hidden text flagged, bombs refused."""

import random
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docx_files import (
    CONTENT_TYPES,
    archive,
    deleted,
    docx,
    field,
    inserted,
    paragraph,
    part,
    relationships,
    run,
    table,
    text,
    text_box,
)
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import docx as module
from evidence_chain.extract import extract, parts, sniff
from evidence_chain.extract.docx import xml as _xml
from evidence_chain.extract.sniffing import DOCX
from evidence_chain.text import Status, match

WHO = "Ilse Maran, 2031-03-04T10:00:00Z"
WHITE = '<w:color w:val="FFFFFF"/>'


def draw(*body, **named):
    return module.extract(BytesIO(docx(*body, **named)))


def marked(drawn, kind):
    """What is marked so, and the details."""
    return [
        (drawn.text[one.start : one.end], one.detail)
        for one in drawn.marks
        if one.kind == kind and one.end > one.start
    ]


def seen(drawn):
    """The text before the first piece that isn't seen where it stands."""
    ends = [
        one.start
        for one in drawn.marks
        if one.kind in ("hidden", "deleted") and one.end > one.start
    ]
    return drawn.text[: min(ends, default=len(drawn.text))].rstrip("\n")


def flags(drawn, quote):
    found = match(quote, drawn.text)
    assert found.status == Status.VERBATIM
    slices = found.fragments
    return {
        one.kind
        for one in drawn.marks
        if any(one.start < end and start < one.end for start, end in slices)
    }


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


def test_text_boxes_stand_after_the_text_and_not_twice():
    drawn = draw(paragraph("be", text_box(paragraph("box one"), paragraph("more")), "fore"),
                 paragraph("after"))  # fmt: skip
    assert drawn.text == "before\nafter\nbox one\nmore"
    assert marked(drawn, "part") == [("box one\nmore", "text box")]


def test_a_text_box_of_a_hidden_run_is_hidden_and_so_is_the_run_after_it():
    box = text_box(paragraph("boxed"))
    hidden = box.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    drawn = draw(paragraph("seen", hidden.removesuffix("</w:r>") + text("on") + "</w:r>"))
    assert seen(drawn) == "seen"
    assert [held for held, _ in marked(drawn, "hidden")] == ["boxed", "on"]


def test_of_alternatives_the_one_that_word_shows():
    def alternatives(required):
        choice = f'<mc:Choice Requires="{required}">{run("first")}</mc:Choice>'
        other = f"<mc:Fallback>{run('second')}</mc:Fallback>"
        return paragraph(f"<mc:AlternateContent>{choice}{choice}{other}</mc:AlternateContent>")

    assert draw(alternatives("wps")).text == "first"
    assert draw(alternatives("odd")).text == "second"
    assert draw(alternatives("wps odd")).text == "second"
    assert draw(alternatives("undeclared")).text == "second"


def test_the_other_parts_in_their_order():
    drawn = draw(
        paragraph("body"),
        header=[part("hdr", paragraph(f"head {n}")) for n in range(1, 12)],
        footer=part("ftr", paragraph("foot")),
        comments=part("comments", f'<w:comment w:author="A">{paragraph("why?")}</w:comment>'),
        endnotes=part("endnotes", f"<w:endnote>{paragraph('end')}</w:endnote>"),
        footnotes=part(
            "footnotes",
            '<w:footnote w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            f"<w:footnote>{paragraph('one')}{paragraph('two')}</w:footnote>"
            f"<w:footnote>{paragraph('three')}</w:footnote>",
        ),
    )  # fmt: skip
    assert marked(drawn, "part") == [
        ("one\ntwo", "footnote"),
        ("three", "footnote"),
        ("end", "endnote"),
        ("why?", "comment by A"),
        *((f"head {n}", "header") for n in range(1, 12)),
        ("foot", "footer"),
    ]
    assert drawn.text.startswith("body\none\ntwo\nthree\nend\nwhy?\nhead 1\nhead 2\n")


def test_diagrams_charts_pictures_and_readings():
    namespace = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    ruby = f"<w:ruby><w:rt>{run('かん')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby>"
    drawn = draw(
        paragraph(
            "the ", f"<w:r>{ruby}</w:r>", " sign", '<w:r><wp:docPr descr="A map of doors"/></w:r>'
        ),
        diagramData=f'<d:dataModel xmlns:d="{diagram}" {namespace}>'
        "<a:p><a:r><a:t>step</a:t></a:r></a:p></d:dataModel>",
        chart=f'<c:chartSpace xmlns:c="{chart}"><c:v>41</c:v><c:v>42</c:v></c:chartSpace>',
    )
    assert drawn.text == "the 漢 sign\nstep\n41\n42\nかん\nA map of doors"
    assert marked(drawn, "part") == [
        ("step", "diagram"),
        ("41\n42", "chart"),
        ("かん", "reading aid"),
    ]
    assert marked(drawn, "hidden") == [("A map of doors", "text in place of a picture")]


def numbering(levels, more=""):
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>'
        f'<w:lvlText w:val="{label}"/>{extra}</w:lvl>'
        for at, (start, how, label, *rest) in enumerate(levels)
        for extra in ["".join(rest)]
    )
    return part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="4">{inside}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>{more}',
    )


def clause(words, level=0, name=1):
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'
    return paragraph(words, properties=numbered)


def test_numbers_are_marks_and_no_text():
    levels = [(1, "decimal", "%1."), (1, "decimal", "%1.%2"), (1, "lowerLetter", "(%3)")]
    drawn = draw(
        *(clause("A"), clause("B", 1), paragraph("more"), clause("C", 2), clause("D", 2)),
        *(clause("E", 1), clause("F"), clause("G", 1)),
        numbering=numbering(levels),
    )
    assert drawn.text == "A\nB\nmore\nC\nD\nE\nF\nG"
    assert sorted(marked(drawn, "clause")) == sorted(
        [
            *(("A\nB\nmore\nC\nD\nE", "1"), ("B\nmore\nC\nD", "1.1"), ("C", "(a)"), ("D", "(b)")),
            *(("E", "1.2"), ("F\nG", "2"), ("G", "2.1")),
        ]
    )


@pytest.mark.parametrize(
    ("start", "how", "label", "expected"),
    [
        (3, "upperRoman", "%1)", "III"),
        (1999, "lowerRoman", "%1.", "mcmxcix"),
        (28, "upperLetter", "Annex %1:", "Annex BB"),
        (7, "decimalZero", "%1", "07"),
        (12, "chineseCounting", "第%1条", "第十二条"),
        (103, "chineseCountingThousand", "%1、", "一百零三"),
        (2010, "chineseCountingThousand", "%1、", "二千零一十"),
    ],
)
def test_kinds_of_numbers(start, how, label, expected):
    drawn = draw(clause("x"), numbering=numbering([(start, how, label)]))
    assert marked(drawn, "clause") == [("x", expected)]


@pytest.mark.parametrize(
    "levels",
    [
        [(1, "bullet", "•")],
        [(1, "ordinalText", "%1")],
        [(9999, "lowerRoman", "%1")],
        [(1, "decimal", "%1" * 40 + "%2")],
        [("9" * 5000, "none", "%1")],
    ],
)
def test_numbers_that_are_not_told(levels):
    drawn = draw(clause("x"), clause("y", 5), clause("z", 0, 77), numbering=numbering(levels))
    assert marked(drawn, "clause") == []


def test_numbers_by_style_and_restarted_lists():
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="4"/>{restart}</w:num>'
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="Sub"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>",
    )
    levels = [(1, "upperRoman", "%1"), (1, "decimal", "%1.%2", '<w:pStyle w:val="Sub"/><w:isLgl/>')]
    drawn = draw(
        *(clause("A"), paragraph("B", properties='<w:pStyle w:val="Sub"/>')),
        *(clause("C", 0, 2), clause("D", 0, 2)),
        numbering=numbering(levels, more),
        styles=styles,
    )
    assert sorted(detail for _, detail in marked(drawn, "clause")) == ["1.1", "I", "VII", "VIII"]


def test_through_the_guard(tmp_path):
    path = tmp_path / "minutes.docx"
    path.write_bytes(docx(paragraph("They ", run("never", "<w:vanish/>"), "knew.")))
    assert sniff(path.read_bytes()[:8192], path.name) == DOCX
    stream = extract(path, DOCX)
    assert stream.text == "They knew.\nnever"
    assert stream.extractor["name"] == "evidence-chain/docx"
    assert stream.extractor["options"]["parser"].startswith("expat_")
    assert stream.marked([(0, 10)])[0].kind == "hidden"


def test_embedded_files_come_as_they_are_named(tmp_path):
    path = tmp_path / "a.docx"
    files = [("word/embeddings/../../x.xlsx", b"PK"), ("word/media/image1.png", b"\x89PNG")]
    path.write_bytes(docx(paragraph("a"), files=files, aFChunk="<html>b</html>"))
    assert [(each.name, each.content) for each in parts(path, DOCX)] == [
        ("word/aFChunk1.xml", b"<html>b</html>"),
        *files,
    ]
    assert extract(path, DOCX).extractor["options"]["unread"] == ["word/aFChunk1.xml"]


def test_too_much_in_embedded_files(monkeypatch):
    monkeypatch.setattr(module, "_MOST_CONTENT", 1000)
    data = docx(paragraph("a"), files=[("word/media/a", b"x" * 600), ("word/media/b", b"x" * 600)])
    with pytest.raises(ExtractionError, match="files in this document"):
        module.parts(BytesIO(data))


def refused(data, reason):
    with pytest.raises(ExtractionError, match=reason):
        module.extract(BytesIO(data))


def test_a_bomb_ends_early(tmp_path):
    path = tmp_path / "bomb.docx"
    body = paragraph("x" * (60 << 20))
    path.write_bytes(docx(body))
    assert path.stat().st_size < 200_000
    with pytest.raises(ExtractionError, match="expands to more than"):
        extract(path, DOCX)


def test_a_part_of_too_many_elements(monkeypatch):
    monkeypatch.setattr(_xml, "_MOST", 100)
    refused(docx(*[paragraph("a")] * 100), "more than 100 elements")


def test_sizes_that_lie_do_not_help():
    data = bytearray(docx(paragraph("x" * (60 << 20))))
    at = data.rindex(b"PK\x01\x02", 0, data.index(b"word/document.xml", data.index(b"PK\x01\x02")))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    refused(bytes(data), "can't be read|expands")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><w:document/>', "document type"),
        ("<!DOCTYPE x SYSTEM 'http://x.example/'><x/>", "document type"),
        ("<w:p>" * 6000, "nested"),
        ("<w:p><w:r>", "well-formed"),
        ("", "well-formed"),
        ("\x00\x01", "well-formed"),
    ],
)
def test_hostile_xml(document, reason):
    if document.startswith("<w:p"):
        document = part("document", document).removesuffix("</w:document>")
    files = [("[Content_Types].xml", CONTENT_TYPES), ("word/document.xml", document)]
    refused(archive(files), reason)


def test_deep_nesting_ends_early(tmp_path):
    path = tmp_path / "deep.docx"
    path.write_bytes(docx(part("document", "<w:p>" * 200_000 + "</w:p>" * 200_000)))
    with pytest.raises(ExtractionError, match="nested"):
        extract(path, DOCX)


def test_archives_that_are_none_or_damaged():
    whole = docx(paragraph("some words " * 100))
    refused(b"PK\x03\x04 and nothing", "can't be read")
    refused(whole[:-30], "can't be read")
    at = whole.index(b"word/document.xml") + len("word/document.xml")
    flipped = bytes(byte ^ 0xFF for byte in whole[at : at + 10])
    refused(whole[:at] + flipped + whole[at + 10 :], "can't be read|well-formed")
    encrypted = bytearray(whole)
    for header, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := encrypted.find(header, at + 1)) >= 0:
            encrypted[at + flag] |= 1
    refused(bytes(encrypted), "encrypted")


def test_packages_that_mislead():
    again = "[Content_Types].xml", CONTENT_TYPES
    refused(
        archive([again, ("Word/Document.xml", "<a/>"), ("word/document.xml", "<b/>")]), "same name"
    )
    refused(archive([again]), "'word/document.xml' is missing")
    refused(archive([again, *((f"{n}", b"") for n in range(10_001))]), "more than 10000 parts")
    held = BytesIO()
    with ZipFile(held, "w", ZIP_LZMA) as zipped:
        zipped.writestr("word/document.xml", "<a/>")
    refused(held.getvalue(), "compressed in a way")


def test_parts_that_are_missing_or_elsewhere():
    relations = relationships(
        [("footnotes", "nowhere.xml"), ("styles", "nowhere.xml"), ("header", "/other/h.xml")]
    )
    document = part("document", f"<w:body>{paragraph('body')}</w:body>")
    files = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relationships([("officeDocument", "/odd/place.xml")])),
        ("odd/place.xml", document),
        ("odd/_rels/place.xml.rels", relations),
        ("other/h.xml", part("hdr", paragraph("head"))),
    ]
    drawn = module.extract(BytesIO(archive(files)))
    assert drawn.text == "body\nhead"
    assert drawn.options["unread"] == ["odd/nowhere.xml"]


def test_the_strict_kind_of_docx():
    document = part("document", f"<w:body>{paragraph('body')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert draw(document).text == "body"


WORDS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_any_paragraphs_come_back_in_order(paragraphs):
    drawn = draw(*map(paragraph, (f"·{each}·" for each in paragraphs)))
    assert drawn.text == "\n".join(f"·{each}·" for each in paragraphs)
    assert drawn.marks == []


TAGS = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:txbxContent", "w:rPr",
        "w:pPr", "w:fldChar w:fldCharType='begin'", "w:fldChar w:fldCharType='end'", "w:footnote",
        "mc:AlternateContent", "mc:Choice Requires='wps'", "mc:Fallback", "w:vanish", "m:sup",
        "w:rt", "w:delText", "w:tcPr", "w:numPr", "w:sym", "c:v"]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["x", " ", ""]),
    lambda inside: st.builds(
        lambda tag, held: f"<{tag}>{''.join(held)}</{tag.split()[0]}>",
        st.sampled_from(TAGS),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(TREES)
def test_no_markup_stops_it(inside):
    document = part("document", inside).replace("xmlns:w=", 'xmlns:c="urn:c" xmlns:w=', 1)
    drawn = draw(document)
    assert all(0 <= one.start <= one.end <= len(drawn.text) for one in drawn.marks)
    assert drawn == draw(document)


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_no_bytes_stop_it(junk, at):
    data = docx(paragraph("words"), files=[("word/media/a", b"x")])
    data = data[: at % len(data)] + junk + data[at % len(data) + len(junk) :]
    with suppress(ExtractionError):
        assert isinstance(module.extract(BytesIO(data)).text, str)


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
