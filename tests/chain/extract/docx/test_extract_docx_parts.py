"""DOCX beside and around the text: notes, boxes, charts, and the numbers of clauses."""

import pytest

from docx_files import (
    draw,
    marked,
    paragraph,
    part,
    run,
    text_box,
)


def test_text_boxes_stand_after_the_text_and_not_twice():
    drawn = draw(paragraph("be", text_box(paragraph("box one"), paragraph("more")), "fore"),
                 paragraph("after"))  # fmt: skip
    assert drawn.text == "before\nafter\nbox one\nmore"
    assert marked(drawn, "part") == [("box one\nmore", "text box")]


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


def test_numbers_stand_before_their_paragraphs_as_on_the_page():
    levels = [(1, "decimal", "%1."), (1, "decimal", "%1.%2"), (1, "lowerLetter", "(%3)")]
    drawn = draw(
        *(clause("A"), clause("B", 1), paragraph("more"), clause("C", 2), clause("D", 2)),
        *(clause("E", 1), clause("F"), clause("G", 1)),
        numbering=numbering(levels),
    )
    whole = ["1.\tA", "1.1\tB", "more", "(a)\tC", "(b)\tD", "1.2\tE", "2.\tF", "2.1\tG"]
    assert drawn.text == "\n".join(whole)
    assert ("(a)", "list number") in marked(drawn, "part")
    assert sorted(marked(drawn, "clause")) == sorted(
        [
            ("\n".join(whole[:6]), "1"),
            ("\n".join(whole[1:5]), "1.1"),
            *((whole[3], "(a)"), (whole[4], "(b)"), (whole[5], "1.2")),
            *(("\n".join(whole[6:]), "2"), (whole[7], "2.1")),
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
    assert marked(drawn, "clause") == [(drawn.text, expected)]
    assert drawn.text == f"{label.replace('%1', expected.removeprefix('Annex ').strip('第条'))}\tx"


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
