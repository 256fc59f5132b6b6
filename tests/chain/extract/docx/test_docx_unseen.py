"""What a DOCX holds and no page of it shows: out of place, squeezed, replaced, struck out."""

from io import BytesIO

import pytest

from docx_files import (
    NAMESPACES,
    archive,
    docx,
    draw,
    flags,
    marked,
    paragraph,
    part,
    run,
    seen,
)
from evidence_chain.extract import docx as module

BOX = (
    '<w:r><w:drawing><wp:anchor>{place}<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1"{hidden}/>'
    '<wps:wsp><wps:cNvPr id="2"/><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>'
    "<wps:bodyPr>{grows}</wps:bodyPr></wps:wsp></wp:anchor></w:drawing></w:r>"
)
SHAPE = (
    '<w:r><w:pict><v:shape style="{style}"><v:textbox{fit}><w:txbxContent>{inside}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
GROWS = '<a:spAutoFit xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'


def box(place="", cx=2_000_000, cy=900_000, hidden="", grows=""):
    inside = paragraph("lamp")
    told = {"place": place, "cx": cx, "cy": cy, "hidden": hidden, "grows": grows}
    return paragraph("seen", BOX.format(inside=inside, **told))


def shape(style, fit=""):
    return paragraph("seen", SHAPE.format(style=style, fit=fit, inside=paragraph("lamp")))


def offset(side, emu, relative="page"):
    return (
        f'<wp:position{side} relativeFrom="{relative}"><wp:posOffset>{emu}</wp:posOffset>'
        f"</wp:position{side}>"
    )


UNSEEN = [
    paragraph("lamp", properties='<w:ind w:left="-15000"/>'),
    paragraph("lamp", properties='<w:ind w:start="20000"/>'),
    paragraph("lamp", properties='<w:ind w:left="0" w:hanging="9000"/>'),
    paragraph("lamp", properties='<w:ind w:right="-9000"/>'),
    paragraph("lamp", properties='<w:ind w:left="-400pt"/>'),
    paragraph("lamp", properties='<w:pStyle w:val="Off"/>'),
    paragraph("lamp", properties='<w:spacing w:line="20" w:lineRule="exact"/>'),
    paragraph("lamp", properties='<w:framePr w:w="2000" w:x="20000" w:y="10"/>'),
    paragraph("lamp", properties='<w:framePr w:w="2000" w:h="10" w:hRule="exact"/>'),
    paragraph("lamp", properties='<w:framePr w:w="1" w:h="500"/>'),
    paragraph(run("lamp", '<w:rtl/><w:sz w:val="24"/><w:szCs w:val="1"/>')),
    paragraph(run("lamp", '<w:w w:val="1"/>')),
    paragraph(run("lamp", '<w:w w:val="2%"/>')),
    paragraph(run("lamp", '<w:position w:val="2400"/>')),
    paragraph(run("lamp", '<w:position w:val="-900pt"/>')),
    paragraph(run("lamp", '<w:spacing w:val="-300"/><w:sz w:val="24"/>')),
    paragraph(
        run(
            "lamp",
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000">'
            '<w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
        )
    ),
    '<w:tbl><w:tr><w:trPr><w:trHeight w:val="10" w:hRule="exact"/></w:trPr><w:tc>'
    f"{paragraph('lamp')}</w:tc></w:tr></w:tbl>",
    box(hidden=' hidden="1"'),
    box(cx=0),
    box(cy=635),
    box(offset("H", 20_000_000)),
    box(offset("V", 90_000_000, "paragraph")),
    box(offset("H", -30_000_000)),
    shape("visibility:hidden;width:200pt"),
    shape("position:absolute; display: none"),
    shape("width:0;height:30pt"),
    shape("width:90pt;height:30pt", ' style="display:none"'),
    shape("width:90pt;height:0"),
    shape("position:absolute;margin-left:-2000pt;width:90pt"),
    "<w:p><m:oMath><m:phant><m:phantPr><m:show m:val='0'/></m:phantPr><m:e><m:r><m:t>lamp</m:t>"
    "</m:r></m:e></m:phant></m:oMath></w:p>",
]
SEEN = [
    paragraph("lamp", properties='<w:ind w:left="-720" w:right="-720" w:firstLine="360"/>'),
    paragraph("lamp", properties='<w:ind w:left="5040" w:hanging="720"/>'),
    paragraph("lamp", properties='<w:spacing w:line="240" w:lineRule="exact"/>'),
    paragraph("lamp", properties='<w:spacing w:line="20" w:lineRule="auto"/>'),
    paragraph("lamp", properties='<w:framePr w:w="2000" w:hAnchor="page" w:x="1400" w:y="900"/>'),
    paragraph(run("lamp", '<w:w w:val="66"/><w:spacing w:val="-10"/>')),
    paragraph(run("lamp", '<w:position w:val="6"/>')),
    box(),
    box(cy=635, grows=GROWS),
    box(offset("H", 1_000_000) + offset("V", -2_000_000, "paragraph")),
    box(hidden=' hidden="0"'),
    shape("position:absolute;margin-left:40pt;width:200pt;height:30pt"),
    shape("width:90pt;height:0", ' style="mso-fit-shape-to-text:t"'),
    "<w:p><m:oMath><m:phant><m:phantPr><m:show m:val='1'/></m:phantPr><m:e><m:r><m:t>lamp</m:t>"
    "</m:r></m:e></m:phant></m:oMath></w:p>",
]
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="Off"><w:pPr><w:ind w:left="-30000"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:rPr><w:caps/></w:rPr></w:style>',
)


