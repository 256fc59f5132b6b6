"""Rows 27, 28 and 71: the right key signs another log, whatever is in it; a report answers."""

import base64
import json

import pytest

from editions import line_of
from evidence_chain.edition.checking.attested import reviews
from evidence_chain.log.merkle import Subtrees, leaf_hash

FOREIGN = (7, True, "x", "0" * 63 + "g", "../../x", [], [1], [[]], {}, {"a": [1]}, [{"crop": "/x"}])
"""Values that hardly a field may have."""


@pytest.fixture
def lines(edition):
    return edition.read("data/log.jsonl").splitlines()


def link(from_, to):
    return line_of("link", {"note": None}, {"from": from_, "to": to, "relation": "supports"})


def claim(slug):
    return line_of("claim", {"slug": slug, "note": None})


def test_what_the_attacks_start_from_holds_but_for_its_rows(edition, lines):
    assert edition.relog(lines).failed == {"proof"}
    assert edition.relog([*lines, line_of("original", {"title": "A letter"})[0]]).failed == {
        *("proof", "database")
    }


def test_row_28_an_entry_that_names_a_later_one(edition, lines):
    (one, first), (other, second) = claim("one"), claim("other")
    found = edition.relog([*lines, one, link(first, second)[0], other])
    assert "rules" in found.failed
    assert "`to` names entry 30, which is not earlier than entry 29" in found.details


def test_row_28_an_entry_that_names_none(edition, lines):
    found = edition.relog([*lines, link("0" * 64, "1" * 64)[0]])
    assert "names an id that is not in the log" in found.details


def test_row_28_a_circle_of_support(edition, lines):
    claims = [claim(slug) for slug in "abc"]
    ids = [id_ for _, id_ in claims]
    links = [link(ids[n], ids[(n + 1) % 3])[0] for n in range(3)]
    found = edition.relog([*lines, *(line for line, _ in claims), *links])
    assert "Support goes in a circle" in found.details


def test_row_27_the_same_entry_twice(edition, lines):
    found = edition.relog([*lines, lines[3]])
    assert "rules" in found.failed
    assert "Its id is that of an earlier entry" in found.details


def test_row_71_values_of_foreign_types(edition, lines):
    """Of every field that a checker reads, in records of their own: refused, and never a crash."""
    passage = next(
        body
        for body in (json.loads(line).get("body", {}) for line in lines)
        if body.get("extracted") and body.get("selector")
    )
    del passage["recorded_at"]
    read = ("artifact", "extracted", "extractor", "match", "regions", "selector", "text")
    more = [
        line_of("evidence/quote", {**passage, name: value})[0] for name in read for value in FOREIGN
    ]
    for kind in ("artifact", "case", "claim", "custody"):
        names = (
            json.loads(json.loads(line_of(kind, {})[0])["entry"])["sealed"].keys() | FIELDS[kind]
        )
        for value in FOREIGN:
            fields = dict.fromkeys(names - {"recorded_at", "recorded_by"}, value)
            more.append(line_of(kind, fields)[0])
    found = edition.relog([*lines, *more])
    assert found.code == 1
    assert {"rules", "passage"} <= found.failed
    assert edition.check(everything=True).code == 1


FIELDS = {
    "artifact": {"blake3", "sha256", "size", "media_type"},
    "case": {"title"},
    "claim": {"slug", "statement"},
    "custody": {"actor", "action", "subjects", "note"},
}


def test_row_60_more_reviews_than_can_be_followed(edition, lines, monkeypatch):
    """Whether something came after them is not checked; it is not passed over."""
    monkeypatch.setattr(reviews, "MOST", 0)
    held = [*lines, claim("reviewed")[0]]
    leaves = b"".join(leaf_hash(json.loads(line)["entry"].encode()) for line in held)
    root = base64.b64encode(Subtrees(leaves).root(len(held))).decode()
    fields = {"note": None, "size": len(held), "root": root, "signature": None}
    to = {"to": claim("reviewed")[1], "verdict": "approved"}
    made = [line_of("review", {**fields, "reviewer": name}, to)[0] for name in ("Ada", "Jo")]
    found = edition.relog([*held, *made])
    assert "review" in found.missed
    assert "too many reviews" in found.details
