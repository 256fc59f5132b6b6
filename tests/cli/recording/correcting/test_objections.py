"""Objections: nobody gets rid of one but who made it, neither by a retraction nor by new words."""

import shutil

import pytest

NOTE = "They were told, which is not the same"


@pytest.fixture
def rejected(invented):
    (invented.root / "policy.toml").write_text("contradictions_noted = false\n")
    words = ("board-knew", "--reject", "--as", "ida", "--note", NOTE)
    invented.ids["objection"] = invented.id("review", *words)
    return invented


def gate(case, claim, code):
    case.run("checkpoint")
    words = ("publish", "--claim", claim, "--check-only")
    return " ".join(case.run(*words, code=code).output.split())


def retract(case, by):
    words = ("retract", case.ids["objection"], "--reason", "Too picky", "--yes")
    case.run("--by", by, *words)


def test_who_objected_may_take_it_back(rejected):
    assert f"rejected by ida ({NOTE})" in gate(rejected, "board-knew", 1)
    retract(rejected, "ida")
    assert "The gate is open" in gate(rejected, "board-knew", 0)
    (one,) = rejected.json("resolve", "board-knew")["claim"]["reviews"]
    assert (one["taken_back"], one["objects"]) == (True, False)
    assert "looked at by ida" not in rejected.run("resolve", "board-knew").stdout


def test_nobody_else_takes_it_back_and_who_tried_is_told(rejected):
    retract(rejected, "mallory")
    assert "which mallory retracted, not they" in gate(rejected, "board-knew", 1)
    (one,) = rejected.json("resolve", "board-knew")["claim"]["reviews"]
    assert [by["by"] for by in one["retracted"]] == ["mallory"]
    said = " ".join(rejected.run("resolve", "board-knew").stdout.split())
    assert "retracted by mallory, which takes no objection back" in said
    rejected.run("review", "board-knew", "--approve", "--as", "ida")
    assert "The gate is open" in gate(rejected, "board-knew", 0)


def test_an_approval_that_somebody_else_retracted_does_not_count_and_is_told(invented):
    invented.ids["objection"] = invented.id("review", "board-knew", "--approve", "--as", "ida")
    retract(invented, "mallory")
    (one,) = invented.json("resolve", "board-knew")["claim"]["reviews"]
    assert (one["stands"], one["taken_back"]) == (False, False)
    said = " ".join(invented.run("resolve", "board-knew").stdout.split())
    assert "retracted by mallory, so it does not count" in said


def test_an_objection_goes_with_the_claim_into_its_new_words(rejected):
    rejected.run("claim", "board-was-warned", "The board was warned")
    rejected.run("replace", "board-knew", "board-was-warned", "--carry-links", "--yes")
    told = gate(rejected, "board-was-warned", 1)
    assert f"what it replaces was rejected by ida ({NOTE})" in told
    (before,) = rejected.json("resolve", "board-was-warned")["claim"]["objected_before"]
    assert (before["reviewer"], before["note"]) == ("ida", NOTE)
    said = " ".join(rejected.run("resolve", "board-was-warned").stdout.split())
    assert "what this replaces was looked at by ida" in said
    rejected.run("review", "board-was-warned", "--approve", "--as", "jo")
    assert "rejected by ida" in gate(rejected, "board-was-warned", 1)
    rejected.run("review", "board-was-warned", "--approve", "--as", "ida")
    assert "The gate is open" in gate(rejected, "board-was-warned", 0)
    assert rejected.json("resolve", "board-was-warned")["claim"]["objected_before"] == []


def test_it_does_so_through_any_number_of_wordings(rejected):
    old = "board-knew"
    for number in range(3):
        rejected.run("claim", f"wording-{number}", f"The board was warned {number} times")
        rejected.run("replace", old, f"wording-{number}", "--carry-links", "--yes")
        old = f"wording-{number}"
    assert "rejected by ida" in gate(rejected, old, 1)


def test_an_objection_to_a_passage_goes_with_it(invented):
    (invented.root / "policy.toml").write_text("contradictions_noted = false\n")
    invented.run("review", invented.ids["twice"], "--reject", "--as", "ida")
    words = ("add", "quote", "--artifact", invented.ids["minutes"], "--text")
    new = invented.id(*words, "the board had been told twice")
    invented.run("replace", invented.ids["twice"], new, "--carry-links", "--yes")
    invented.run("review", "board-was-told", "--approve", "--as", "tester")
    assert "replaces what was rejected by ida" in gate(invented, "board-was-told", 1)


def test_a_signed_objection_is_taken_back_by_a_signature_alone(rejected, ssh_key, signers):
    shutil.copy(signers(ssh_key, "ed@x.example"), rejected.root / "allowed_signers")
    policy = 'allowed_signers = "allowed_signers"\ncontradictions_noted = false\n'
    (rejected.root / "policy.toml").write_text(policy)
    retract(rejected, "ida")
    signed = ("--as", "ed@x.example", "--sign", ssh_key)
    rejected.ids["objection"] = rejected.id("review", "board-knew", "--reject", *signed)
    retract(rejected, "ed@x.example")
    assert "rejected by ed@x.example" in gate(rejected, "board-knew", 1)
    rejected.run("claim", "reworded", "The board was warned")
    rejected.run("replace", "board-knew", "reworded", "--carry-links", "--yes")
    rejected.run("review", "reworded", "--approve", "--as", "ed@x.example")
    assert "rejected by ed@x.example" in gate(rejected, "reworded", 1)
    rejected.run("review", "reworded", "--approve", *signed)
    assert "The gate is open" in gate(rejected, "reworded", 0)


def test_a_stale_review_says_what_came_after(invented):
    invented.run("review", "board-knew", "--approve", "--as", "ida")
    index = invented.json("link", invented.ids["deaf"], "board-knew", "--contradicts")["index"]
    said = " ".join(invented.run("resolve", "board-knew").stdout.split())
    assert f"came after: a link “contradicts” ({index}); to be looked at again" in said