@pytest.mark.parametrize("body", UNSEEN)
def test_what_no_page_shows_is_marked(body):
    drawn = draw(body, styles=STYLES)
    assert "hidden" in flags(drawn, "lamp")


@pytest.mark.parametrize("body", SEEN)
def test_what_a_page_shows_is_not(body):
    drawn = draw(body, styles=STYLES)
    assert "hidden" not in flags(drawn, "lamp")


@pytest.mark.parametrize("how", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Gone"/>'])
def test_struck_out_words_stand_where_they_are_and_are_marked(how):
    drawn = draw(paragraph("It was ", run("never ", how), "seen."), styles=STYLES)
    assert drawn.text == "It was never seen."
    assert marked(drawn, "deleted") == [("never", "struck out")]
    shown = paragraph(run("never", '<w:rStyle w:val="Gone"/><w:strike w:val="0"/>'))
    assert not marked(draw(shown, styles=STYLES), "deleted")


def test_capitals_are_shown_and_the_letters_as_typed_are_kept():
    drawn = draw(
        paragraph("The ", run("Straße lamp", '<w:rStyle w:val="Loud"/>'), " is lit."), styles=STYLES
    )
    assert drawn.text == "The STRAßE LAMP is lit.\nThe Straße lamp is lit."
    assert flags(drawn, "The STRAßE LAMP is lit.") == set()
    assert flags(drawn, "The Straße lamp is lit.") == {"part"}
    struck = draw(paragraph(run("not ", "<w:caps/><w:strike/>"), run("lit", "<w:caps/>")))
    assert flags(struck, "not lit") == {"part", "deleted"}


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>", "5\u20091/2 and 7"),
        ("<m:sSup><m:e>{1}</m:e><m:sup>{2}</m:sup></m:sSup>", "51² and 7"),
        ("<m:d><m:e>{1}</m:e><m:e>{2}</m:e></m:d>", "5(1|2) and 7"),
        ('<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e>{1}</m:e></m:d>', "5[1) and 7"),
        ("<m:rad><m:deg>{2}</m:deg><m:e>{1}</m:e></m:rad>", "5√²1 and 7"),
    ],
)
def test_formulas_are_no_digits_of_the_number_before_them(inside, expected):
    for digit in "12":
        inside = inside.replace(f"{{{digit}}}", f"<m:r><m:t>{digit}</m:t></m:r>")
    drawn = draw(f"<w:p>{run('5')}<m:oMath>{inside}</m:oMath>{run(' and 7')}</w:p>")
    assert drawn.text == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EQ \\f(1,2)", "5\u20091/2 kg"),
        (" eq \\s\\up5(2) ", "5² kg"),
        ("EQ \\r(3,x)", "5³√x kg"),
        ("EQ \\s\\do4(2)", "5₂ kg"),
        ("EQ \\b(\\f(1;2))", "5\u20091/2 kg"),
        ('XE "lamps"', "5 kg"),
        ("EQ " + "\\f(" * 2000, "5 kg"),
    ],
)
def test_a_field_that_draws_an_equation(code, expected):
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>' for at in ("begin", "end"))
    middle = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    assert draw(paragraph("5", begin + middle + end, " kg")).text == expected


