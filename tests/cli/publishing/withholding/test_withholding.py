"""`evidence withhold`, `disclose`, `withheld`: what is decided, what goes with it, what stays."""

import json

import pytest

from editions import ALL_SHOWN, publish

WHY = ("--reason", "To protect a source.")
HARBOUR_MASTER = "The harbour master"


def fields(case, *words, withheld=True, code=0):
    """The fields that a command withholds, by what the test calls the record."""
    names = {id_: name for name, id_ in case.ids.items()}
    said = case.json(*words, code=code)
    rows = said["changed"] if "changed" in said else said["withheld"]
    return {
        names.get(row["id"], row["id"]): {one["name"] for one in row["fields"]}
        for row in rows
        if row["withheld"] == withheld
    }


def withheld(case):
    return fields(case, "withheld")


def test_a_field(invented):
    assert fields(invented, "withhold", invented.ids["never"], "--field", "date", *WHY) == {
        "never": {"date"}
    }
    assert withheld(invented) == {"never": {"date"}}
    edition = publish(invented, invented.home / "out")
    line = edition.lines[invented.index("never")]
    assert "date" not in line["body"]
    assert "date" not in line["salts"]
    (said,) = edition.said["withheld"]
    assert said == {
        "idx": invented.index("never"),
        "fields": ["date"],
        "reason": "To protect a source.",
    }
    assert edition.said["counts"]["partly"] == 1
    assert edition.check().code == 0
    assert all(b"2031-05-03" not in edition.read(name) for name in edition.files)


def test_a_file_takes_along_all_that_is_drawn_from_it(invented):
    found = fields(invented, "withhold", invented.ids["release"], *WHY)
    assert set(found) == {"release", "deaf", "trained"}
    assert {"blake3", "sha256", "size", "filename", "title", "recorded_at"} <= found["release"]
    for name in ("deaf", "trained"):
        assert {"artifact", "extracted", "selector", "match", "regions", "marks"} <= found[name]
        assert "text" not in found[name]
    invented.run("withhold", invented.ids["retraction"], "--field", "reason", *WHY)
    edition = publish(invented, invented.home / "out")
    assert edition.check().code == 0
    said = {one["idx"]: one for one in edition.said["withheld"]}
    assert said[invented.index("release")]["fields"] is None
    digest = invented.body("release")["blake3"].encode()
    assert not any(
        digest in edition.read(name) or digest.decode() in name for name in edition.files
    )


def test_a_digest_alone_is_the_file(invented):
    found = fields(invented, "withhold", "release.html", "--field", "sha256", *WHY)
    assert "blake3" in found["release"]
    found = fields(invented, "disclose", "release.html", "--field", "title", withheld=False)
    assert found == {}
    said = invented.run("disclose", "release.html", "--field", "filename").output
    assert "Stays withheld" in said


def test_a_passage_of_a_withheld_file_is_not_said_to_be_in_a_kept_text(invented):
    """Neither file nor text is there, nor how the passage compares with them."""
    invented.run("withhold", invented.ids["release"], *WHY)
    invented.run("withhold", invented.ids["retraction"], "--field", "reason", *WHY)
    edition = publish(invented, invented.home / "out")
    said = invented.run("resolve", "--case", edition.path, "microphones-listen").stdout
    _, _, card = said.partition(f"─ quote · {invented.ids['deaf'][:8]}")
    card = card.partition("─ ")[0]
    assert "How it compares with the file is withheld." in card
    assert "kept text" not in card
    assert "· not checked" in card


def test_what_is_disclosed_stands_under_its_own_name(invented):
    """Not under that of the file that it was withheld with, which nobody discloses."""
    invented.run("withhold", invented.ids["release"], *WHY)
    said = invented.run("disclose", invented.ids["deaf"], "--field", "speaker").output
    disclosed = said.partition("Disclosed:\n")[2].splitlines()
    assert disclosed[0].startswith(f"  evidence/quote {invented.ids['deaf'][:8]}")
    assert disclosed[1].strip() == "speaker"
    assert disclosed[2].startswith(f"    withheld with: artifact {invented.ids['release'][:8]}")


