"""Custody: hand-overs, verifications and editions are events of the log, and sealed like all."""

import json

import pytest

from evidence_chain import kinds
from evidence_db.case import Case
from evidence_db.recording.writer import Writer

TO = ("--to", "Quay Laboratory", "--what", "The minutes, for their paper to be dated.")


def handed(case, *names, words=TO):
    return case.json("handover", *words, *(case.ids.get(name, name) for name in names))


def test_a_hand_over_is_sealed_and_shown(invented):
    made = handed(invented, "minutes", "board-knew")
    assert made["action"] == "transferred"
    log = invented.json("log")["entries"][-1]
    assert (log["kind"], log["action"], log["actor"]) == ("custody", "transferred", "tester")
    with Case.open(invented.root).reader() as reader:
        entry = json.loads(reader.row(made["index"]).entry)
    assert entry["open"] == {}
    assert {"actor", "action", "subjects", "note"} < entry["sealed"].keys()
    assert "Quay" not in json.dumps(entry)
    (event,) = invented.json("show", invented.ids["minutes"])["custody"]
    assert event["note"] == "to Quay Laboratory: The minutes, for their paper to be dated."
    said = " ".join(invented.run("show", invented.ids["minutes"]).stdout.split())
    assert "custody: transferred by tester on" in said
    assert "to Quay Laboratory" in said


def test_a_passage_shows_what_became_of_its_file_and_others_dont(invented):
    handed(invented, "minutes")
    assert len(invented.json("show", invented.ids["twice"])["custody"]) == 1
    assert invented.json("show", invented.ids["tender"])["custody"] == []


def test_what_came_from_somebody_was_received(invented):
    words = ("--from", "A clerk", "--what", "A copy on paper", "--as", "Ida Brandt")
    made = handed(invented, "tender", words=words)
    assert (made["action"], made["actor"]) == ("received", "Ida Brandt")
    assert made["note"] == "from A clerk: A copy on paper"


@pytest.mark.parametrize(
    "words",
    [
        ("--what", "It"),
        ("--to", "A", "--from", "B", "--what", "It"),
        ("--to", " ", "--what", "It"),
        ("--to", "A", "--what", " " * 3, "--as", " "),
        ("--to", "A", "--what", "x" * 20_000),
    ],
)
def test_one_that_says_nothing_is_refused(invented, words):
    size = invented.json("log")["size"]
    assert invented.run("handover", invented.ids["minutes"], *words, code=2)
    assert invented.json("log")["size"] == size


def test_one_of_nothing_is_refused(invented):
    assert "called" in invented.run("handover", *TO, "nothing", code=2).stderr
    assert invented.run("handover", *TO, code=2)


@pytest.mark.parametrize("subjects", [["0" * 64], ["x"], [7]])
def test_subjects_are_earlier_entries(invented, subjects):
    values = {"actor": "A", "action": "examined", "subjects": subjects, "note": "It"}
    with pytest.raises(Exception, match="subjects"), Writer(Case.open(invented.root), "A") as log:
        log.add(kinds.CUSTODY, values)


def test_one_that_was_wrong_is_retracted_and_stays(invented):
    made = handed(invented, "minutes")
    invented.run("retract", made["id"], "--reason", "It was another file", "--yes")
    (event,) = invented.json("show", invented.ids["minutes"])["custody"]
    assert event["ended"] is True
    assert "(retracted)" in " ".join(invented.run("show", invented.ids["minutes"]).stdout.split())


def test_a_verification_is_recorded_where_it_is_asked_for(invented):
    size = invented.json("log")["size"]
    invented.run("verify")
    assert invented.json("log")["size"] == size
    made = invented.json("verify", "--record")["custody"]
    event = invented.json("show", made[0])["fields"]
    assert (event["action"], event["subjects"]) == ("verified", [])
    assert event["note"].startswith("holds: ")
    assert f"The log of {size} entries, root " in event["note"]
    assert "evidence checkpoint" in invented.run("verify", "--record", code=3).stdout


def test_one_that_does_not_hold_is_not_called_verified(invented):
    invented.json("verify", "--record")
    uncovered = invented.json("verify", "--record", code=3)["custody"]
    event = invented.json("show", uncovered[0])["fields"]
    assert event["action"] == "examined"
    assert event["note"].startswith("not-checked: ")
    artifact = invented.json("show", invented.ids["minutes"])
    with open(artifact["path"], "r+b") as file:
        file.write(b"?")
    failed = invented.json("verify", "board-knew", "--record", code=1)["custody"]
    event = invented.json("show", failed[0])["fields"]
    assert event["action"] == "examined"
    assert event["note"].startswith("failed: ")
    assert len(event["subjects"]) == 1


def test_what_is_erased_leaves_its_custody_which_is_told(invented):
    event = handed(invented, "minutes")
    words = ("erase", invented.ids["minutes"], "--with-passages", "--reason", "An order", "--yes")
    told = invented.run(*words)
    assert "through whose hands this went" in " ".join((told.stdout + told.stderr).split())
    assert invented.json("show", event["id"])["fields"]["action"] == "transferred"


def test_an_event_can_be_erased_itself(invented):
    event = handed(invented, "minutes")
    invented.run("erase", event["id"], "--reason", "It named a source", "--yes")
    assert invented.json("show", invented.ids["minutes"])["custody"] == []
    assert b"Quay Laboratory" not in invented.database.read_bytes()
    invented.run("checkpoint")
    assert invented.json("verify")["outcome"] == "holds"
