"""What a claim rests on: which links count, directly and through other claims."""

from itertools import pairwise

import pytest

from evidence_chain.graph import Status, Structure
from graph_builder import QUOTE, Log


@pytest.fixture
def log():
    """A log with one claim, which is entry 0."""
    log = Log()
    log.add("claim")
    return log


# Status and counts


@pytest.mark.parametrize(
    ("supports", "contradicts", "status"),
    [
        (0, 0, Status.UNSUPPORTED),
        (1, 0, Status.SUPPORTED),
        (3, 0, Status.SUPPORTED),
        (0, 1, Status.CONTRADICTED),
        (0, 2, Status.CONTRADICTED),
        (1, 1, Status.CONTESTED),
        (3, 1, Status.CONTESTED),
    ],
)
@pytest.mark.parametrize("qualifies", [0, 2])
def test_status(log, supports, contradicts, qualifies, status):
    for relation, number in (
        ("supports", supports),
        ("contradicts", contradicts),
        ("qualifies", qualifies),
    ):
        for _ in range(number):
            log.quote(speaks=relation)
    assert log.structure() == Structure(
        status, supports, contradicts, qualifies, origins=supports, documents=supports
    )


def test_links_to_other_claims_do_not_count(log):
    other = log.add("claim")
    log.quote(claim=other)
    log.quote(speaks="contradicts", claim=other)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)


def test_links_are_listed_in_the_order_of_the_log(log):
    quotes = [log.quote() for _ in range(3)]
    assert [link.from_ for link in log.graph.links_to(0, "supports")] == quotes
    assert log.graph.links_to(0, "contradicts") == []
    (link,) = log.graph.links_from(quotes[1], "supports")
    assert link.to == 0


# What no longer counts


def retract(log, index):
    log.retract(index)


def replace(log, index):
    old = log.nodes.get(index)
    new = log.add(old.kind if old else "link", old.artifact if old else None)
    log.link(new, "replaces", index)


@pytest.mark.parametrize("end", [retract, replace])
@pytest.mark.parametrize("relation", ["supports", "contradicts", "qualifies"])
@pytest.mark.parametrize("what", ["link", "record", "file"])
def test_what_was_ended_does_not_count(log, end, relation, what):
    quote = log.quote(speaks=relation)
    (link,) = log.links
    assert log.graph.counts(link)
    assert getattr(log.structure(), relation) == 1
    ended = {"link": link.index, "record": quote, "file": log.nodes[quote].artifact}[what]
    end(log, ended)
    assert log.graph.ended(ended)
    assert log.graph.is_live(quote) == (what == "link")
    assert not log.graph.counts(link)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    assert log.graph.links_to(0, relation) == [link], "it is still shown"


def test_ended_contradiction_no_longer_contests(log):
    log.quote()
    contradiction = log.quote(speaks="contradicts")
    log.retract(contradiction)
    assert log.structure().status is Status.SUPPORTED


def test_a_replacement_that_was_retracted_replaces_nothing(log):
    quote = log.quote()
    new = log.add(QUOTE, log.nodes[quote].artifact)
    link = log.link(new, "replaces", quote)
    log.retract(link)
    assert log.graph.replaced == {}
    assert log.structure().supports == 1


def test_a_replacement_counts_only_by_its_own_links(log):
    quote = log.quote()
    new = log.add(QUOTE, log.nodes[quote].artifact)
    log.link(new, "replaces", quote)
    log.link(new, "supports", 0)
    assert log.graph.replaced == {quote: new}
    assert log.structure() == Structure(Status.SUPPORTED, 1, 0, 0, 1, 1)


# Support through claims


def test_a_claim_supports_through_its_own_support(log):
    middle, far = log.add("claim"), log.add("claim")
    log.link(middle, "supports", 0)
    log.link(far, "supports", middle)
    quotes = {log.quote(claim=far), log.quote(claim=far), log.quote(claim=middle)}
    assert log.graph.support(0) == quotes
    assert log.structure() == Structure(Status.SUPPORTED, 1, 0, 0, origins=3, documents=3)


def test_a_claim_that_nothing_supports_is_no_support(log):
    middle, far = log.add("claim"), log.add("claim")
    links = [log.link(middle, "supports", 0), log.link(far, "supports", middle)]
    assert not any(map(log.graph.counts, log.links))
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    assert [link.index for link in log.links] == links


def test_a_claim_that_is_only_contradicted_is_no_support(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(speaks="contradicts", claim=middle)
    assert log.structure().status is Status.UNSUPPORTED


def test_a_claim_whose_support_was_retracted_is_no_support(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    quote = log.quote(claim=middle)
    assert log.structure().supports == 1
    log.retract(quote)
    assert log.structure().supports == 0


@pytest.mark.parametrize("end", [retract, replace])
def test_a_claim_that_was_ended_is_no_support(log, end):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(claim=middle)
    end(log, middle)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)


def test_a_contradiction_is_never_discounted_for_want_of_support(log):
    log.quote()
    other = log.add("claim")
    log.link(other, "contradicts", 0)
    assert log.structure().status is Status.CONTESTED
    assert log.structure().contradicts == 1


def test_a_qualification_is_never_discounted_for_want_of_support(log):
    log.link(log.add("claim"), "qualifies", 0)
    assert log.structure().qualifies == 1


def test_contradictions_do_not_travel(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(claim=middle)
    log.quote(speaks="contradicts", claim=middle)
    assert log.structure().status is Status.SUPPORTED
    assert log.structure(middle).status is Status.CONTESTED


def test_one_record_by_two_ways_is_one_origin(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    quote = log.quote(claim=middle)
    log.link(quote, "supports", 0)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=1, documents=1)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_claims_in_a_circle_support_nothing(log, length):
    circle = [0, *(log.add("claim") for _ in range(length - 1))]
    for from_, to in zip(circle, circle[1:] + circle[:1], strict=True):
        log.link(from_, "supports", to)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    quote = log.quote(claim=circle[-1])
    assert all(log.graph.support(claim) == {quote} for claim in circle)
    assert log.structure().origins == 1


def test_a_long_chain_of_claims(log):
    claims = [0, *(log.add("claim") for _ in range(5000))]
    for to, from_ in pairwise(claims):
        log.link(from_, "supports", to)
    quote = log.quote(claim=claims[-1])
    assert log.graph.support(0) == {quote}
