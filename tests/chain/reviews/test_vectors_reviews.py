"""Reviews of an edition that others made."""

import json
from dataclasses import replace

import pytest

from evidence_chain.digest import b3
from evidence_chain.errors import ProofError
from evidence_chain.reviews import (
    AllowedSigners,
    Chains,
    Entry,
    Review,
    Signed,
    check_signature,
)


@pytest.fixture
def example(shared):
    lines = (shared("edition-example") / "data/log.jsonl").read_text().splitlines()
    log = [json.loads(line) for line in lines]
    index = {b3(line["entry"].encode()).hex(): at for at, line in enumerate(log)}.get
    entries, reviews = [], {}
    for at, line in enumerate(log):
        entry, body = json.loads(line["entry"]), line.get("body", {})
        of = entry["open"]
        ends = index(of.get("to")), index(of.get("from")), of.get("relation"), of.get("verdict")
        entries.append(Entry(entry["kind"], *ends, index(body.get("artifact"))))
        if entry["kind"] == "review":
            names = "reviewer", "note", "size", "root", "recorded_at", "signature"
            fields = {name: body[name] for name in names}
            reviews[at] = Review(to=of["to"], verdict=of["verdict"], **fields)
    return Chains(entries), reviews


def test_reviews_of_the_example(example, shared):
    chains, reviews = example
    told = json.loads(shared("edition-example.json").read_text())
    signers = AllowedSigners.parse("\n".join(told["allowed_signers"]))
    assert {review["idx"] for review in told["expected"]["reviews"]} == reviews.keys()
    for expected in told["expected"]["reviews"]:
        review = reviews[expected["idx"]]
        signed = Signed.UNSIGNED if expected["signed"] is None else Signed.GOOD
        assert check_signature(review, signers) == signed
        assert chains.stale_by(expected["idx"], review.size) == expected["stale_by"]


def test_the_signed_review_of_the_example_moved(example, shared):
    _, reviews = example
    told = json.loads(shared("edition-example.json").read_text())
    signers = AllowedSigners.parse("\n".join(told["allowed_signers"]))
    review = next(review for review in reviews.values() if review.signature)
    for other in ({"size": 21}, {"verdict": "rejected"}, {"reviewer": "other@quellbote.example"}):
        with pytest.raises(ProofError):
            check_signature(replace(review, **other), signers)
