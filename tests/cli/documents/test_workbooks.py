"""Workbooks: what a cell shows and where it stands; what isn't seen, or isn't known to be."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from package_files import SHEETS, cell, packed, row, workbook

WIDE = '<cols><col min="1" max="3" width="40"/><col min="5" max="5" width="9" hidden="1"/></cols>'


def book(*rows, before=WIDE, after="", state="visible", others=(), **more):
    return workbook([("Bids", state, before, rows, after), *others], **more)


def kinds(found):
    return {mark["kind"] for mark in found["marks"]} - {"cell"}


@pytest.fixture
def locate(person):
    def run(content, text, code=0):
        person.file("book.xlsx", content)
        return person.json("locate", "book.xlsx", "--text", text, code=code)

    return run


def test_cells_are_told_by_sheet_and_address_with_their_formula(locate):
    content = book(row(1, cell("A1", "Quillmar")), row(2, cell("B2", 12, formula="SUM(B3:B4)")))
    found = locate(content, "Quillmar")
    assert (found["status"], found["accepted"]) == ("verbatim", True)
    assert found["marks"][0] | {"end": 0} == {
        **{"start": 0, "end": 0, "kind": "cell", "detail": "Bids!A1"}
    }
    both = locate(content, "Quillmar\n12")
    assert [one["detail"] for one in both["marks"]] == ["Bids!A1", "Bids!B2 =SUM(B3:B4)"]
    assert found["extractor"]["name"] == "evidence-chain/xlsx"


def test_add_says_where_a_passage_stands(case):
    case.file("book.xlsx", book(row(7, cell("C7", "We never bid for the houses of prayer"))))
    added = case.out("quote", "book.xlsx", "We never bid for the houses of prayer")
    assert "Bids!C7" in added


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 1234.5, "1234.5"),
        ("0", 2.5, "3"),
        ("0.00", 2.345, "2.35"),
        ("#,##0", 1234567, "1,234,567"),
        ("#,##0.00", -1234.5, "-1,234.50"),
        ("0%", 0.125, "13%"),
        ("yyyy-mm-dd", 47913, "2031-03-06"),
        ("yyyy\\-mm\\-dd", 60.0, "1900-03-01"),
        ("yyyy-mm-dd hh:mm", 47913.5, "2031-03-06 12:00"),
        ("[h]:mm", 1.5, "36:00"),
        ("[hh]:mm:ss", 0.0416666666666667, "01:00:00"),
        ("[h]\\:mm;@", 100.25, "2406:00"),
        ("[mm]:ss", 0.03125, "45:00"),
        ("[s]", 0.5, "43200"),
        ("[h]:mm", 0, "0:00"),
        (46, 1.5, "36:00:00"),
        ("@", 41, "41"),
        ("0;0;0", -5, "5"),
        (4, 45000, "45,000.00"),
        (37, 45000, "45,000"),
        (40, 0, "0.00"),
        ("_-* #,##0_-;-* #,##0_-", 45000, "45,000"),
    ],
)
def test_numbers_are_shown_by_formats_that_are_sure(locate, code, value, shown):
    if value == 60.0:
        value = 61
    found = locate(book(row(1, cell("A1", value, 1)), looks=[(code, 0)]), shown)
    assert (found["status"], found["accepted"]) == ("verbatim", True)


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        ('#,##0.00 "EUR"', 1234.5, "1234.5"),
        ("d. mmm", 47913, "2031-03-06"),
        ("0.0,,", 12000000, "12000000"),
        ('"not "0', 4, "4"),
        ("[h]:mm", 1.50001, "36:00"),
        ('[h] "hours"', 1.5, "36:00:00"),
        ("[h]:ss", 1.5, "36:00"),
        ("[h]:mm", -0.5, "-0.5"),
        ("[>5]0;0.0", 4, "4"),
        ("# ?/?", 0.5, "0.5"),
        ("General", 0.12345678901234, "0.12345678901234"),
        *((number, 45000, "45000") for number in (5, 11, 12, 41, 44, 48, 60, 170)),
        *((number, -45000, "-45000") for number in (37, 38, 39, 40)),
        *((number, 47913, "2031-03-06") for number in (14, 31, 45, 57, 71)),
    ],
)
def test_a_format_that_is_not_known_needs_a_person(locate, code, value, kept):
    content = book(row(1, cell("A1", value, 1)), looks=[(code, 0)])
    found = locate(content, kept, code=1)
    assert found["status"] == "verbatim"
    assert kinds(found) == {"unsure"}


WHITE = '<font><color rgb="FFFFFFFF"/></font><font><strike/></font>'
HIDDEN = {
    "row": book(row(1, cell("A1", "x")), row(2, cell("A2", "never told"), more='hidden="1"')),
    "row without height": book(row(1, cell("A1", "never told"), more='ht="0" customHeight="1"')),
    "column": book(row(1, cell("E1", "never told"))),
    "sheet": book(row(1, cell("A1", "never told")), state="veryHidden"),
    "white": book(row(1, cell("A1", "never told", 1)), looks=[("General", 1)], fonts=WHITE),
    "format": book(row(1, cell("A1", "never told", 1)), looks=[(";;;", 0)]),
    "covered": book(
        row(1, cell("A1", "x"), cell("B1", "never told")),
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    ),
    "condition": book(
        row(1, cell("A1", "never told")),
        conditional='<dxf><font><color rgb="FFFFFFFF"/></font></dxf>',
        after='<conditionalFormatting sqref="A1:A9"><cfRule dxfId="0"/></conditionalFormatting>',
    ),
    "paper": book(
        row(1, cell("A1", "x")),
        after="<headerFooter><oddHeader>&amp;Lnever told</oddHeader></headerFooter>",
    ),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_seen_is_found_and_needs_a_person(locate, how):
    found = locate(HIDDEN[how], "never told", code=1)
    assert found["status"] == "verbatim"
    assert kinds(found) == {"hidden"}


def test_struck_out_words_and_other_doubts(locate):
    looks = [("General", 2)]
    struck = book(row(1, cell("A1", "never told", 1)), looks=looks, fonts=WHITE)
    assert kinds(locate(struck, "never told", code=1)) == {"deleted"}
    anew = book(row(1, cell("A1", 47913, formula="TODAY()")))
    assert kinds(locate(anew, "47913", code=1)) == {"unsure"}
    narrow = book(
        row(1, cell("A1", 123456)), before='<cols><col min="1" max="1" width="3"/></cols>'
    )
    assert kinds(locate(narrow, "123456", code=1)) == {"unsure"}
    words = book(row(1, cell("A1", "sold", 1)), looks=[('"not "@', 0)])
    assert kinds(locate(words, "sold", code=1)) == {"unsure"}


@pytest.mark.parametrize(
    ("look", "kind"), [("<strike/>", "deleted"), ('<color rgb="FFFFFFFF"/>', "hidden")]
)
def test_a_part_of_a_text_may_look_otherwise(locate, look, kind):
    runs = f"<is><r><t>They </t></r><r><rPr>{look}</rPr><t>never knew</t></r></is>"
    content = book(row(1, f'<c r="A1" t="inlineStr">{runs}</c>'))
    assert kinds(locate(content, "They never knew", code=1)) == {kind}


def test_raised_digits_of_a_text(locate):
    runs = "<r><t>They paid 10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>"
    content = book(row(1, f'<c r="A1" t="inlineStr"><is>{runs}<r><t> in all</t></r></is></c>'))
    assert locate(content, "They paid 10² in all")["status"] == "verbatim"


def test_a_passage_over_a_hidden_column_needs_a_person(locate):
    content = book(row(1, cell("A1", "They"), cell("E1", "never"), cell("F1", "knew")))
    assert kinds(locate(content, "They knew", code=1)) == {"hidden"}
    assert locate(content, "They never knew", code=1)["status"] != "normalised"


def test_comments_are_told_as_such(locate):
    comments = f'<comments xmlns="{SHEETS}"><commentList><comment ref="A1"><text><r><t>They knew'
    comments += "</t></r></text></comment></commentList></comments>"
    beside = ([("comments", "../comments1.xml")], {"xl/comments1.xml": comments})
    found = locate(book(row(1, cell("A1", "x")), beside=beside), "They knew")
    assert [one["detail"] for one in found["marks"]] == ["Bids!A1", "comment"]


def test_a_formula_without_its_value_leaves_open_what_stands_there(person):
    person.file("book.xlsx", book(row(1, cell("A1", "x"), cell("B1", "", formula="A2"))))
    said = person.run("locate", "book.xlsx", "--text", "words that nobody wrote", code=3)
    assert "formulas whose values the file doesn't keep" in said.output


def test_days_may_be_counted_from_1904(locate):
    since = book(
        row(1, cell("A1", 1, 1)),
        looks=[("yyyy-mm-dd", 0)],
        more='<workbookPr date1904="1"/>',
    )
    assert locate(since, "1904-01-02")["accepted"]


def test_names_that_differ_are_told(case):
    case.file("book.docx", book(row(1, cell("A1", "x"))))
    added = case.id("add", "artifact", "book.docx")
    assert "name-differs: .docx" in case.out("show", added)


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>', "document type"),
        ("<worksheet>" + "<a>" * 6000, "nested"),
        ("<worksheet>" + " " * (60 << 20), "expands to more than"),
        ("<worksheet", "no well-formed XML"),
    ],
)
def test_hostile_workbooks_are_refused(person, sheet, says):
    content = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{SHEETS}"><sheets><sheet name="a" id="r"/>'
            "</sheets></workbook>",
            "_rels/.rels": '<Relationships><Relationship Type="/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r" Type="/worksheet" '
            'Target="s.xml"/></Relationships>',
            "xl/s.xml": sheet,
        }
    )
    person.file("book.xlsx", content)
    assert says in person.run("locate", "book.xlsx", "--text", "x", code=3).output


def test_a_workbook_without_its_sheets_is_told_by_its_name(case):
    with ZipFile(BytesIO(book())) as whole:
        there = [name for name in whole.namelist() if "sheets" not in name]
        case.file("bids.xlsx", packed({name: whole.read(name) for name in there}))
    told = case.run("quote", "bids.xlsx", "We never bid", code=None)
    assert told.exit_code != 0
    assert "bids.xlsx: This is not a readable workbook" in told.stderr
    assert "Bids" in told.stderr
    assert "incoming" not in told.stderr
    assert "scan" not in told.stderr


def test_an_empty_workbook_is_no_scan_and_is_told_by_its_name(case):
    case.file("bids.xlsx", book())
    told = case.run("quote", "bids.xlsx", "We never bid", code=None).stderr
    assert "bids.xlsx was read as" in told
    assert "incoming" not in told
    assert "scan" not in told
    case.run("add", "artifact", "bids.xlsx")
    again = case.run("quote", "bids.xlsx", "We never bid", code=None).stderr
    assert "bids.xlsx was read as" in again
    assert str(case.home) not in again
