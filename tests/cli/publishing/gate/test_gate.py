"""The gate: each rule alone keeps it shut, says what opens it, and nothing is written."""

import json
import re

import pytest

from adversary import flip
from cases import FILES
from editions import ALL_SHOWN, DAY, Edition, publish

REQUEST = b"""From: Ada Lind <ada@newsroom.example>
To: board@aldmere.example
Date: Mon, 02 Mar 2026 09:00:00 +0000
Subject: The recordings
Message-ID: <question@newsroom.example>

Did the board know of the recordings?
"""


def damage(case):
    flip(case.preserved("minutes"))


def claim(case):
    case.run("claim", "late", "Not covered by any checkpoint")


def short_and_ambiguous(case):
    made = case.id("add", "quote", "--artifact", case.ids["minutes"], "--text", "Nobody objected.")
    case.run("link", made, "board-knew", "--supports")
    case.run("checkpoint")


def ask_for_origins(case):
    (case.root / "policy.toml").write_text("origins = 2\n")


def ask_for_replies(case):
    (case.root / "policy.toml").write_text("replies = true\n")
    request = case.write("request.eml", REQUEST)
    case.ids["request"] = case.id("add", "request-email", request, "--text", "Did the board know")
    case.run("checkpoint")


def ask_for_a_review(case):
    (case.root / "policy.toml").write_text("reviews = 1\n")
    case.run("review", "board-knew", "--approve", "--as", "tester")
    for claim in ("board-was-told", "microphones-listen", "quay-is-wired"):
        case.run("review", claim, "--approve", "--as", "ida")
    case.run("checkpoint")


def review_under_a_look_alike(case):
    """By who recorded it, with a Cyrillic letter in the name."""
    ask_for_a_review(case)
    case.run("review", "board-knew", "--approve", "--as", "t\u0435ster")
    case.run("checkpoint")


def reject(case):
    case.run("review", "board-knew", "--reject", "--as", "ida", "--note", "Which board?")
    case.run("checkpoint")


SHUT = {
    "verified": (damage, "`evidence add artifact FILE`"),
    "covered": (claim, "`evidence checkpoint`"),
    "passages": (short_and_ambiguous, "--approve`; or `evidence replace "),
    "reviews": (ask_for_a_review, "has 0 (1 by who recorded what it rests on)"),
    "look-alike": (review_under_a_look_alike, "has 0 (2 by who recorded what it rests on)"),
    "rejected": (reject, "it was rejected by ida"),
    "origins": (ask_for_origins, "`evidence quote FILE … --supports "),
    "replies": (
        ask_for_replies,
        "`evidence add response-email FILE --answers ",
    ),
}


def gate(case, *words, code):
    """The rules that are not met, with what is said of each."""
    said = case.json("publish", *words, code=code)
    shut = {line["rule"]: line["detail"] for line in said["gate"] if line["outcome"] == "unmet"}
    assert said["open"] == (not shut)
    return shut


@pytest.mark.parametrize("rule", SHUT)
def test_each_rule_alone_keeps_it_shut(invented, tmp_path, rule):
    break_, command = SHUT[rule]
    break_(invented)
    shut = gate(invented, tmp_path / "out", *ALL_SHOWN, code=1)
    assert not any(".." in detail for detail in shut.values())
    rule = {"rejected": "reviews", "look-alike": "reviews"}.get(rule, rule)
    assert list(shut) == [rule]
    assert command in shut[rule]
    assert not any(tmp_path.glob("*out*"))
    assert not (invented.root / "editions.json").exists()


def test_a_contradiction_of_which_nothing_is_said(template, tmp_path):
    shut = gate(template, tmp_path / "out", code=1)
    assert list(shut) == ["contradictions"]
    (link, record), *_ = re.findall(
        r"retract ([0-9a-f]{8}) .*?link ([0-9a-f]{8}) ", shut["contradictions"]
    )
    assert link in [one["id"][:8] for one in template.json("show", record)["links"]]
    told = template.run("publish", tmp_path / "out", code=1).output
    assert "The gate is shut: 1 rule is not met" in told
    assert "contradictions" in told
    assert not (tmp_path / "out").exists()