def test_the_original_that_a_file_preserves_goes_unless_it_is_named(invented):
    letter = invented.ids["letter"]
    file = invented.write("letter.txt", "To the board: it was told, twice.\n")
    made = invented.id("add", "artifact", file, "--preserves", letter)
    assert "title" in fields(invented, "withhold", made, *WHY)["letter"]
    invented.run("disclose", letter, "--field", "title")
    assert "letter" not in withheld(invented) or "title" not in withheld(invented)["letter"]


def test_a_translation_goes_with_its_passage_and_with_its_own_file(invented):
    words = ("--text", "Man hat es uns nie gesagt.", "--language", "de", "--translator", "Bo Vale")
    made = invented.id("add", "translation", "--of", invented.ids["never"], *words)
    file = invented.body(made)["artifact"]
    found = fields(invented, "withhold", invented.ids["never"], "--field", "text", *WHY)
    assert found["never"] == {"text", "selector", "match", "marks", "regions"}
    assert {"text", "translator", "artifact"} <= found[made]
    assert {"blake3", "filename", "title"} <= found[file]


MAIL = b"""From: Ada <ada@x.example>
Subject: The list
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B

See the list.
--B
Content-Disposition: attachment; filename="list.txt"

One name.
--B--
"""


@pytest.mark.parametrize(("one", "other"), [("mail.eml", "list.txt"), ("list.txt", "mail.eml")])
def test_what_was_unpacked_goes_with_its_container_and_the_other_way(invented, one, other):
    invented.run("add", "artifact", invented.write("mail.eml", MAIL))
    assert len(fields(invented, "withhold", one, *WHY)) == 2
    invented.run("disclose", other)
    assert len(withheld(invented)) == 1


def test_a_title_of_a_file_is_no_file(invented):
    invented.run("add", "artifact", invented.write("mail.eml", MAIL))
    (names,) = fields(invented, "withhold", "mail.eml", "--field", "title", *WHY).values()
    assert names == {"title"}


def test_amendments_of_a_withheld_field_go_with_it(invented):
    never = invented.ids["never"]
    reason = ("--reason", "It was the mistress")
    made = invented.id("amend", never, "--speaker", "The harbour mistress", *reason)
    other = invented.id("amend", never, "--date", "2031-05-04", "--reason", "A day later")
    found = fields(invented, "withhold", never, "--field", "speaker", *WHY)
    assert found == {"never": {"speaker"}, made: {"changes", "reason"}}
    for name in ("never", "twice"):
        invented.run("withhold", invented.ids[name], "--field", "selector", *WHY)
    invented.run("checkpoint")
    words = (*ALL_SHOWN, "--despite", "minutes.txt")
    edition = publish(invented, invented.home / "out", words=words)
    assert edition.check().code == 0
    assert edition.lines[invented.json("show", other)["index"]]["body"]["changes"]
    assert all(b"mistress" not in edition.read(name) for name in edition.files)


def test_later_decisions_take_the_place_of_earlier_ones_and_none_is_lost(invented):
    never = invented.ids["never"]
    invented.run("withhold", never, *WHY)
    invented.run("disclose", never, "--field", "text", "--reason", "It is quoted anyway")
    assert "text" not in withheld(invented)["never"]
    invented.run("disclose", never)
    assert withheld(invented) == {}
    made = invented.json("withheld")["decisions"]
    assert [(one["field"], one["withheld"], one["by"]) for one in made] == [
        (None, True, "tester"),
        ("text", False, "tester"),
        (None, False, "tester"),
    ]
    assert [one["reason"] for one in made] == ["To protect a source.", "It is quoted anyway", None]
    told = invented.run("withheld", "--history").output
    assert "tester withheld evidence/quote" in " ".join(told.split())
    assert "nothing was changed" in invented.run("disclose", never).output
    assert len(invented.json("withheld")["decisions"]) == 3


