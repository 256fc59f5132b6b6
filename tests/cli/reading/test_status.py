"""What is left to do, and by which command."""

import csv
import io

import pytest

from evidence_db.publishing.gate import reviewed
from evidence_db.reading.reader import Reader
from evidence_db.tasks.task import MATTERS

PAGE = "<p>The mill has two doors.</p><p style='display:none'>And a third one.</p>"
REQUEST = (
    "From: Ada <ada@paper.example>\nTo: Mill <mill@mill.example>\n"
    "Date: Wed, 3 Feb 2021 10:00:00 +0000\nSubject: Doors\nMessage-ID: <1@paper.example>\n\n"
    "How many doors are there?\n"
)


def tasks(person, *words, code=1):
    found = person.json("status", *words, code=code)
    made = {}
    for task in found["tasks"]:
        made.setdefault(task["matter"], []).append(task)
    return made, found


@pytest.fixture
def busy(case):
    """Somebody with a case in which there is something of each matter to do."""
    case.file("page.html", PAGE)
    case.file("letter.txt", "The doors are three, and we knew of them. So said Bo.")
    case.file("unread.txt", "Nobody quotes this.")
    case.file("request.eml", REQUEST)
    for slug in ("two-doors", "they-knew", "nobody-says"):
        case.run("claim", slug, f"It is said: {slug}")
    case.ids = {
        "seen": case.json("quote", "page.html", "two doors", "--supports", "two-doors")["id"],
        "hidden": case.json("quote", "page.html", "a third one", "--qualifies", "two-doors")["id"],
        "against": case.json(
            "quote", "letter.txt", "The doors are three", "--contradicts", "two-doors"
        )["id"],
        "request": case.json("add", "request-email", "request.eml")["id"],
    }
    case.json("quote", "letter.txt", "we knew of them", "--contradicts", "they-knew")
    case.run("add", "artifact", "unread.txt")
    case.ids["original"] = case.id("add", "original", "--title", "The plan")
    return case


def test_each_matter_is_told_with_its_command(busy):
    made, found = tasks(busy)
    called = {matter: [one["called"] for one in there] for matter, there in made.items()}
    assert called["unsupported"] == ["nobody-says"]
    assert called["contested"] == ["two-doors"]
    assert called["contradicted"] == ["they-knew"]
    assert called["one-origin"] == ["two-doors"]
    assert called["passages"] == [busy.ids["hidden"][:8]]
    assert called["requests"] == [busy.ids["request"][:8]]
    assert called["originals"] == [busy.ids["original"][:8]]
    assert [one["says"] for one in made["unquoted"]] == ["unread.txt"]
    assert called["log"] == ["checkpoint"]
    assert set(called["gate"]) == {"two-doors", "they-knew"}
    assert "covered" in found["unmet"]
    assert all(one["command"].startswith("evidence ") for one in found["tasks"])
    told = busy.out("status", code=1)
    shown = [told.index(title) for matter, title in MATTERS.items() if matter in made]
    assert shown == sorted(shown)
    assert "The policy is not met: " in told


def test_what_is_done_is_no_longer_told(busy):
    busy.run("review", busy.ids["hidden"], "--approve", "--as", "Di")
    busy.run("add", "no-response", "--to", busy.ids["request"], "--until", "2021-02-04")
    busy.file("plan.txt", "The plan.")
    busy.run("add", "artifact", "plan.txt", "--preserves", busy.ids["original"])
    for slug, relation in (("two-doors", "contradicts"), ("they-knew", "contradicts")):
        for link in busy.json("show", slug)["links"]:
            if link["relation"] == relation:
                busy.run("retract", link["id"], "--reason", "Mended")
    busy.run("retract", "they-knew", "--reason", "Not so")
    busy.run("quote", "unread.txt", "Nobody quotes this", "--supports", "nobody-says")
    busy.run("checkpoint")
    made, found = tasks(busy, code=None)
    assert set(made) <= {"one-origin", "unquoted", "log", "requests"}
    assert [one["called"] for one in made["log"]] == ["time-stamp"]
    assert found["looked_at"] == {"Di": 1}
    assert "by: Di (1)" in busy.out("status", code=None)


