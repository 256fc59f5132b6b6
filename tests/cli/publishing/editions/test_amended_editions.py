"""Corrections and the title of the case in what is published."""

import json

import pytest

BY_MISTAKE = ("--reason", "Misheard")
SPEAKER = "The harbour mistress"
DOCUMENTS = ("minutes", "tender", "article", "release")
HIDDEN = (
    'withhold_everywhere = ["recorded_by", "speaker"]\nwithhold_reason = "They asked for it."\n'
)


@pytest.fixture
def case(invented):
    """A case with two corrections of one passage, the second of which was taken back."""
    never = invented.ids["never"]
    invented.ids["first"] = invented.id("amend", never, "--speaker", SPEAKER, *BY_MISTAKE)
    second = invented.id("amend", never, "--date", "2031-05-04", *BY_MISTAKE)
    invented.run("retract", second, "--reason", "It was the 3rd")
    invented.run("checkpoint")
    return invented


def published(case, *words):
    edition = case.home / "edition"
    case.run("publish", edition, "--override", "contradictions", "--because", "Tested", *words)
    checked = case.json("check", edition, "--key", case.vkey)
    assert checked["outcome"] == "holds"
    lines = (edition / "data" / "log.jsonl").read_text().splitlines()
    return edition, {json.loads(one["entry"])["kind"]: one for one in map(json.loads, lines)}, lines


def read(case, edition, *words):
    return case.json(*words, "--case", edition)


def test_a_reader_sees_what_was_corrected_and_what_was_there(case):
    edition, _, _ = published(case)
    shown = read(case, edition, "show", case.ids["never"])
    assert shown["fields"]["speaker"] == SPEAKER
    assert shown["fields"]["date"] == "2031-05-03"
    assert shown["amended"]["speaker"]["was"] == "The harbour master"
    assert shown["amended"]["speaker"]["by"] is None, "recorded_by is withheld"
    assert [one["ended"] for one in shown["amendments"]] == [False, True]
    said = case.run("resolve", "board-knew", "--case", edition).stdout
    assert "somebody whose name is withheld" in " ".join(said.split())


def test_what_is_withheld_in_a_record_is_withheld_in_its_corrections(case):
    (case.root / "policy.toml").write_text(HIDDEN.replace('"speaker"', '"selector", "speaker"'))
    edition, _, lines = published(case, *(f"--despite={case.ids[name]}" for name in DOCUMENTS))
    assert SPEAKER not in "".join(lines)
    shown = read(case, edition, "show", case.ids["never"])
    assert "speaker" not in shown["fields"]
    first, second = shown["amendments"]
    assert (first["changes"], second["changes"]) == (None, {"date": "2031-05-04"})
    assert (
        "withholds what it corrects"
        in case.run("show", case.ids["never"], "--case", edition).stdout
    )


def test_claims_are_published_with_the_corrections_of_what_they_rest_on_alone(case):
    other = case.id("amend", case.ids["clause"], "--authority", "Port", *BY_MISTAKE)
    case.run("checkpoint")
    edition, _, _ = published(case, "--claim", "board-knew")
    assert read(case, edition, "show", case.ids["never"])["fields"]["speaker"] == SPEAKER
    assert read(case, edition, "show", other)["fields"] == {}
    assert read(case, edition, "show", case.ids["clause"])["fields"] == {}


def test_an_edition_is_called_as_its_log_says(case):
    edition, kinds, _ = published(case)
    assert kinds["case"]["body"]["title"] == "Harbour"
    said = json.loads((edition / "data" / "edition.json").read_text())
    assert said["title"] == "Harbour"


def test_a_title_that_is_withheld_is_told_nowhere(case):
    hidden = HIDDEN.replace('"speaker"', '"reason", "title"')
    (case.root / "policy.toml").write_text(hidden)
    edition, kinds, _ = published(case)
    assert "title" not in kinds["case"]["body"]
    said = json.loads((edition / "data" / "edition.json").read_text())
    assert said["title"] is None
    for path in (edition / "data").rglob("*"):
        assert path.is_dir() or b'"Harbour"' not in path.read_bytes(), path