def test_the_log_knows_nothing_of_it(invented):
    before = [invented.json("log")]
    invented.run("withhold", "never", invented.ids["never"], *WHY, code=2)
    invented.run("withhold", invented.ids["never"], *WHY)
    assert [invented.json("log")] == before
    assert invented.json("verify")["counts"]["failed"] == 0
    copy = invented.home / "copy"
    invented.run("copy", copy)
    said = invented.json("withheld", "--case", copy)
    assert [one["of_idx"] if "of_idx" in one else one["index"] for one in said["decisions"]] == [
        invented.index("never")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("never", "--field", "speeker"), "Did you mean speaker"),
        (("never", "--field", "relation"), "public for ever"),
        (("twice-told", "--field", "to"), "public for ever"),
        (("never", "--field", "id"), "public for ever"),
    ],
)
def test_what_can_not_be_withheld(invented, words, said):
    name, *more = words
    output = invented.run("withhold", invented.ids[name], *more, *WHY, code=2).output
    assert said in " ".join(output.split())
    assert invented.json("withheld")["decisions"] == []


def test_a_reason_is_for_readers_and_not_empty(invented):
    invented.run("withhold", "board-knew", "--reason", " ", code=2)
    invented.run("withhold", "board-knew", code=2)


def test_an_edition_is_not_decided_upon(editions, publisher):
    out = editions["whole"].path
    said = publisher.run("withhold", "board-knew", *WHY, "--case", out, code=2).output
    assert "is an edition" in said
    assert publisher.json("withheld", "--case", out)["withheld"] == []


RULES = {
    'withhold = ["quote[speaker=The harbour master].speaker"]': {"never": {"speaker"}},
    'withhold = ["link.note"]': {"*": {"note"}},
    'withhold = ["evidence[clause=3.2].tender"]': {"clause": {"tender"}},
    'withhold = ["artifact[filename=\\"minutes.txt\\"].title"]': {"minutes": {"title"}},
    'withhold = [{fields = "original.note", reason = "Lent"}]': {"letter": {"note"}},
    'withhold = ["quote[speaker=Somebody else].*"]': {},
}


@pytest.mark.parametrize("policy", RULES)
def test_rules_of_the_policy(invented, policy):
    (invented.root / "policy.toml").write_text(policy)
    found, expected = withheld(invented), RULES[policy]
    if "*" in expected:
        assert all(names == expected["*"] for names in found.values())
        assert len(found) == 11
    else:
        assert found == expected
    if "Lent" in policy:
        (row,) = invented.json("withheld")["withheld"]
        assert row["fields"][0]["reason"] == "Lent"


@pytest.mark.parametrize("value", ["the  HARBOUR master ", "The harbour ｍaster"])
def test_a_condition_holds_however_its_value_is_typed(invented, value):
    policy = f'withhold = ["quote[speaker={value}].speaker"]'
    (invented.root / "policy.toml").write_text(policy)
    assert withheld(invented)["never"] == {"speaker"}
    assert invented.json("withheld")["idle"] == []


def test_a_rule_that_no_record_meets_is_told(invented):
    (invented.root / "policy.toml").write_text('withhold = ["quote[speaker=The harber].speaker"]')
    told = "No record meets the rule quote[speaker=The harber].speaker"
    assert told in " ".join(invented.run("withheld").output.split())
    assert invented.json("withheld")["idle"] == ["quote[speaker=The harber].speaker"]
    shown = invented.run("publish", "--check-only", code=(0, 1)).output
    assert told in " ".join(shown.split())
    invented.run("amend", invented.ids["never"], "--speaker", "The harber", "--reason", "So")
    assert invented.json("withheld")["idle"] == []


def test_a_rule_holds_for_what_a_record_was_amended_to(invented):
    (invented.root / "policy.toml").write_text('withhold = ["quote[speaker=Ada Lind].speaker"]')
    assert withheld(invented) == {}
    words = ("--speaker", "Ada Lind", "--reason", "It was her")
    made = invented.id("amend", invented.ids["never"], *words)
    assert withheld(invented) == {"never": {"speaker"}, made: {"changes", "reason"}}


def test_a_rule_over_a_field_of_ones_own(invented):
    text = ("--artifact", "minutes.txt", "--text", "Nobody objected. The board")
    made = invented.id("add", "quote", *text, "--more", "source=S7")
    policy = invented.root / "policy.toml"
    policy.write_text('withhold = ["evidence[source=S7].*"]')
    assert "text" in withheld(invented)[made]
    policy.write_text('withhold = ["evidence[sauce=S7].*"]')
    assert "sauce" in invented.run("withheld", code=2).output


