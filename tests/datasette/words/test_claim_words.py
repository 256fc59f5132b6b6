"""A claim in words: what bears on it, what was checked of it, and what to mind."""

import pytest
from resolved import RETRACTED, Made, integrity, resolved

from evidence_chain.graph import Status
from evidence_datasette.graph.outcomes import findings, standings
from evidence_datasette.words.badges import status_means
from evidence_datasette.words.claim_words import (
    comparison,
    integrity_words,
    pictures,
    signatures,
    structure_words,
)
from evidence_datasette.words.mark_words import cautions, marks
from evidence_datasette.words.not_looked_up import not_looked_up


@pytest.mark.parametrize(
    ("relations", "status", "said"),
    [
        (
            ["supports"] * 5 + ["contradicts"] * 2,
            "contested",
            "Contested: five records from one origin support it; two records contradict it. "
            "All five are seen through one preserved document.",
        ),
        (
            ["contradicts", "qualifies"],
            "contradicted",
            "Contradicted: one record contradicts it; one record qualifies it. "
            "Nothing that counts supports it.",
        ),
        (
            ["qualifies"] * 2,
            "unsupported",
            "Unsupported: two records qualify it. "
            "Nothing that counts supports it, or contradicts it.",
        ),
        ([], "unsupported", "Unsupported: nothing that counts speaks to it."),
        (
            ["supports"] * 2,
            "supported",
            "Supported: two records from one origin support it. "
            "Both are seen through one preserved document.",
        ),
        (
            ["supports"] * 1300,
            "supported",
            "Supported: 1,300 records from one origin support it. "
            "The support is seen through one preserved document.",
        ),
    ],
)
def test_the_structure_in_words(relations, status, said):
    make = Made()
    links = [make.link(make.record(), relation) for relation in relations]
    assert structure_words(resolved(links, status)) == said


def test_what_stands_in_a_withheld_file_is_seen_through_none():
    """It is its own root, since nobody can tell from what it comes: no origin that isn't held."""
    make = Made()
    hidden = make.record(match=None, compared=False)
    hidden |= {"document": None, "roots": [hidden | {"held": False}]}
    links = [make.link(make.record()), make.link(make.record()), make.link(hidden)]
    assert structure_words(resolved(links, origins_withheld=1)) == (
        "Supported: three records from one origin support it. "
        "Two of them are seen through one preserved document. "
        "The origin of one supporting record is withheld or erased, and not counted."
    )
    said = structure_words(resolved(links[1:], origins_withheld=1))
    assert "One of them is seen through one preserved document." in said


def test_a_link_that_does_not_count_is_in_no_number():
    make = Made()
    links = [make.link(make.record()), make.link(make.record(), counts=False, ended=RETRACTED)]
    assert "one record from one origin supports it" in structure_words(resolved(links))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((195, 0, 0), "All 195 checks hold."),
        ((188, 2, 0), "2 checks failed, 188 hold."),
        ((1, 1, 3), "1 check failed, 1 hold. 3 could not be made."),
        ((10, 0, 5), "5 of 15 checks could not be made; none of the others failed."),
    ],
)
def test_the_integrity_in_words(counts, said):
    named = dict(zip(("holds", "failed", "not-checked"), counts, strict=True))
    assert integrity_words({"counts": named}) == said


def test_every_finding_is_told_once_and_the_failed_first():
    make = Made()
    file = make.file(integrity=integrity("failed", "changed"))
    links = [make.link(make.record(file)) for _ in range(3)]
    whole = integrity("failed", "changed")
    whole["findings"].append({"check": "signature", "outcome": "not-checked", "detail": "unknown"})
    found = findings(resolved(links, integrity=whole))
    assert [(one["detail"], one["card"]) for one in found] == [
        ("changed", links[0]["index"]),
        ("unknown", None),
    ]


def test_a_file_that_was_retracted_is_told_at_its_passage():
    make = Made()
    link = make.link(make.record(make.file(ended=RETRACTED)), counts=False)
    assert [one.words for one in standings(link)] == ["file retracted"]


@pytest.mark.parametrize("value", [None, "text", 3, [], [1, "x", None], {"a": 1}])
def test_fields_of_another_shape_do_no_harm(value):
    record = Made().record(fields=dict.fromkeys(("marks", "dkim", "regions", "page"), value))
    record["match"] = {"status": value, "notes": value}
    assert pictures(record) == signatures(record) == []
    assert isinstance(marks(record), list)
    assert isinstance(cautions(record), list)


def test_only_a_digest_is_the_address_of_a_picture():
    regions = [{"crop": "ab" * 32, "page": 2}, {"crop": "../../key"}, {"crop": "AB" * 32}]
    assert pictures(Made().record(fields={"regions": regions})) == [regions[0]]


def test_marks_are_told_in_words():
    fields = {"marks": [{"kind": "hidden", "detail": "white on white"}], "page": "4"}
    told = marks(Made().record(fields=fields))
    assert told == [("page", "4"), ("not seen by a reader", "white on white")]


def test_labels_of_marks_end_in_their_value():
    marked = [{"kind": "ocr", "detail": ""}, {"kind": "revisions", "detail": "2"}]
    assert marks(Made().record(fields={"marks": marked})) == [
        ("read off a picture by", "tesseract"),
        ("changed after it was made:", "2 revisions"),
    ]


def test_silence_is_no_verbatim_passage_and_a_request_has_no_signature():
    silence = Made().record(kind="evidence/no-response")
    assert "to which nothing came back" in comparison(silence)
    assert signatures(Made().record(kind="evidence/request-email")) == []


def test_each_status_is_explained_where_it_stands():
    for status in Status:
        assert status_means(status).startswith(("Records that count", "No record that counts"))


def test_passages_whose_words_nobody_looked_up_are_told_with_the_reason():
    make = Made()
    gone = integrity("not-checked", "It is missing.")
    links = [
        make.link(make.record()),
        make.link(make.record(compared=False)),
        make.link(make.record(file=make.file(integrity=gone, absent=None), compared=False)),
        make.link(make.record(file=make.file(absent="Lent to us"), compared=False)),
        make.link(make.record(document=None, compared=False)),
        make.link(make.record(match={"status": "unverifiable", "notes": []}, compared=False)),
        make.link(make.record(text=None, compared=False)),
        make.claim([]),
    ]
    told = not_looked_up(resolved(links))
    found = [(why, [link["index"] for link in there]) for why, there in told.items()]
    by = [links[number]["index"] for number in (4, 3, 2, 5, 1)]
    assert [there for _, there in found] == [[index] for index in by]
    assert ["withheld" in found[0][0], "left out" in found[1][0], "not intact" in found[2][0]] == [
        True
    ] * 3