def test_one_claim_is_asked_for_alone(busy):
    made, found = tasks(busy, "--claim", "nobody-says")
    assert set(made) == {"unsupported", "log"}
    assert found["claims"] == 1
    busy.run("checkpoint")
    tasks(busy, "--claim", "nobody-says", code=0)
    tasks(busy, "--claim", "they-knew", code=1)


def test_long_lists_are_cut_and_shown_whole_when_asked(case):
    for number in range(22):
        case.run("claim", f"claim-{number}", f"Statement {number}")
    assert "and 2 more: evidence status --all" in case.out("status", code=None)
    assert "claim-21" in case.out("status", "--all", code=None)


def test_nothing_left_is_said(case):
    case.run("checkpoint")
    made, _ = tasks(case, code=0)
    assert set(made) <= {"log"}
    assert "What the policy asks of records and claims is met." in case.out("status")


def test_what_is_known_by_id_is_named_in_the_commands(busy):
    """They can be copied: of what the gate asks, and of what else is left to do."""
    made, _ = tasks(busy)
    (asked,) = [one for one in made["gate"] if one["called"] == "they-knew"]
    (link,) = busy.json("show", "they-knew")["links"]
    assert f"evidence retract {link['id'][:8]} --reason" in asked["command"]
    assert f"evidence link {link['other'][:8]} they-knew --contradicts -m WHY" in asked["command"]


def test_what_bears_on_a_claim_is_asked_for_once(busy, monkeypatch):
    """Both by what is left to do and by the gate."""
    asked, graph = [], Reader.graph
    monkeypatch.setattr(
        Reader, "graph", lambda self, claim: asked.append(claim) or graph(self, claim)
    )
    looked, found = [], reviewed.reviews_of
    monkeypatch.setattr(
        reviewed,
        "reviews_of",
        lambda reader, these: found(reader, looked.extend(known := [*these]) or known),
    )
    tasks(busy)
    assert len(asked) == len(set(asked)) == 3
    passages = [one for one in looked if one not in asked]
    assert len(passages) == len(set(passages)) > 0


def test_a_claim_that_was_worded_anew_is_told_once_in_its_words(case):
    case.file("letter.txt", "We knew of the doors. We have three of them. Nobody asked.")
    case.run("claim", "knew", "They knew of it")
    for words in ("We knew of the doors", "We have three of them"):
        case.run("quote", "letter.txt", words, "--supports", "knew")
    case.run("claim", "above", "All of them knew")
    case.run("link", "knew", "above", "--supports")
    case.run("claim", "knew-it", "They knew of the doors")
    case.run("replace", "knew", "knew-it", "--carry-links")
    made, _ = tasks(case, code=None)
    told = {one["called"]: one for one in made["links"]}
    assert len(told) == len(made["links"])
    assert told["knew-it"]["says"] == "2 links to “They knew of the doors”"
    case.run("review", "knew-it", "--approve", "--as", "Di")
    assert "knew-it" not in {one["called"] for one in tasks(case, code=None)[0].get("links", ())}


def test_an_approval_that_something_came_after_is_told(busy):
    for one in ("two-doors", busy.ids["seen"], busy.ids["hidden"]):
        busy.run("review", one, "--approve", "--as", "Di")
    assert "reviews" not in tasks(busy)[0]
    busy.run("amend", busy.ids["seen"], "--speaker", "Bo", "--reason", "It was left out")
    busy.run("amend", busy.ids["hidden"], "--speaker", "Bo", "--reason", "It was left out")
    made, _ = tasks(busy)
    claim, seen = made["reviews"]
    assert (claim["called"], seen["called"]) == ("two-doors", busy.ids["seen"][:8])
    assert claim["says"].startswith("approved by Di; 2 entries came after: ")
    assert claim["command"] == "evidence review two-doors --approve"
    assert [one["called"] for one in made["passages"]] == [busy.ids["hidden"][:8]]


def test_a_list_marks_what_a_person_must_look_at(busy):
    words = ("quote", "letter.txt", "The doors are four, and we knew of them.", "--as-altered")
    altered = busy.json(*words)["id"]
    (line,) = [one for one in busy.out("list", "quote").splitlines() if altered[:8] in one]
    assert "[altered" in line
    rows = csv.DictReader(io.StringIO(busy.out("list", "quote", "--csv")))
    told = {one["id"]: one["sign_off"] for one in rows}
    assert told[busy.ids["hidden"]] == "hidden"
    assert told[busy.ids["seen"]] == ""
