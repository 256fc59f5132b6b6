"""Tables of quotes and folders of documents, and lists as tables."""

import csv
import io

import pytest

from evidence_db.recording.importing.csv_file import TEMPLATE, columns

HEAD = "file,text,speaker,date,supports,why\n"


@pytest.fixture
def desk(case):
    case.file("letter.txt", "We knew of the doors, said Bo. We have three of them.\n")
    case.run("claim", "mill-knew", "The mill knew")
    return case


def brought(person, content, *words, name="quotes.csv", code=0):
    person.file(name, content)
    return person.run("import", name, *words, code=code)


def rows(person, *words):
    return list(csv.DictReader(io.StringIO(person.out("list", *words, "--csv"))))


ROW = "letter.txt,We knew of the doors,Bo,2031,mill-knew,He says so\n"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + ROW,
        "\ufeff" + HEAD + ROW,
        (HEAD + ROW).replace(",", ";"),
        (HEAD + ROW).replace(",", "\t"),
        (HEAD + ROW).replace("\n", "\r\n"),
        ("\ufeff" + HEAD + ROW).encode("utf-16-le"),
        (HEAD + ROW).replace("date", "Date ").replace("why", "WHY"),
    ],
    ids=["commas", "bom", "semicolons", "tabs", "crlf", "utf-16", "capitals"],
)
def test_a_row_is_a_quote_with_its_document_and_its_claim(desk, content):
    brought(desk, content)
    (quote,) = desk.json("list", "quote")
    (link,) = desk.json("list", "link")
    assert (quote["fields"]["speaker"], quote["fields"]["date"]) == ("Bo", "2031")
    assert (link["from"], link["relation"]) == (quote["id"], "supports")
    assert link["fields"]["note"] == "He says so"
    before = desk.json("log")["size"]
    brought(desk, content)
    assert desk.json("log")["size"] == before


def test_rows_make_claims_and_name_documents_of_the_case(desk):
    desk.run("add", "artifact", "letter.txt", "--title", "Letter")
    brought(
        desk,
        "document,text,kind,statement,slug,contradicts,title,file\n"
        "Letter,We have three,letter,,,three-doors; mill-knew,,\n"
        ",,,It has three doors,three-doors,,,\n"
        ",,,It has a gate,,,,\n"
        ",We knew,,,,,The letter again,letter.txt\n",
    )
    assert {one["fields"]["slug"] for one in desk.json("list", "claim")} == {
        *("mill-knew", "three-doors", "it-has-a-gate")
    }
    assert len(desk.json("list", "link")) == 2
    assert len(desk.json("list", "letter")) == len(desk.json("list", "quote")) == 1


@pytest.mark.parametrize(
    ("content", "says", "code"),
    [
        ("", "is empty", 2),
        ("words\nx\n", "no column called text", 2),
        ("text,text,file\nx,y,z\n", "two columns of one name", 2),
        (b"text,file\n\xe9t\xe9,letter.txt\n", "CSV UTF-8", 2),
        ('text,file\n"x\n', "is no CSV", 2),
        ("text,file\nWe knew, of the doors,letter.txt\n", "Row 2 of quotes.csv has 3 cells", 2),
        ("text,file,document\nWe knew,letter.txt,x\n", "both a file and a document", 2),
        ("file,text,date\nletter.txt,,2031\n", "neither a text nor a statement", 2),
        (HEAD + ROW + "letter.txt,We knew not,,,,\n", "row 3: The passage does not stand", 1),
        (HEAD + "letter.txt,We knew,,,no-claim,\n", "row 2: No item of the file is called", 2),
        ("file,text,title\nletter.txt,We,A\nletter.txt,We have,B\n", "further up 'A'", 2),
        ("file,text\n../x.txt,We\n", "The document ../x.txt of row 2", 2),
        ("file,text\nletter.txt,We knew\ngone.txt,We\ngone.txt,I\n", "gone.txt of row 3: ", 2),
    ],
)
def test_what_is_wrong_with_a_table_is_told_and_nothing_recorded(desk, content, says, code):
    before = desk.json("log")["size"]
    result = brought(desk, content, code=code)
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert desk.json("log")["size"] == before