def test_all_that_keeps_it_shut_is_told_at_once(invented, tmp_path):
    claim(invented)
    ask_for_origins(invented)
    shut = gate(invented, tmp_path / "out", code=1)
    assert set(shut) == {"covered", "origins", "contradictions"}


def test_what_opens_it_is_told_by_what_is_wrong(invented):
    """Of a missing file: to add it again, which then opens the gate."""
    minutes = invented.preserved("minutes")
    content, name = minutes.read_bytes(), invented.body("minutes")["filename"]
    minutes.unlink()
    assert (
        "`evidence add artifact FILE`"
        in gate(invented, "--check-only", *ALL_SHOWN, code=1)["verified"]
    )
    invented.run("add", "artifact", invented.write(name, content))
    assert gate(invented, "--check-only", *ALL_SHOWN, code=0) == {}


def test_the_policy_tells_what_is_asked_from_what_is_not(invented):
    def asked():
        said = invented.run("policy").output
        _, asks, rest = said.partition("What the gate asks:")
        assert asks
        return [part.split() for part in rest.partition("What it doesn't ask:")[::2]]

    asks, others = asked()
    assert {"verified", "covered", "passages", "contradictions", "inspected"} <= {*asks}
    assert {"origins", "replies", "reviews"} <= {*others}
    ask_for_origins(invented)
    asks, others = asked()
    assert "origins" in asks
    assert "origins" not in others


