"""Passages are found by who says them."""

import pytest

SAID = {
    "Ada Lind": "The lantern burnt at the quay.",
    "Bo Lind": "No lantern was lit.",
    "港湾局": "The quay was empty.",
}


@pytest.fixture
def spoken(case):
    case.file("log.txt", "\n".join(SAID.values()))
    asked = {name: ("quote", "log.txt", text, "-s", name) for name, text in SAID.items()}
    return case, {name: case.json(*words)["id"] for name, words in asked.items()}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lind", {"Ada Lind", "Bo Lind"}),
        ("ADA", {"Ada Lind"}),
        ("lind lantern quay", {"Ada Lind"}),
        ("bo quay", set()),
        ("li*", {"Ada Lind", "Bo Lind"}),
        ("in", set()),
        ("港湾局", {"港湾局"}),
        ("港湾局 quay", {"港湾局"}),
        ("ada 港", set()),
    ],
)
def test_speakers_are_found(spoken, words, found):
    case, ids = spoken
    said = [one["id"] for one in case.json("search", *words.split())]
    assert set(said) & set(ids.values()) == {ids[name] for name in found}


def test_a_speaker_that_was_amended_is_found_by_both_names(spoken):
    case, ids = spoken
    id_ = ids["Bo Lind"]
    case.run("amend", id_, "--speaker", "Cleo Marsh", "--reason", "Misheard")
    for name in ("cleo marsh", "bo lind"):
        assert id_ in [one["id"] for one in case.json("search", *name.split())]
    assert len(case.json("search", "lind", "--limit", "1")) == 1
