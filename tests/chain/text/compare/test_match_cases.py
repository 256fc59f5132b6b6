"""The quotes of the surveillance case, each with the verdict that it must get."""

import json

import pytest

from evidence_chain.text import STANDS, check_match, check_slices, make_selectors, match

CASES = "cases/surveillance"


@pytest.fixture
def cases(shared):
    return json.loads((shared(CASES) / "quotes.json").read_text())["cases"]


@pytest.fixture
def read(shared):
    return lambda name: (shared(CASES) / "documents" / name).read_bytes().decode()


def trimmed(stream, span):
    start, end = span
    while not stream[start].isalnum():
        start += 1
    while not stream[end - 1].isalnum():
        end -= 1
    return [start, end]


def test_every_quote_gets_its_verdict(cases, read):
    assert len(cases) == 64
    for case in cases:
        stream = read(case["source_file"])
        found = match(case["quote_as_typed"], stream)
        assert found.status == case["expected_status"], case["id"]
        assert found.accepted == case["expected_accept"], case["id"]
        assert set(case["expected_flags"]) <= set(found.notes), case["id"]
        assert case["expected_occurrences"] in (None, found.occurrences), case["id"]
        if case["expected_start"] is not None:
            span = found.fragments[0][0], found.fragments[-1][1]
            places = [[case["expected_start"], case["expected_end"]], *case["also_spans"]]
            assert trimmed(stream, span) in places, case["id"]


def test_every_difference_is_of_its_kind(cases, read):
    for case in cases:
        found = match(case["quote_as_typed"], read(case["source_file"]))
        if case["expected_kind"]:
            assert found.kinds == [case["expected_kind"]], case["id"]


def test_a_difference_is_shown_exactly(cases, read):
    for case in cases:
        stream = read(case["source_file"])
        found = match(case["quote_as_typed"], stream)
        if found.difference:
            typed, there = shown(found.difference)
            assert typed == case["quote_as_typed"].strip(), case["id"]
            assert there in stream, case["id"]


def shown(difference):
    return (
        "".join(step.typed + step.typed_gap for step in difference),
        "".join(step.found + step.found_gap for step in difference),
    )


def test_every_verdict_is_given_again_from_its_selectors(cases, read):
    for case in cases:
        stream = read(case["source_file"])
        found = match(case["quote_as_typed"], stream)
        selectors = make_selectors(stream, found.fragments)
        check_slices(selectors, stream)
        check_match(case["quote_as_typed"], stream, selectors, found.status)


def test_every_passage_of_the_case_is_found_where_it_is_said_to_stand(shared, read):
    case = json.loads((shared(CASES) / "case.json").read_text())
    files = {document["key"]: document["file"] for document in case["documents"]}
    for evidence in case["evidence"]:
        stream = read(files[evidence["document"]].removeprefix("documents/"))
        span = evidence["start"], evidence["end"]
        found = match(evidence["text"], stream, near=span)
        assert found.status == "verbatim", evidence["key"]
        assert found.fragments == [span]
        negated = "did not" in stream[span[0] - 10 : span[0]]
        assert ("negation-before" in found.notes) == negated, evidence["key"]
        assert found.accepted != negated, evidence["key"]


MARKS = ("...", "…", "[")


def mutations(text):
    """The text with each word in turn dropped, swapped with the next, or replaced.

    Not beside an ellipsis or a bracket, where a word may well be left out.
    """
    words = text.split()
    for at in range(1, len(words) - 2):
        before, one, two, after = words[:at], words[at], words[at + 1], words[at + 2 :]
        if any(mark in word for mark in MARKS for word in words[at - 1 : at + 3]):
            continue
        swapped = [[two, one]] * (at % 2)
        for changed in ([two], ["otherwise", two], *swapped):
            yield " ".join([*before, *changed, *after])


def test_no_mutation_of_a_passage_is_the_same(shared, read, cases):
    case = json.loads((shared(CASES) / "case.json").read_text())
    files = {document["key"]: document["file"] for document in case["documents"]}
    passages = [
        (each["text"], read(files[each["document"]].removeprefix("documents/")))
        for each in case["evidence"]
    ]
    passages += [
        (each["quote_as_typed"], read(each["source_file"]))
        for each in cases
        if each["expected_status"] in STANDS and each["category"] != "very-long"
    ]
    tried = 0
    for text, stream in passages:
        squeezed = " ".join(stream.split())
        for mutated in mutations(text):
            if mutated in squeezed or mutated == " ".join(text.split()):
                continue
            assert match(mutated, stream).status not in STANDS, mutated
            tried += 1
    assert tried > 1500
