"""`evidence verify --due`: what its words, its exit codes and the log say of it."""

import pytest


@pytest.mark.parametrize(
    "words",
    [
        ("--due",),
        ("--due", "--budget", "soon"),
        ("--budget", "2h"),
        ("board-knew", "--due", "--budget", "2h"),
        ("--due", "--budget", "2h", "--budget", "3h"),
    ],
)
def test_words_that_make_no_sense_are_refused(invented, words):
    assert "budget" in invented.run("verify", *words, code=2).stderr


def test_what_holds_of_a_part_is_no_failure_and_the_rest_is_told_first(invented):
    words = ("verify", "--due", "--budget", "0.001s")
    said = " ".join(invented.run(*words).stdout.split())
    assert said.startswith("A part of the case. Looked at: ")
    assert said.index("NOT CHECKED: ") < said.index(" checked ")
    assert "what the budget did not reach (" in said
    assert "Of what was looked at: checked: " in said
    assert ". checked: " not in said
    answer = invented.json(*words)
    assert answer["outcome"] == "holds"
    assert answer["due"]["not-checked"]["files"] > 0
    assert answer["due"]["budget"] == "0.001 s"


def test_what_holds_of_all_is_told_as_of_all(invented):
    said = " ".join(invented.run("verify", "--due", "--budget", "1TB").stdout.split())
    assert said.startswith("All of the case was looked at: ")
    assert "NOT CHECKED" not in said
    assert ". checked: " in said


def test_what_is_bad_fails_and_is_named_quietly(invented):
    invented.preserved("minutes").chmod(0o600)
    invented.preserved("minutes").write_text("Something else.")
    words = ("verify", "--due", "--budget", "1TB", "--quiet")
    assert invented.body("minutes")["blake3"] in invented.run(*words, code=1).stdout


def test_the_log_hears_of_it_if_asked_and_only_all_of_it_is_called_verified(invented):
    words = ("verify", "--due", "--record", "--budget")
    size = invented.json("log")["size"]
    invented.run("verify", "--due", "--budget", "1TB")
    assert invented.json("log")["size"] == size
    (part,) = invented.json(*words, "0.001s")["custody"]
    (whole,) = invented.json(*words, "1TB", code=3)["custody"]  # the event before isn't signed
    fields = invented.body(part)
    assert fields["action"] == "examined"
    assert "A rolling audit of 0.001 s: looked at " in fields["note"]
    assert "; not checked: " in fields["note"]
    invented.run("checkpoint")
    (signed,) = invented.json(*words, "1TB")["custody"]
    assert invented.body(whole)["action"] == "examined"
    assert invented.body(signed)["action"] == "verified"
    assert "nothing was left" in invented.body(signed)["note"]
