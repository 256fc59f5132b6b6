"""Presentations: on which slide words stand, and which of them nobody sees there."""

import pytest

from package_files import shape, slides

WHITE = "><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill></a:rPr>"
LEAVES = '<p:timing><p:cTn presetClass="exit"><p:spTgt spid="7"/></p:cTn></p:timing>'
TABLE = (
    "<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>Firm</a:t></a:r></a:p></a:tc><a:tc><a:p>"
    "<a:r><a:t>40</a:t></a:r></a:p></a:tc></a:tr><a:tr><a:tc><a:p><a:r><a:t>Next</a:t></a:r></a:p>"
    "</a:tc><a:tc hMerge='1'><a:p><a:r><a:t>never told</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
    "</p:graphicFrame>"
)


def group(inside, off):
    return (
        f'<p:grpSp><p:grpSpPr><a:xfrm><a:off x="{off}" y="0"/><a:ext cx="200" cy="200"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="100" cy="100"/></a:xfrm></p:grpSpPr>'
        f"{inside}</p:grpSp>"
    )


@pytest.fixture
def locate(person):
    def run(content, text, code=0):
        person.file("talk.pptx", content)
        return person.json("locate", "talk.pptx", "--text", text, code=code)

    return run


def told(found):
    return [(one["kind"], one["detail"]) for one in found["marks"]]


def test_words_are_told_with_their_slide(locate, case):
    content = slides(("", shape("First"), ""), ("", group(shape("We never bid"), 10), ""))
    found = locate(content, "We never bid")
    assert (found["status"], found["accepted"], told(found)) == ("verbatim", True, [("slide", "2")])
    case.file("talk.pptx", content)
    assert "on slide 2" in case.out("quote", "talk.pptx", "We never bid")


def test_tables_have_a_tab_between_cells(locate):
    assert locate(slides(("", TABLE, "")), "Firm\t40")["accepted"]


def test_a_passage_over_two_shapes_needs_a_person(locate):
    found = locate(
        slides(("", shape("They never") + shape("knew of it"), "")), "never knew", code=1
    )
    assert ("joined", "another shape of the slide") in told(found)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (('show="0"', shape("never told"), ""), "hidden slide"),
        (("", shape("never told", more='hidden="1"'), ""), "hidden shape"),
        (("", shape("never told", box=(-500, 1, 400, 10)), ""), "off the slide"),
        (("", group(shape("never told", box=(90, 0, 9, 9)), 900), ""), "off the slide"),
        (("", shape("never told", run=WHITE), ""), "letters in the colour"),
        (("", shape("never told", run='sz="100"/>'), ""), "letters too small"),
        (("", shape("never told"), LEAVES), "an animation takes it away"),
        (("", TABLE, ""), "covered by a merge"),
    ],
)
def test_what_is_not_seen_needs_a_person(locate, page, why):
    found = locate(slides(page), "never told", code=1)
    assert found["status"] == "verbatim"
    assert dict(told(found))["hidden"].startswith(why)


def test_white_letters_on_a_filled_shape_are_seen(locate):
    fill = "<a:solidFill><a:srgbClr val='003366'/></a:solidFill>"
    assert locate(slides(("", shape("Told to all", run=WHITE, fill=fill), "")), "Told to all")[
        "accepted"
    ]


def test_notes_comments_layouts_and_charts(locate, person):
    layout = f"<p:cSld><p:spTree>{shape('For all slides')}</p:spTree></p:cSld>"
    comment = "<p:cm><p:text>They knew</p:text></p:cm>"
    content = slides(
        ("", shape("x"), ""),
        beside=[
            *(("notesSlide", "n.xml", shape("Say it")), ("comments", "c.xml", comment)),
            *(("slideLayout", "l.xml", layout), ("chart", "k.xml", "")),
        ],
    )
    notes = dict(told(locate(content, "Say it", code=1)))
    assert notes["hidden"].startswith("speaker notes")
    assert ("part", "comment") in told(locate(content, "They knew"))
    assert told(locate(content, "For all slides")) == [("part", "layout of slides")]
    said = person.run("locate", "talk.pptx", "--text", "words that nobody wrote", code=3)
    assert "chart on slide 1" in said.output


def test_struck_out_and_dated_words(locate):
    struck = slides(("", shape("never told", run='strike="sngStrike"/>'), ""))
    assert dict(told(locate(struck, "never told", code=1)))["deleted"] == "struck out"
    field = (
        "<p:sp><p:txBody><a:p><a:fld type='datetime1'><a:t>4 March</a:t></a:fld></a:p></p:txBody>"
    )
    dated = slides(("", field + "</p:sp>", ""))
    assert "unsure" in dict(told(locate(dated, "4 March", code=1)))


CLEAR = "<a:srgbClr val='000000'><a:alpha val='{}'/></a:srgbClr>"
STOPS = "<a:gs pos='0'><a:srgbClr val='FFFFFF'/></a:gs><a:gs pos='9'><a:srgbClr val='{}'/></a:gs>"


@pytest.mark.parametrize(
    ("hides", "shows"),
    [
        ('spc="-4000"/>', 'spc="-100"/>'),
        ('baseline="9000000"/>', 'baseline="0"/>'),
        *(
            (f"><a:{kind}>{fill.format(one)}</a:{kind}></a:rPr>",
             f"><a:{kind}>{fill.format(other)}</a:{kind}></a:rPr>")
            for kind, fill, one, other in (
                ("solidFill", CLEAR, "0", "90000"),
                ("gradFill", f"<a:gsLst>{STOPS}</a:gsLst>", "FFFFFF", "112233"),
            )
        ),
    ],
)  # fmt: skip
def test_letters_that_nobody_sees(locate, hides, shows):
    assert "hidden" in dict(
        told(locate(slides(("", shape("We knew", run=hides), "")), "We knew", 1))
    )
    assert "hidden" not in dict(
        told(locate(slides(("", shape("We knew", run=shows), "")), "We knew"))
    )


@pytest.mark.parametrize(
    ("inside", "says"),
    [("<p:grpSp>" * 6000, "nested"), (" " * (60 << 20), "expands to more than")],
)
def test_hostile_presentations_are_refused(person, inside, says):
    person.file("a.pptx", slides(("", inside, "")))
    assert says in person.run("locate", "a.pptx", "--text", "x", code=3).output