def test_a_decision_goes_before_a_rule(invented):
    (invented.root / "policy.toml").write_text('withhold = ["quote.speaker"]')
    assert "never" in withheld(invented)
    invented.run("disclose", invented.ids["never"], "--field", "speaker")
    assert "never" not in withheld(invented)


@pytest.mark.parametrize(
    "rule",
    [
        "['evidnce.text']",
        "['quote.speeker']",
        "['quote']",
        """['quote[speaker="\\x"].text']""",
        """['quote[speaker="a\tb"].text']""",
        "['link.to']",
        "[{fields='quote.text'}]",
        "[{fields='quote.text', reason=' '}]",
        "[1]",
        "'quote.text'",
    ],
)
def test_rules_that_withhold_nothing_are_refused(invented, rule):
    (invented.root / "policy.toml").write_text(f"withhold = {rule}")
    assert "policy.toml" in invented.run("policy", code=2).output


def test_rules_are_not_told_to_readers(invented):
    """They may name what they withhold."""
    (invented.root / "policy.toml").write_text(
        'withhold = ["quote[speaker=The harbour master].*", "quote.speaker"]'
    )
    words = (*ALL_SHOWN, "--without-files", "minutes.txt", "--reason", "Lent to us")
    edition = publish(invented, invented.home / "out", words=words)
    assert edition.check().code == 0
    assert all(HARBOUR_MASTER.encode() not in edition.read(name) for name in edition.files)


def test_a_proof_withholds_it_too(invented):
    proof = ("proof", invented.ids["never"], "-o", invented.home / "one.tlog-proof")
    invented.run("withhold", invented.ids["never"], "--field", "speaker", *WHY)
    assert "speaker of evidence/quote" in invented.run(*proof, code=1).stderr, "it stands before it"
    invented.run("withhold", invented.ids["never"], "--field", "selector", *WHY)
    invented.run(*proof)
    said = invented.json("check", invented.home / "one.tlog-proof", "--key", invented.vkey)
    assert "speaker" not in json.dumps(said["proved"])
    assert "text" in json.dumps(said["proved"])


def test_what_a_decision_discloses_against_a_rule_is_told(invented):
    told = invented.run("disclose", invented.ids["never"], "--field", "speaker").stdout
    assert "No rule of the policy named it" in told
    (invented.root / "policy.toml").write_text('withhold = ["quote.speaker"]\n')
    assert invented.json("withheld")["exempt"] == [
        {"id": invented.ids["never"], "field": "speaker"}
    ]
    assert "which was disclosed by a decision" in invented.run("withheld").stdout


def test_marks_that_are_withheld_fail_no_check(invented):
    page = "<p>It is <del>not</del> closed. <del>We never met them there.</del> They left.</p>"
    file = invented.id("add", "artifact", invented.write("marked.html", page))
    words = ("--text", "We never met them there.")
    quote = invented.id("add", "quote", "--artifact", file, *words)
    assert invented.body(quote)["marks"]
    invented.run("link", quote, "board-knew", "--supports")
    invented.run("review", quote, "--approve", "--as", "Ida")
    invented.run("withhold", quote, "--field", "marks", *WHY)
    invented.run("checkpoint")
    shut = ("--override", "inspected", "--because", "It is about what is struck out")
    edition = publish(invented, invented.home / "out", words=(*ALL_SHOWN, *shut, "--despite", file))
    found = edition.check()
    assert found.code == 0, found.details


def test_what_becomes_of_the_policys_rules_for_what_is_disclosed_is_told(invented):
    policy = 'withhold_everywhere = ["recorded_by", "role"]\nwithhold = ["quote.speaker"]\n'
    (invented.root / "policy.toml").write_text(policy)
    disclose = ("disclose", invented.ids["never"])
    told = " ".join(invented.run(*disclose, "--field", "speaker").stdout.split())
    assert "rule for speaker of evidence/quote" in told
    assert "in every record" not in told
    told = " ".join(invented.run(*disclose, "--field", "role").stdout.split())
    assert "since the policy does so in every record: role." in told
    assert "No rule of the policy named it" in told
