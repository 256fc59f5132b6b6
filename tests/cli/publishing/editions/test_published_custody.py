"""That an edition was made is an event of the log; what editions tell of custody."""

import json

import pytest

from editions import ALL_SHOWN, DAY, Edition, publish
from evidence_db.publishing import told
from evidence_db.recording.attesting.signing import sign_checkpoint

HANDED = ("--to", "Mira Quist", "--what", "The minutes, to be dated")


def events(case):
    found = [one for one in case.json("log")["entries"] if one["kind"] == "custody"]
    return [case.json("show", one["id"])["fields"] for one in found]


def custody_in(edition):
    lines = (line for line in edition.lines if json.loads(line["entry"])["kind"] == "custody")
    return [line.get("body", {}) for line in lines]


def test_publishing_is_recorded_and_signed_after_the_edition(invented, tmp_path):
    said = invented.json("publish", tmp_path / "out", "--made", DAY.format(1), *ALL_SHOWN)
    edition = Edition(tmp_path / "out", invented.key)
    assert custody_in(edition) == []
    (event,) = events(invented)
    assert (event["action"], event["actor"]) == ("published", "tester")
    assert said["digest"] in event["note"]
    assert {*edition.said["claims"], invented.ids["minutes"]} <= set(event["subjects"])
    assert invented.json("log")["checkpoints"][-1] == said["size"] + 1
    assert invented.json("verify")["outcome"] == "holds"
    assert len(invented.json("show", invented.ids["minutes"])["custody"]) == 1


@pytest.mark.parametrize("words", [("--check-only",), ("--preview",)])
def test_nothing_is_recorded_where_nothing_is_published(invented, words):
    invented.run("publish", *words, *ALL_SHOWN)
    assert events(invented) == []


def test_a_later_edition_tells_of_the_earlier_one_and_names_nobody(invented, tmp_path):
    publish(invented, tmp_path / "one")
    invented.run("handover", invented.ids["minutes"], *HANDED)
    invented.run("checkpoint")
    second = publish(invented, tmp_path / "two", 2)
    published, handed = custody_in(second)
    assert published["action"] == "published"
    assert "actor" not in published
    assert published["subjects"]
    assert handed.keys() == {"action", "more", "recorded_at"}
    assert all(b"Mira Quist" not in second.read(name) for name in second.files)
    assert second.check().code == 0
    assert invented.json("check", second.path, "--key", invented.vkey)["outcome"] == "holds"


def test_what_the_publisher_names_is_told(invented, tmp_path):
    made = invented.id("handover", invented.ids["minutes"], *HANDED)
    invented.run("disclose", made, "--field", "note")
    invented.run("checkpoint")
    (handed,) = custody_in(publish(invented, tmp_path / "out"))
    assert handed["note"] == "to Mira Quist: The minutes, to be dated"
    assert handed.keys().isdisjoint({"actor", "subjects"})


def test_an_event_about_what_is_withheld_is_withheld(invented, tmp_path):
    """By the closure, even of an edition, which tells what it published otherwise."""
    publish(invented, tmp_path / "one")
    invented.run("withhold", invented.ids["minutes"], "--reason", "A source")
    (event,) = custody_in(publish(invented, tmp_path / "two", 2))
    assert event.keys().isdisjoint({"actor", "note", "subjects"})


def test_a_run_that_was_killed_before_it_recorded_is_made_up_for(invented, tmp_path, monkeypatch):
    monkeypatch.setattr(told, "record_custody", _killed)
    with pytest.raises(RuntimeError):
        told_by(invented, tmp_path / "one", 1)
    assert events(invented) == []
    monkeypatch.undo()
    publish(invented, tmp_path / "two", 2)
    assert [event["action"] for event in events(invented)] == ["published"] * 2
    assert [event["actor"] for event in events(invented)] == [invented.key.name, "tester"]


def test_one_that_was_killed_before_it_signed_that_is_made_up_for(invented, tmp_path, monkeypatch):
    monkeypatch.setattr(told, "sign_checkpoint", _killed)
    with pytest.raises(RuntimeError):
        told_by(invented, tmp_path / "one", 1)
    assert len(events(invented)) == 1
    monkeypatch.setattr(told, "sign_checkpoint", sign_checkpoint)
    assert len(publish(invented, tmp_path / "two", 2).lines) == 29


def test_what_each_edition_adds_to_is_told_once(invented, tmp_path):
    words = ("--text", "The board took note of the tender.", "--speaker", "tester")
    invented.id("add", "quote", "--artifact", invented.ids["minutes"], *words)
    invented.run("checkpoint")
    for day in (1, 2, 3, 4):
        told_by(invented, tmp_path / str(day), day)
    asked = invented.json("publish", "--check-only", *ALL_SHOWN)
    (actor,) = [one for one in asked["warnings"] if one["rule"] == "told-elsewhere"]
    assert actor["detail"].count("custody") == 3
    assert " and 1 more is withheld" in actor["detail"]
    last = invented.run("publish", tmp_path / "5", "--made", DAY.format(5), *ALL_SHOWN)
    said = " ".join(last.stdout.split())
    assert "recorded_by of 33 records (the first: case " in said


def told_by(case, target, day):
    case.run("publish", target, "--made", DAY.format(day), *ALL_SHOWN)


def _killed(*_):
    raise RuntimeError