def test_it_can_be_asked_alone(template, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert gate(template, "--check-only", code=1)
    assert gate(template, "--check-only", *ALL_SHOWN, code=0) == {}
    assert gate(template, tmp_path / "out", "--check-only", *ALL_SHOWN, code=0) == {}
    assert "The gate is open" in template.run("publish", "--check-only", *ALL_SHOWN).output
    assert not any(tmp_path.iterdir())
    assert not (template.root / "editions.json").exists()


def test_a_rule_is_counted_once_and_a_retracted_claim_asked_for_its_passages_alone(invented):
    ask_for_origins(invented)
    (invented.root / "policy.toml").write_text("origins = 20\n")
    told = invented.run("publish", "--check-only", *ALL_SHOWN, code=1).output
    assert told.count("shut  origins (") == 4
    assert "The gate is shut: 1 rule is not met." in told
    invented.run("retract", "board-knew", "--reason", "Wrong")
    invented.run("checkpoint")
    asked = invented.json("publish", "--check-only", *ALL_SHOWN, code=1)["gate"]
    of_it = {line["rule"] for line in asked if line["subject"] == invented.ids["board-knew"]}
    assert of_it == {"passages"}


def test_other_claims_are_not_asked(template):
    assert gate(template, "--check-only", "--claim", "board-was-told", code=0) == {}


def test_a_claim_that_another_rests_on_is_published_and_asked_with_it(invented, tmp_path):
    edition = publish(invented, tmp_path / "out", words=(*ALL_SHOWN, "--claim", "board-knew"))
    below = invented.ids["board-was-told"]
    assert below in edition.said["claims"]
    assert below in {line["subject"] for line in edition.said["gate"]}
    assert edition.check().code == 0


def test_a_claim_is_published_with_its_new_wording_and_what_bears_on_that(invented, tmp_path):
    newer = invented.id("claim", "quay-has-forty", "The quay has forty microphones")
    invented.run("replace", invented.ids["quay-is-wired"], newer, "--drop-links")
    made = invented.id("link", invented.ids["never"], newer, "--contradicts")
    invented.run("checkpoint")
    assert list(gate(invented, "--check-only", "--claim", "quay-is-wired", code=1)) == [
        "contradictions"
    ]
    edition = publish(invented, tmp_path / "out", words=(*ALL_SHOWN, "--claim", "quay-is-wired"))
    assert newer in edition.said["claims"]
    shown = [line for line in edition.lines if "body" in line]
    assert invented.body("never")["text"] in {line["body"].get("text") for line in shown}
    assert edition.check().code == 0
    assert invented.json("show", made)["index"] not in {o["idx"] for o in edition.said["withheld"]}


def test_an_override_stands_in_the_edition(editions, publisher):
    said = editions["whole"].said["gate"]
    (line,) = [line for line in said if line["outcome"] == "overridden"]
    assert line["rule"] == "contradictions"
    assert line["subject"] == publisher.ids["microphones-listen"]
    assert line["detail"] == "The board was asked"
    counted = publisher.json("check", editions["whole"].path, code=3)["counted"]
    assert counted["times that the publisher overrode the rule: contradictions"] == 1


@pytest.mark.parametrize("rule", ["verified", "covered", "leaks", "no-such-rule"])
def test_rules_that_nobody_overrides(invented, tmp_path, rule):
    words = (*ALL_SHOWN, "--override", rule, "--because", "In a hurry")
    said = invented.run("publish", tmp_path / "out", *words, code=2).output
    assert "can't be overridden" in said
    assert not (tmp_path / "out").exists()


def test_a_passage_that_was_signed_off_by_an_override(invented, tmp_path):
    short_and_ambiguous(invented)
    words = (*ALL_SHOWN, "--override", "passages", "--because", "We looked at both places")
    edition = publish(invented, tmp_path / "out", words=words)
    (line,) = [one for one in edition.said["gate"] if one["detail"] == "We looked at both places"]
    assert line["subject"] == invented.ids["board-knew"]
    assert edition.check().code == 0


def test_passages_that_bear_on_no_claim_are_asked_for_too(invented):
    """The whole case is handed out, and they with it."""
    words = ("--artifact", invented.ids["minutes"], "--text", "Nobody objected.")
    invented.run("add", "quote", *words)
    invented.run("checkpoint")
    assert list(gate(invented, "--check-only", *ALL_SHOWN, code=1)) == ["passages"]
    assert gate(invented, "--check-only", "--claim", "board-was-told", code=0) == {}


def test_a_reply_opens_it_and_one_that_was_retracted_does_not(invented):
    ask_for_replies(invented)
    words = ("--until", "2026-03-09", "--to", invented.ids["request"])
    made = invented.id("add", "no-response", *words)
    invented.run("checkpoint")
    assert gate(invented, "--check-only", *ALL_SHOWN, code=0) == {}
    invented.run("retract", made, "--reason", "It came on the 8th")
    invented.run("checkpoint")
    assert list(gate(invented, "--check-only", *ALL_SHOWN, code=1)) == ["replies"]


def test_the_default_policy_is_written_once(invented):
    first = invented.json("policy")
    path = invented.root / "policy.toml"
    assert first == {
        **{"origins": 0, "contradictions_noted": True, "replies": False},
        **{"reviews": 0, "reviews_signed": False, "timestamps": 0, "inspected": True},
        "witnesses": False,
    }
    path.write_text(path.read_text().replace("origins = 0", "origins = 3"))
    assert invented.json("policy")["origins"] == 3
    told = invented.run("policy").output
    assert "origins = 3" in told
    assert "contradictions" in told


@pytest.mark.parametrize(
    "text",
    [
        "origin = 1",
        "origins = -1",
        "origins = true",
        "contradictions_noted = 1",
        "withhold_everywhere = 'recorded_by'",
        "withhold_everywhere = ['statement']",
        "withhold_everywhere = ['recorded_byy']",
        "withhold_everywhere = ['artifact']",
        "withhold_everywhere = ['blake3', 'sha256', 'size', 'media_type', 'filename']",
        "withhold_everywhere = ['reviewer']",
        "withhold_everywhere = ['text']",
        "withhold_reason = ''",
        "origins",
        "# \xff",
    ],
)
def test_a_policy_that_this_version_can_not_keep(invented, tmp_path, text):
    (invented.root / "policy.toml").write_bytes(text.encode("latin-1"))
    for words in (("policy",), ("publish", tmp_path / "out", *ALL_SHOWN)):
        assert "policy.toml" in invented.run(*words, code=2).output
    assert not (tmp_path / "out").exists()


def test_what_the_policy_withholds_is_withheld_everywhere(invented, tmp_path):
    policy = 'withhold_everywhere = ["recorded_by", "note"]\nwithhold_reason = "Ours"\n'
    (invented.root / "policy.toml").write_text(policy)
    edition = publish(invented, tmp_path / "out")
    assert edition.said["everywhere"] == {"fields": ["note", "recorded_by"], "reason": "Ours"}
    assert not any({"note", "recorded_by"} & line.get("body", {}).keys() for line in edition.lines)
    assert edition.said["counts"]["disclosed"] == 28
    assert all(b"Under oath" not in edition.read(name) for name in edition.files)
    assert edition.check().code == 0


def test_a_title_that_is_withheld_everywhere_stands_nowhere(invented, tmp_path):
    (invented.root / "policy.toml").write_text('withhold_everywhere = ["reason", "title"]\n')
    edition = publish(invented, tmp_path / "out")
    assert edition.said["title"] is None
    assert all(
        b"Harbour" not in edition.read(name) for name in edition.files if "artifacts" not in name
    )
    assert edition.check().code == 0


def test_what_gives_a_withheld_field_away_is_withheld_with_it(invented, tmp_path):
    withheld = ["artifact", "extracted", "regions", "selector", "text"]
    policy = invented.root / "policy.toml"
    policy.write_text(f"withhold_everywhere = {withheld}\n")
    said = " ".join(invented.run("publish", "--check-only", code=2).output.split())
    lacking = said.partition("gives it away: add ")[2].partition(" to withhold_everywhere")[0]
    assert {"dkim", "message_id", "date", "extractor", "match"} <= set(lacking.split(", "))
    policy.write_text(f"withhold_everywhere = {withheld + lacking.split(', ')}\n")
    files = [word for name in FILES for word in ("--despite", name)]
    assert publish(invented, tmp_path / "out", words=(*ALL_SHOWN, *files)).check().code == 0


def test_a_file_is_not_withheld_by_the_names_of_its_fields(invented):
    """Its record, and what is drawn from it, would tell of it."""
    (invented.root / "policy.toml").write_text('withhold_everywhere = ["blake3"]\n')
    said = invented.run("publish", "--check-only", code=2).output
    assert "--without-files" in said


def test_nothing_may_be_withheld_everywhere(invented, tmp_path):
    (invented.root / "policy.toml").write_text("withhold_everywhere = []\n")
    edition = publish(invented, tmp_path / "out")
    assert edition.said["everywhere"] == {"fields": [], "reason": None}
    assert edition.check().code == 0


def test_the_gate_is_told_in_the_edition_as_it_was_asked(invented, tmp_path):
    said = invented.json("publish", "--check-only", *ALL_SHOWN)
    invented.run("publish", tmp_path / "out", "--made", DAY.format(1), *ALL_SHOWN)
    edition = Edition(tmp_path / "out", invented.key)
    told = [line for line in edition.said["gate"] if line["rule"] != "leaks"]
    assert told == json.loads(json.dumps(said["gate"])), "leaks are looked for in what is written"


def test_a_quote_that_is_not_as_the_file_has_it_is_counted(invented, tmp_path):
    text = "The auditor wrote on 2 May that the board had been told once, in writing."
    words = ("--artifact", invented.ids["minutes"], "--text", text, "--as-altered")
    invented.run("link", invented.id("add", "quote", *words), "board-knew", "--supports")
    invented.run("checkpoint")
    words = (*ALL_SHOWN, "--override", "passages", "--because", "The slip is the story")
    edition = publish(invented, tmp_path / "out", words=words)
    said = edition.check().counted
    assert said["passages recorded as altered: their file has other words"] == 1