@pytest.mark.parametrize(
    ("position", "expected"), [(8, "10²"), (-8, "10₂"), (3, "102"), (0, "102")]
)
def test_digits_that_are_raised_by_their_place(position, expected):
    raised = run("2", f'<w:position w:val="{position}"/>')
    assert draw(paragraph("10", raised)).text == expected


VALUES = "{1a2b3c4d-0000-4000-8000-000000000001}"


def control(words, *, path="/r:lamps/r:hall[2]", more="", id_="7"):
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{id_}"/>{more}'
        f'<w:dataBinding w:prefixMappings="xmlns:r=&quot;urn:x&quot;" w:xpath="{path}"'
        f' w:storeItemID="{VALUES}"/></w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>'
    )


def bound(body, values="<lamps xmlns='urn:x'><hall>no</hall><hall>nine lamps</hall></lamps>"):
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="{}" Target="{}"/></Relationships>'
    )
    files = [
        ("customXml/item1.xml", values),
        (
            "customXml/itemProps1.xml",
            f'<ds:datastoreItem xmlns:ds="{office}/customXml" ds:itemID="{VALUES.upper()}"/>',
        ),
        (
            "customXml/_rels/item1.xml.rels",
            relations.format(f"{office}/relationships/customXmlProps", "itemProps1.xml"),
        ),
        ("word/document.xml", part("document", f"<w:body>{body}</w:body>")),
        (
            "word/_rels/document.xml.rels",
            relations.format(f"{office}/relationships/customXml", "../customXml/item1.xml"),
        ),
    ]
    return module.extract(BytesIO(archive(files)))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (control(paragraph("ten lamps")), "nine lamps"),
        (paragraph(control(run("ten lamps"))), "nine lamps"),
        (control(paragraph("ten lamps"), path="/r:lamps/r:hall"), "no"),
        (control(paragraph("ten lamps"), path="//r:hall[last()]"), None),
    ],
)
def test_a_control_that_shows_another_value(body, shown):
    drawn = bound(body)
    assert flags(drawn, "ten lamps") == {"hidden"}
    assert shown is None or flags(drawn, shown) == {"part"}


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (control(paragraph("nine lamps")), None),
        (control(paragraph("nine lamps"), path="/r:lamps[1]/r:hall[2]/text()"), None),
        (control(paragraph("nine") + paragraph("lamps")), None),
        (control(paragraph("ten lamps"), path="/r:lamps/r:door"), None),
        (
            control(paragraph("ten lamps"), more="<w:showingPlcHdr/>"),
            "<lamps><hall/><hall/></lamps>",
        ),
        (
            control(paragraph("4 May 2031"), more='<w:date w:fullDate="2031-05-04T00:00:00Z"/>'),
            "<lamps><hall/><hall>2031-05-04</hall></lamps>",
        ),
        (
            control(
                paragraph("Ten"),
                more='<w:comboBox><w:listItem w:displayText="Ten" w:value="t"/></w:comboBox>',
            ),
            "<lamps><hall/><hall>t</hall></lamps>",
        ),
        ("<w:sdt><w:sdtContent>" + paragraph("ten lamps") + "</w:sdtContent></w:sdt>", None),
    ],
)
def test_a_control_that_shows_its_words(body, values):
    drawn = bound(body) if values is None else bound(body, values)
    assert not marked(drawn, "hidden")


def test_what_a_control_hides_does_not_hide_the_next_one():
    drawn = bound(control(paragraph("ten lamps")) + paragraph("seen"))
    assert seen(drawn).startswith("seen")
    assert NAMESPACES.count("xmlns:") == len(set(NAMESPACES.split()))


def test_a_list_number_is_found_with_its_words():
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>',
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = [paragraph(words, properties=numbered) for words in ("Lamps", "Doors are shut.")]
    drawn = module.extract(BytesIO(docx(*body, numbering=numbering)))
    assert drawn.text == "1.\tLamps\n2.\tDoors are shut."
    assert flags(drawn, "2.\tDoors are shut.") == {"clause", "part"}
    assert flags(drawn, "Doors are shut.") == {"clause"}
