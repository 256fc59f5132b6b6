"""The tables of docs/edition.md against what the code has."""

import re
from pathlib import Path

import pytest

from evidence_chain.amending import NEVER
from evidence_chain.digest import sha256
from evidence_chain.edition import bag, description, layout, line
from evidence_chain.edition import note as notes
from evidence_chain.edition.checking.asked import EDITION_CHECKS
from evidence_chain.edition.place import FILES
from evidence_chain.entry import _OPEN_KEYS
from evidence_chain.values import ACTIONS
from evidence_db.store.tables.edition_tables import FORMAT

DOCS = Path(__file__).parents[2] / "docs"
PAGE, WIRE = ((DOCS / name).read_text() for name in ("edition.md", "format.md"))


def section(page, title):
    _, heading, rest = page.partition(f" {title}\n")
    assert heading, f"there is no heading {title!r}"
    return re.split(r"^##+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text):
    found = [row.strip("| ").split(" | ") for row in text.splitlines() if row.startswith("| ")]
    return [row for row in found if not set(row[0]) <= set("-")]


def code(text):
    return re.findall(r"`([^`]+)`", text)


def anchors(page):
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_sections_and_links():
    headings = re.findall(r"^## (\d+)\. ", PAGE, re.MULTILINE)
    assert headings == [str(number) for number in range(1, 12)]
    pages = {path.name: path.read_text() for path in DOCS.glob("*.md")}
    linked = re.findall(r"\]\(#([^)]+)\)", PAGE)
    assert set(linked) <= anchors(PAGE)
    for text in pages.values():
        for name, anchor in re.findall(r"\]\((edition|format)\.md#([^)]+)\)", text):
            assert anchor in anchors(pages[f"{name}.md"]), anchor


def test_the_files(editions):
    listed = [code(row[0])[0] for row in rows(section(PAGE, "1. Files")) if code(row[0])]
    patterns = [
        re.escape(name).replace("SIZE", "[0-9]+").replace("N\\.tsr", "[0-9]+\\.tsr")
        .replace("AB/ABCD…", "[0-9a-f]{2}/[0-9a-f]{64}").replace("ID", "[0-9a-f]{64}")
        .replace("…", ".+")
        for name in listed
    ]  # fmt: skip
    for edition in editions.values():
        for name in edition.files:
            assert any(re.fullmatch(pattern, name) for pattern in patterns), name
    assert set(layout.ALWAYS) <= set(listed)


def test_the_declaration_of_the_bag():
    assert bag.DECLARATION.decode().splitlines() == code(rows(section(PAGE, "1. Files"))[1][1])


def test_the_note():
    text = section(PAGE, "2. The note")
    lines = [one.strip() for one in text.splitlines() if one.startswith("    ")]
    assert lines[0] == notes.FIRST_LINE
    parts = (lines[1], int(lines[2]), bytes(32), sha256(b""), lines[5])
    made = notes.EditionNote(*parts)
    assert len(made.text().splitlines()) == len(lines) == 6
    assert notes.parse(made.text()) == made


def test_the_keys_of_the_description():
    named = [
        key for row in rows(section(PAGE, "3. What it says of itself")) for key in code(row[0])
    ]
    assert sorted(named) == sorted(description.KEYS)
    told = code(section(PAGE, "3. What it says of itself"))
    assert set(description.OUTCOMES) <= set(told)
    assert all(f'"{name}"' in " ".join(told) for name in description.COUNTS)


def test_the_tables():
    text = section(PAGE, "5. The database")
    stated = [one.strip() for one in text.splitlines() if one.startswith("    CREATE")]
    assert stated == list(FORMAT.values())


def test_the_checks_and_their_steps():
    listed = {
        check: int(row[0])
        for row in rows(section(PAGE, "9. What a checker does"))
        if row[0].isdigit() and len(code(row[1]))
        for check in code(row[1])
    }
    assert listed == {check: step for check, (step, _) in EDITION_CHECKS.items()}


@pytest.mark.parametrize(
    ("title", "limit"),
    [
        ("1. Files", f"at most {layout.LONGEST} bytes"),
        ("9. What a checker does", f"{notes.LARGEST >> 10} KiB for a note"),
        ("9. What a checker does", f"{bag.LARGEST >> 20} MiB for a tag file"),
        ("9. What a checker does", f"{line.LARGEST >> 20} MiB for a line of the log"),
        ("9. What a checker does", f"{line.DEEPEST} levels"),
        ("9. What a checker does", f"{FILES:,} files"),
    ],
)
def test_the_limits(title, limit):
    assert limit in " ".join(section(PAGE, title).split())


def test_the_kinds_of_the_wire_format():
    opened = {
        code(row[0])[0]: {name for name in code(row[1]) if name not in ("approved", "rejected")}
        for row in rows(section(WIRE, "Kinds"))
        if len(row) == 3 and code(row[0])
    }
    assert opened.pop("evidence/NAME") == set()
    assert opened == {kind: set(keys) for kind, keys in _OPEN_KEYS.items()}
    assert set(ACTIONS) <= set(code(section(WIRE, "Kinds")))


def test_the_fields_that_no_amendment_changes():
    rule = section(WIRE, "Rules of the log").partition("An `amendment`")[2].partition("\n9.")[0]
    listed = code(rule.partition("none of")[2].partition(".")[0])
    assert set(listed) == NEVER
