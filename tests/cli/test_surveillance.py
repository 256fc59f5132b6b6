"""A real case, with real articles, resolves to what it must."""

import json

import pytest

from editions import DAY


@pytest.fixture
def real(case, shared):
    path = shared("cases/surveillance/case.json")
    case.run("import", path)
    return case, json.loads(path.read_text())


def test_every_claim_resolves_to_the_expected_numbers(real):
    case, content = real
    for slug, expected in content["expected"].items():
        resolved = case.json("resolve", slug)
        assert {name: resolved[name] for name in expected} == expected


def test_a_claim_is_found_by_its_words(real):
    case, _ = real
    assert case.json("resolve", "Hikvision knew")["claim"]["slug"] == "hikvision-knew"


def test_verify_holds_after_a_checkpoint(real):
    case, _ = real
    assert case.json("verify", code=3)["outcome"] == "not-checked"
    case.run("checkpoint")
    report = case.json("verify", "--all-digests")
    assert report["outcome"] == "holds"
    assert report["counts"]["failed"] == report["counts"]["not-checked"] == 0


def test_a_second_import_adds_nothing(real, shared):
    case, _ = real
    before = case.json("log")["size"]
    again = case.json("import", shared("cases/surveillance/case.json"))
    assert not any(again["added"].values())
    assert case.json("log")["size"] == before


def test_each_passage_stands_where_the_case_file_says(real):
    case, content = real
    spans = {(one["text"], one["start"], one["end"]) for one in content["evidence"]}
    found = set()
    for kind in ("quote", "tender-clause", "response-email", "letter"):
        for record in case.json("list", kind):
            (position,) = (s for s in record["fields"]["selector"] if "start" in s)
            found.add((record["fields"]["text"], position["start"], position["end"]))
    assert found == spans


def test_fields_of_the_case_file_are_kept(real):
    case, content = real
    expected = {one["text"]: one for one in content["evidence"]}
    for record in case.json("list", "quote"):
        fields = record["fields"]
        one = expected[fields["text"]]
        assert fields["role"] == one["role"]
        assert fields["flags"] == one["flags"]
        assert fields["note"] == (one["note"] or None)
        assert fields["speaker"] == one["speaker"]


REVIEWED = [
    *("--override", "contradictions", "--because", "The articles say how they were answered"),
    *("--override", "passages", "--because", "Read beside what stands before and after them"),
]


def test_editions_of_it_hold(real, tmp_path):
    """Whole, and of one claim alone, which withholds the rest."""
    case, _ = real
    case.run("checkpoint")
    for number, claims in ((1, ()), (2, ("--claim", "hikvision-knew"))):
        words = (*claims, *REVIEWED, "--made", DAY.format(number))
        said = case.json("publish", tmp_path / str(number), *words)
        report = case.json("check", tmp_path / str(number), "--key", said["key"])
        assert report["outcome"] == "holds"
        assert said["counts"]["withheld"] == report["counted"].get("records that are withheld", 0)
        assert bool(claims) == bool(said["counts"]["withheld"])
    case.run("check", tmp_path / "2", "--key", said["key"], "--seen", tmp_path / "1")
