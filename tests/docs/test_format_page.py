"""The tables of docs/format.md and docs/threats.md against what the code has."""

import re
from pathlib import Path

import pytest

from evidence_chain import kinds
from evidence_chain.canonical import MAX_DEPTH
from evidence_chain.edition.checking.asked import EDITION_CHECKS
from evidence_chain.entry import MAX_ENTRY, MAX_VALUE, RELATIONS
from evidence_chain.extract import SIGN_OFF, MarkKind
from evidence_chain.extract.extractors import own_extractors
from evidence_chain.graph import Status
from evidence_chain.kinds.evidence import CONTEXT, PASSAGE
from evidence_chain.log.note import MAX_NOTE, MAX_SIGNATURES
from evidence_chain.text import Status as Match
from evidence_chain.verify.report import CHECKS

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs"
FORMAT = (DOCS / "format.md").read_text()
THREATS = (DOCS / "threats.md").read_text()


def section(title):
    """The text of a section or sub-section of the format."""
    _, heading, rest = FORMAT.partition(f" {title}\n")
    assert heading, f"there is no heading {title!r}"
    return re.split(r"^##+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def table(text):
    """The cells of each row of the tables in `text`, without their headings."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if not set(row[0]) <= set("-")]


def code(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_the_sections():
    headings = re.findall(r"^## (\d)\. (.+)$", FORMAT, re.MULTILINE)
    assert [number for number, _ in headings] == list("12345678")


def test_links_within_the_pages():
    anchors = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", FORMAT, re.MULTILINE)
    }
    linked = re.findall(r"\]\(#([^)]+)\)", FORMAT)
    linked += re.findall(r"\]\(format\.md#([^)]+)\)", THREATS)
    assert linked
    assert set(linked) <= anchors


def test_the_kinds_and_their_fields():
    _, *listed = (row for row in table(section("Kinds")) if len(row) == 2)
    rows = {code(row[0])[0]: code(row[1]) for row in listed}
    passage, context = ([field.name for field in part] for part in (PASSAGE, CONTEXT))
    assert rows.pop("evidence/…") == passage + context
    for kind in kinds.evidence_kinds().values():
        own = [field.name for field in kind.own]
        assert rows.pop(kind.name) == own[len(passage) : len(own) - len(context)]
    others = (kinds.ARTIFACT, kinds.ORIGINAL, kinds.CLAIM, kinds.LINK, kinds.RETRACTION)
    for kind in (*others, kinds.ERASURE, kinds.AMENDMENT, kinds.CUSTODY, kinds.CASE):
        assert rows.pop(kind.name) == [field.name for field in kind.own]
    assert not rows


def test_the_relations():
    assert [name for row in table(section("Relations")) for name in code(row[0])] == [*RELATIONS]


def test_the_marks():
    listed = {
        code(row[0])[0]: row[2] for row in table(section("Marks and regions")) if code(row[0])
    }
    assert list(listed) == [*MarkKind]
    assert {kind for kind, sign_off in listed.items() if sign_off == "yes"} == SIGN_OFF


def test_the_extractors():
    named = {name for row in table(section("Extractors of this version")) for name in code(row[1])}
    assert named == {extractor.NAME for extractor in own_extractors().values()}


def test_the_statuses():
    assert [name for row in table(section("Statuses")) for name in code(row[0])] == [*Match]
    assert set(Status) <= set(code(section("What bears on a claim")))


def test_the_checks():
    rows = table(section("8. What a verifier does"))
    listed = {check: int(row[0]) for row in rows for check in code(row[1])}
    assert listed == {check: step for check, (step, _) in CHECKS.items()}


def test_the_contexts():
    sealed = section("3. Sealed fields")
    assert '"evidence-chain 2026-11-21 v1 field salts"' in sealed
    assert '"evidence-chain 2026-11-21 v1 field commitment"' in sealed


@pytest.mark.parametrize(
    ("title", "limit"),
    [
        ("1. Canonical JSON", f"at most {MAX_DEPTH} levels"),
        ("3. Sealed fields", f"{MAX_VALUE:,} bytes"),
        ("4. Entries", f"at most {MAX_ENTRY:,} bytes"),
        ("Signed notes", f"more than {MAX_NOTE:,} bytes"),
        ("Signed notes", f"more than {MAX_SIGNATURES};"),
    ],
)
def test_the_limits(title, limit):
    assert limit in " ".join(section(title).split())


SHOWN = [68, 69, 72, 97]
"""The rows on what is shown as checked."""
ARCHIVES = [73, 74, 75]
"""The rows on web archives."""
CAPTURES = [95]
"""The rows on pages that a browser got."""
CLUSTERS = [98]
"""The row on clusters."""
PDFS = range(80, 85)
"""The rows on what the pages of a PDF show."""
EDITIONS = [54, 55, 56, 57, 59, 65, 66]
"""The rows on editions that this version covers."""
TRUST = (67, 70, 71)
REVIEWS = (60, 61, 62)
STAMPS = (63, 64)
LEAKS = (58,)
LATER = range(90, 95)
"""The threats of the log that came later."""


def test_the_threats():
    rows = [row for row in table(THREATS) if row[0].isdigit()]
    others = (
        *EDITIONS,
        *REVIEWS,
        *STAMPS,
        *LEAKS,
        *LATER,
        *TRUST,
        *SHOWN,
        *ARCHIVES,
        *PDFS,
        *CAPTURES,
        *CLUSTERS,
    )
    expected = sorted([*range(1, 54), *others])
    assert sorted(int(row[0]) for row in rows) == expected
    for number, _, noticed, now in rows:
        assert re.fullmatch(r"yes|later|never|partly(: .+)?", now), number
        assert (now == "never") == (50 < int(number) < 54)
        if now == "yes":
            assert noticed != "–", number


def test_the_threats_name_checks_that_there_are():
    named = {name for row in table(THREATS) for name in code(row[2])}
    others = {*Match, *MarkKind, "ambiguous", "short", "--seen", "null", "warnings", "l="}
    others |= {
        "verify --rendered",
        "verify --resume",
        "evidence check",
        "publish",
        "edition.json",
        "default-src 'none'",
    }
    others |= {"publish --preview", "more", "leaks", "--tsa"}
    others |= {"verify.html", "verify", "check", "resolve", "--allowed-signers", "--tsa-root"}
    others |= {"evidence inspect", "inspected", "--clean"}
    others |= {"local:N", ".eml", "--rendered", "not-seen", "--policy", "evidence cosign"}
    assert named - others <= CHECKS.keys() | EDITION_CHECKS.keys() | {"artifacts/"}


def test_each_threat_of_reviews_is_mounted():
    mounted = (TESTS / "threats/log/records/test_reviews.py").read_text()
    assert all(f"def test_row_{number}_" in mounted for number in REVIEWS)


def test_each_threat_of_editions_is_mounted():
    mounted = "".join(path.read_text() for path in (TESTS / "threats" / "editions").rglob("*.py"))
    assert all(f"def test_row_{number}_" in mounted for number in EDITIONS)
