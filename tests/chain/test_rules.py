"""The rules of the log: which records may name which, and no circle of support."""

from itertools import product

import pytest

from evidence_chain.entry import RELATIONS, Entry
from evidence_chain.errors import RuleError
from evidence_chain.rules import SPEAKS, Place, check_link, check_references, find_cycle

EVIDENCE = ["evidence/quote", "evidence/response-email"]
NOTICES = ["retraction", "erasure", "review"]
KINDS = ["artifact", "original", "claim", "link", *NOTICES, *EVIDENCE]
FITTING = {
    **{relation: {*product([*EVIDENCE, "claim"], ["claim"])} for relation in SPEAKS},
    "derives-from": {*product(["artifact", *EVIDENCE], ["artifact", "original"])},
    "preserves": {("artifact", "original")},
    "translates": {*product(EVIDENCE, EVIDENCE)},
    "answers": {*product(EVIDENCE, EVIDENCE)},
    "replaces": {(kind, kind) for kind in KINDS},
}
"""The table of section 4, pair by pair."""

LOG = {
    kind: Place(index, kind)
    for index, kind in enumerate(["artifact", "original", "claim", "evidence/quote", "link"])
}
"""A log in which each record has its kind for an id."""
NEXT = len(LOG)


def problems(entry, artifact=None, index=NEXT):
    return list(check_references(index, entry, artifact, LOG.get))


def link(from_, relation, to):
    return Entry("link", {"from": from_, "relation": relation, "to": to}, {})


def notice(kind, to, **open_):
    return Entry(kind, {"to": to, **open_}, {})


# Which records a link may join


def test_the_table_has_every_relation():
    assert FITTING.keys() == set(RELATIONS)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("from_", KINDS)
@pytest.mark.parametrize("to", KINDS)
def test_every_relation_with_every_pair_of_kinds(relation, from_, to):
    if (from_, to) in FITTING[relation]:
        check_link(relation, from_, to)
    else:
        with pytest.raises(RuleError, match=f"'{relation}' goes from .* not from {from_} to {to}"):
            check_link(relation, from_, to)


@pytest.mark.parametrize("kind", ["evidence", "evidence/", "evidence/Quote", "Claim", ""])
@pytest.mark.parametrize("relation", SPEAKS)
def test_what_is_no_kind_speaks_to_nothing(relation, kind):
    with pytest.raises(RuleError):
        check_link(relation, kind, "claim")


# What an entry names


def test_links_and_notices_that_keep_the_rules():
    assert problems(link("evidence/quote", "supports", "claim")) == []
    assert problems(link("artifact", "derives-from", "original")) == []
    assert problems(notice("review", "claim", verdict="approved")) == []
    assert problems(Entry("evidence/quote", {}, {}), artifact="artifact") == []
    assert problems(Entry("evidence/quote", {}, {})) == []
    for kind in LOG:
        assert problems(notice("retraction", kind)) == []
        assert problems(notice("erasure", kind)) == []


@pytest.mark.parametrize("relation", RELATIONS)
def test_row_28_dangling_links(relation):
    assert problems(link("gone", relation, "claim")) == [
        "`from` names an id that is not in the log."
    ]
    assert problems(link("claim", relation, "gone")) == ["`to` names an id that is not in the log."]
    assert len(problems(link("gone", relation, "gone too"))) == 2


@pytest.mark.parametrize("kind", NOTICES)
def test_row_28_dangling_notices(kind):
    assert problems(notice(kind, "gone")) == ["`to` names an id that is not in the log."]


def test_row_28_a_dangling_passage():
    assert problems(Entry("evidence/quote", {}, {}), artifact="gone") == [
        "`artifact` names an id that is not in the log."
    ]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_row_28_forward_links(index):
    found = problems(link("evidence/quote", "supports", "claim"), index=index)
    assert found == [
        f"`from` names entry 3, which is not earlier than entry {index}.",
        f"`to` names entry 2, which is not earlier than entry {index}.",
    ]


def test_row_28_a_link_that_stands_where_its_end_does():
    found = problems(link("evidence/quote", "supports", "claim"), index=3)
    assert found == ["`from` names entry 3, which is not earlier than entry 3."]


def test_row_28_forward_notices_and_passages():
    assert problems(notice("retraction", "claim"), index=2) == [
        "`to` names entry 2, which is not earlier than entry 2."
    ]
    assert problems(Entry("evidence/quote", {}, {}), artifact="artifact", index=0) == [
        "`artifact` names entry 0, which is not earlier than entry 0."
    ]


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        *(("claim", relation) for relation in (*SPEAKS, "replaces")),
        *(("evidence/quote", relation) for relation in ("translates", "answers", "replaces")),
        *(("artifact", relation) for relation in ("derives-from", "replaces")),
    ],
)
def test_row_28_a_link_from_a_record_to_itself(kind, relation):
    (problem,) = problems(link(kind, relation, kind))
    assert "to itself" in problem


@pytest.mark.parametrize("kind", sorted(LOG.keys() - {"artifact"}))
def test_row_28_a_passage_of_what_is_no_file(kind):
    assert problems(Entry("evidence/quote", {}, {}), artifact=kind) == [
        f"`artifact` names a record of kind {kind}."
    ]


@pytest.mark.parametrize("kind", sorted(LOG.keys() - {"claim", "evidence/quote"}))
def test_row_28_a_review_of_what_nobody_reviews(kind):
    assert problems(notice("review", kind, verdict="rejected")) == [
        f"A review is of a claim or of evidence, not of a record of kind {kind}."
    ]


@pytest.mark.parametrize("kind", sorted(LOG.keys() - {"artifact", "original", "evidence/quote"}))
def test_row_28_an_amendment_of_what_nothing_describes(kind):
    (problem,) = problems(notice("amendment", kind))
    assert problem.endswith(f"not of a record of kind {kind}.")


def test_row_28_a_link_of_the_wrong_kinds():
    (problem,) = problems(link("artifact", "supports", "claim"))
    assert problem == (
        "A link 'supports' goes from evidence or a claim to a claim, not from artifact to claim."
    )


def test_every_problem_is_named():
    found = problems(link("claim", "preserves", "artifact"), index=0)
    assert len(found) == 3
    assert "A link 'preserves' goes from a preserved file to an original" in found[2]


# Circles of support


def test_no_edges_make_no_circle():
    assert find_cycle([]) is None


def test_the_same_edge_twice_makes_no_circle():
    assert find_cycle([(0, 1), (0, 1)]) is None


@pytest.mark.parametrize("length", [1, 2, 50_000])
def test_circles_of_any_length(length):
    chain = [(index, index + 1) for index in range(length - 1)]
    assert find_cycle(chain) is None
    assert find_cycle([*chain, (length - 1, 0)]) == list(range(length))


def test_a_circle_apart_from_where_the_search_begins():
    assert sorted(find_cycle([(0, 1), (5, 6), (6, 7), (7, 5), (1, 2)])) == [5, 6, 7]
