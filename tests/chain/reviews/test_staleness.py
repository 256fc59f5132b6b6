"""What makes a review stale, and what doesn't."""

import pytest

from evidence_chain.errors import FormatError
from evidence_chain.reviews import Chains, Entry, counting

CLAIM = Entry("claim")
FILE = Entry("artifact")


def quote(artifact=None):
    return Entry("evidence/quote", artifact=artifact)


def link(from_, to, relation="supports"):
    return Entry("link", to, from_, relation)


def review(to, verdict="approved"):
    return Entry("review", to, verdict=verdict)


# 0 file, 1 original, 2 earlier file, 3 quote of 0, 4 claim, 5 supporting claim, 6 quote,
# 7 unrelated file, 8 unrelated claim, 9 translation of 6
RECORDS = [
    *(FILE, Entry("original"), FILE, quote(0), CLAIM, CLAIM, quote(), FILE, CLAIM, quote(7)),
    link(3, 5),  # 10
    link(5, 4),  # 11
    link(6, 4, "contradicts"),  # 12
    link(0, 2, "derives-from"),  # 13
    link(2, 1, "preserves"),  # 14
    link(9, 6, "translates"),  # 15
    link(8, 4, "replaces"),  # 16
    link(5, 8, "qualifies"),  # 17
]
SIZE = len(RECORDS)
REVIEWED = [*RECORDS, review(4)]
"""18 is a review of claim 4."""
CHAIN = {0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15}


def stale_by(*later, reviewed=REVIEWED, index=SIZE):
    return Chains([*reviewed, *later]).stale_by(index, SIZE)


def test_the_chain_of_a_claim():
    assert Chains(REVIEWED).of(4, SIZE) == CHAIN


def test_a_chain_grows_with_the_log():
    chains = Chains(REVIEWED)
    assert chains.of(4, 10) == {4}
    assert chains.of(4, 11) == {4}
    assert chains.of(4, 12) == {0, 3, 4, 5, 10, 11}
    assert chains.of(5, SIZE) == {0, 1, 2, 3, 5, 10, 13, 14}


def test_the_chain_of_evidence_is_the_record_and_its_file():
    assert Chains(REVIEWED).of(3, SIZE) == {0, 3}
    assert Chains(REVIEWED).of(6, SIZE) == {6}


def test_a_review_is_not_stale_of_itself():
    assert stale_by() == []
    assert stale_by(reviewed=[*RECORDS, review(4, "rejected")]) == []


@pytest.mark.parametrize("member", sorted(CHAIN))
@pytest.mark.parametrize("kind", ["retraction", "amendment", "erasure"])
def test_stale_by_a_retraction_an_amendment_or_an_erasure_in_the_chain(member, kind):
    assert stale_by(Entry(kind, member)) == [19]


@pytest.mark.parametrize("member", [0, 1, 2, 3, 4, 5, 6, 7, 9])
@pytest.mark.parametrize("relation", ["supports", "contradicts", "derives-from", "replaces"])
def test_stale_by_a_link_to_a_record_of_the_chain(member, relation):
    assert stale_by(link(8, member, relation)) == [19]


def test_row_60_a_contradiction_linked_after_the_approval():
    assert stale_by(quote(), link(19, 4, "contradicts")) == [20]
    assert stale_by(quote(), link(19, 5, "contradicts")) == [20]


def test_stale_by_a_rejection_of_a_record_of_the_chain():
    assert stale_by(review(3, "rejected")) == [19]
    assert stale_by(review(4, "rejected")) == [19]
    assert stale_by(review(3)) == stale_by(review(4)) == []


def test_stale_by_its_own_end():
    assert stale_by(Entry("retraction", 18)) == [19]
    assert stale_by(review(4), link(19, 18, "replaces")) == [20]
    assert stale_by(Entry("erasure", 18)) == []


def test_not_stale_by_what_is_elsewhere():
    elsewhere = [quote(0), link(19, 8), Entry("retraction", 8), Entry("retraction", 16)]
    assert stale_by(*elsewhere, Entry("custody"), link(4, 8), review(8, "rejected")) == []


def test_not_stale_by_what_its_reviewer_saw():
    seen = [*RECORDS, Entry("retraction", 3), review(4)]
    assert Chains(seen).stale_by(19, 19) == []
    assert Chains(seen).stale_by(19, SIZE) == [18]


def test_everything_that_makes_it_stale_is_told_in_order():
    later = [Entry("retraction", 12), link(7, 0, "derives-from"), Entry("retraction", 18)]
    assert stale_by(*later) == [19, 20, 21]


def test_a_review_of_evidence_is_about_its_passage_alone():
    reviewed = [*RECORDS, review(3)]
    assert (
        stale_by(link(3, 8), Entry("retraction", 10), Entry("retraction", 2), reviewed=reviewed)
        == []
    )
    assert stale_by(Entry("retraction", 0), Entry("amendment", 3), reviewed=reviewed) == [19, 20]


def test_what_is_no_review_is_not_asked_about():
    with pytest.raises(FormatError, match="no review"):
        Chains(REVIEWED).stale_by(4, SIZE)


def test_links_in_a_circle_end():
    circle = [CLAIM, CLAIM, link(0, 1), link(1, 0), review(0)]
    assert Chains(circle).of(0, 4) == {0, 1, 2, 3}


def test_of_several_reviews_by_one_reviewer_the_last_counts():
    assert counting([(7, 1, "t"), (3, 1, "t"), (5, 1, "j"), (6, 2, "t")]) == {5, 6, 7}


def test_reviews_of_withheld_reviewers_each_count():
    assert counting([(3, 1, None), (4, 1, None), (5, 1, "t")]) == {3, 4, 5}