def test_columns_that_nothing_reads_are_told(desk):
    told = brought(desk, "file,text,colour\nletter.txt,We knew,red\n").stderr
    assert "Not kept, because no field stands for it: colour." in told
    wrong = brought(desk, "file,text,claim\nletter.txt,We knew not,mill-knew\n", code=1).stderr
    assert "Nothing reads what is called claim." in wrong


def test_a_table_without_rows_is_not_called_recorded_already(desk):
    assert "Nothing is listed in it" in brought(desk, HEAD).stdout
    assert "Nothing is listed in it" in brought(desk, HEAD + ",,,,,\n").stdout


def test_a_template_can_be_filled_in(desk):
    head = desk.out("import", "--template")
    assert head.strip().split(",") == list(TEMPLATE)
    assert set(TEMPLATE) <= set(columns()) == set(desk.json("import", "--template")["columns"])
    row = ["letter.txt", "", "We knew", *[""] * (len(TEMPLATE) - 3)]
    brought(desk, head + ",".join(row) + "\n")
    assert len(desk.json("list", "quote")) == 1
    assert "--template" in desk.run("import", code=2).stderr


def test_a_folder_is_preserved_without_what_is_no_document(desk):
    for name in ("a.txt", "within/b.txt", "Thumbs.db", ".hidden", ".git/config"):
        desk.file(f"folder/{name}", name)
    (desk.home / "folder" / "link").symlink_to("/etc/hostname")
    result = desk.run("import", "folder")
    assert "Left out: .git, .hidden, Thumbs.db, link." in result.stderr
    assert {one["fields"]["filename"] for one in desk.json("list", "artifact")} == {
        *("a.txt", "b.txt")
    }
    (desk.home / "nothing").mkdir()
    assert "no file that could be preserved" in desk.run("import", "nothing", code=2).stderr


def test_a_list_has_dates_sizes_and_passages_and_leaves_links_out(desk):
    brought(desk, HEAD + ROW)
    told = desk.out("list")
    assert "letter.txt  (54 bytes, 1 passage)" in told
    assert "We knew of the doors  (Bo, 2031)" in told
    assert "1 link not shown: evidence list link" in told
    assert "supports" not in told
    assert "supports" in desk.out("list", "link")


def test_a_table_of_records_runs_nothing_in_a_spreadsheet_or_terminal(desk):
    desk.file("evil.txt", '=HYPERLINK("http://mill.example")\nand \x1b[31mred')
    desk.run("quote", "evil.txt", '=HYPERLINK("http://mill.example")')
    desk.run("add", "artifact", "evil.txt")
    brought(desk, HEAD + ROW)
    every = rows(desk)
    assert {one["kind"] for one in every} >= {"artifact", "link", "claim", "evidence/quote"}
    assert not [cell for one in every for cell in one.values() if cell.startswith("=")]
    (quote,) = [one for one in rows(desk, "quote") if one["speaker"] == "Bo"]
    assert (quote["text"], quote["counts"]) == ("We knew of the doors", "yes")
    desk.run("amend", "evil.txt", "--title", "red \x1b[31m\nrow", "--reason", "x", code=None)
    assert "\x1b" not in desk.out("list", "--csv")


def test_a_workbook_is_to_be_saved_as_a_table(desk):
    told = brought(desk, b"PK\x03\x04\x14\x00\xbd\xff", name="quotes.xlsx", code=2).stderr
    assert "quotes.xlsx is neither a table" in told
    assert "save its sheet as CSV" in told
    assert "codec" not in told


def test_what_differs_is_not_sent_to_an_option_that_import_has_not(desk):
    told = brought(desk, HEAD + ROW.replace("of the doors", "of two doors"), code=1).stderr
    assert "1 thing in the file is wrong" in told
    assert "record it with that status by `evidence quote … --as-altered`" in told
    assert "status: --as-altered" not in told


def test_one_is_told_as_one(desk):
    told = brought(desk, HEAD + ROW).stdout
    assert "1 document recorded" in told
    assert "1 link recorded" in told
