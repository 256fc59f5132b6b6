"""`evidence review`: who looked at a claim or a passage, in which state, and what came after."""

import shutil
import subprocess

import pytest

from evidence_chain import kinds
from evidence_db.case import Case
from evidence_db.recording.writer import Writer

NEWSROOM = "editor@newsroom.example"


@pytest.fixture
def doubtful(invented):
    """The same, with a passage that a person must look at, linked to `board-knew`."""
    made = ("add", "quote", "--artifact", invented.ids["minutes"], "--text", "Nobody objected.")
    invented.ids["doubtful"] = invented.id(*made)
    invented.run("link", invented.ids["doubtful"], "board-knew", "--supports")
    return invented


def passage(case, name, claim="board-knew"):
    chain = case.json("resolve", claim)["chain"]
    return next(link["record"] for link in chain if link["record"]["id"] == case.ids[name])


def review(case, of, *words):
    return case.json("review", case.ids.get(of, of), *words)


def test_a_passage_is_signed_off(doubtful):
    before = passage(doubtful, "doubtful")
    assert before["sign_off"]
    assert (before["signed_off"], before["reviews"]) == (None, [])
    assert "must look at it" in doubtful.run("resolve", "board-knew").stdout
    made = review(doubtful, "doubtful", "--approve", "--as", "Ida Brandt", "--note", "On page 2")
    after = passage(doubtful, "doubtful")
    assert after["sign_off"] == before["sign_off"]
    assert after["signed_off"] == made["id"]
    said = doubtful.run("resolve", "board-knew").stdout
    assert "must look at it" not in said
    assert "looked at by Ida Brandt on" in said
    assert "On page 2" in said
    assert "looked at by Ida Brandt" in doubtful.run("show", doubtful.ids["doubtful"]).stdout


def test_it_is_of_the_log_as_it_stands(invented):
    size = invented.json("log")["size"]
    made = review(invented, "board-knew", "--approve")
    assert made["size"] == size == made["index"]
    assert made["reviewer"] == "tester"


@pytest.mark.parametrize(
    ("change", "is_stale"),
    [
        (("link", "deaf", "board-knew", "--contradicts"), True),
        (("link", "clause", "board-knew", "--supports"), True),
        (("retract", "trained", "--reason", "Misheard"), True),
        (("retract", "minutes", "--reason", "Forged"), True),
        (("retract", "never-knew", "--reason", "Wrong claim"), True),
        (("amend", "minutes", "--title", "Minutes", "--reason", "A typo"), True),
        (("review", "twice", "--reject"), True),
        (("review", "twice", "--approve"), False),
        (("link", "deaf", "quay-is-wired", "--contradicts"), False),
        (("retract", "clause", "--reason", "Misread"), False),
        (("amend", "tender", "--title", "Tender", "--reason", "A typo"), False),
        (("claim", "another", "The mole is wired"), False),
    ],
    ids=lambda one: " ".join(one[:3]) if isinstance(one, tuple) else str(one),
)
def test_what_comes_after_makes_it_stale_if_it_bears_on_it(invented, change, is_stale):
    review(invented, "board-knew", "--approve")
    invented.run(*(invented.ids.get(word, word) for word in change))
    (one,) = invented.json("resolve", "board-knew")["claim"]["reviews"]
    assert bool(one["stale_by"]) is is_stale
    assert one["stands"] is not is_stale
    assert ("stale" in invented.run("resolve", "board-knew").stdout) is is_stale


def test_a_stale_review_signs_no_passage_off(doubtful):
    review(doubtful, "doubtful", "--approve")
    doubtful.run("amend", doubtful.ids["doubtful"], "--role", "clerk", "--reason", "Asked them")
    assert passage(doubtful, "doubtful")["signed_off"] is None
    said = doubtful.run("resolve", "board-knew").stdout
    assert "must look at it" in said
    assert "stale: 1 entry about it came after" in " ".join(said.split())


def test_the_last_word_of_a_reviewer_counts(doubtful):
    review(doubtful, "doubtful", "--approve", "--as", "ida")
    review(doubtful, "doubtful", "--reject", "--as", "jo")
    assert passage(doubtful, "doubtful")["signed_off"] is None
    assert "rejected" in doubtful.run("resolve", "board-knew").stdout
    review(doubtful, "doubtful", "--approve", "--as", "jo")
    found = passage(doubtful, "doubtful")
    assert found["signed_off"]
    assert [one["replaced"] for one in found["reviews"]] == [False, True, False]


def test_a_review_can_be_taken_back(doubtful):
    made = review(doubtful, "doubtful", "--approve")
    doubtful.run("retract", made["id"], "--reason", "The wrong passage")
    found = passage(doubtful, "doubtful")
    assert found["signed_off"] is None
    assert [one["ended"] for one in found["reviews"]] == [True]
    assert "looked at by tester" not in doubtful.run("resolve", "board-knew").stdout


def test_who_approves_a_claim_has_looked_at_its_carried_links(invented):
    invented.run("claim", "wired", "The quay has forty microphones")
    invented.run("replace", "quay-is-wired", "wired", "--carry-links")
    assert invented.json("resolve", "wired")["chain"][0]["look_again"]
    review(invented, "wired", "--approve")
    assert not invented.json("resolve", "wired")["chain"][0]["look_again"]
    review(invented, "wired", "--reject", "--as", "ida")
    assert invented.json("resolve", "wired")["chain"][0]["look_again"]


def test_it_is_signed_with_a_key_of_ssh(invented, ssh_key, signers):
    key = ("--sign", ssh_key, "--as", NEWSROOM, "--note", "Read the minutes")
    assert review(invented, "board-knew", "--approve", *key)["signed"]
    (one,) = invented.json("resolve", "board-knew")["claim"]["reviews"]
    assert (one["signed"], one["holds"], one["stands"]) == (True, True, True)
    invented.run("checkpoint")
    for words, told in (
        ((), "1 signed review whose signer was not asked for"),
        (("--allowed-signers", signers(ssh_key, NEWSROOM)), "1 review signed by who they say"),
    ):
        assert told in invented.run("verify", *words).stdout


def test_a_signature_of_somebody_else_fails(invented, ssh_key, signers):
    review(invented, "board-knew", "--approve", "--sign", ssh_key, "--as", NEWSROOM)
    invented.run("checkpoint")
    words = ("verify", "--allowed-signers", signers(ssh_key, "jo@elsewhere.example"))
    assert "jo@elsewhere.example" in invented.run(*words, code=1).stdout


def test_the_policy_can_ask_for_signatures(invented, ssh_key, signers):
    shutil.copy(signers(ssh_key, NEWSROOM), invented.root / "allowed_signers")
    policy = 'reviews = 1\nallowed_signers = "allowed_signers"\ncontradictions_noted = false\n'
    (invented.root / "policy.toml").write_text(policy)
    for claim in ("board-knew", "board-was-told", "microphones-listen", "quay-is-wired"):
        key = () if claim == "board-knew" else ("--sign", ssh_key)
        review(invented, claim, "--approve", "--as", NEWSROOM, *key)
    invented.run("checkpoint")
    gate = invented.json("publish", "--check-only", code=1)["gate"]
    (shut,) = [line for line in gate if line["outcome"] == "unmet"]
    assert shut["subject"] == invented.ids["board-knew"]
    assert "1 not signed by who they say" in shut["detail"]
    review(invented, "board-knew", "--approve", "--as", NEWSROOM, "--sign", ssh_key)
    invented.run("checkpoint")
    assert invented.json("publish", "--check-only")["open"]


@pytest.mark.parametrize("name", ["Jo ", "jo", "j\u200bo", "ｊｏ"])
def test_another_spelling_of_a_name_is_no_other_person(invented, name):
    invented.run("--by", "jo", "claim", "by-jo", "Something that Jo recorded")
    invented.run("--by", "jo", "link", invented.ids["clause"], "by-jo", "--supports")
    (invented.root / "policy.toml").write_text("reviews = 2\ncontradictions_noted = false\n")
    review(invented, "by-jo", "--approve", "--as", name)
    for other in ("ida", " ida", "IDA"):
        review(invented, "by-jo", "--approve", "--as", other)
    invented.run("checkpoint")
    told = invented.run("publish", "--claim", "by-jo", "--check-only", code=1).output
    assert "it needs 2 approvals by other people, and has 1" in told


def test_nobody_else_takes_a_signed_rejection_back(invented, ssh_key, tmp_path, signers):
    other = tmp_path / "other"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(other)]
    subprocess.run(words, check=True)
    known = [signers(key, who).read_text() for key, who in ((ssh_key, NEWSROOM), (other, "bo@x"))]
    (invented.root / "allowed_signers").write_text("".join(known))
    policy = 'reviews = 1\nallowed_signers = "allowed_signers"\ncontradictions_noted = false\n'
    (invented.root / "policy.toml").write_text(policy)
    signed = ("--as", NEWSROOM, "--sign", ssh_key)

    def gate(code):
        invented.run("checkpoint")
        words = ("publish", "--claim", "board-knew", "--check-only")
        return invented.run(*words, code=code).output

    review(invented, "board-was-told", "--approve", *signed)
    approved = review(invented, "board-knew", "--approve", *signed)["id"]
    review(invented, "board-knew", "--reject", *signed)
    review(invented, "board-knew", "--approve", "--as", "bo@x", "--sign", other)
    assert f"rejected by {NEWSROOM}" in gate(1)
    review(invented, "board-knew", "--approve", "--as", NEWSROOM)
    assert f"rejected by {NEWSROOM}" in gate(1)
    case = Case(invented.root)
    with case.reader() as reader:
        old = reader.record(reader.place(approved).index).body
    with Writer(case, "mallory") as writer:
        values = {name: old[name] for name in ("reviewer", "note", "size", "root", "signature")}
        writer.add(kinds.REVIEW, values, {"to": invented.ids["board-knew"], "verdict": "approved"})
    assert f"rejected by {NEWSROOM}" in gate(1)
    review(invented, "board-knew", "--approve", *signed)
    assert "The gate is open" in gate(0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("board-knew",), "--approve or --reject"),
        (("board-knew", "--approve", "--reject"), "one of them"),
        (("minutes", "--approve"), "is not reviewed"),
        (("never-knew", "--approve"), "is not reviewed"),
        (("repeated", "--approve"), "no longer stands"),
        (("board-knew", "--approve", "--note", " "), "--note is empty"),
        (("board-knew", "--approve", "--as", " "), "--as needs a name"),
        (("nothing", "--approve"), "Nothing in this case"),
    ],
)
def test_what_is_no_review_is_refused(invented, words, told):
    size = invented.json("log")["size"]
    words = [invented.ids.get(word, word) for word in words]
    assert told in invented.run("review", *words, code=2).stderr
    assert invented.json("log")["size"] == size


def test_what_can_not_be_signed_is_not_recorded(invented, ssh_key, tmp_path):
    size = invented.json("log")["size"]
    no_key = tmp_path / "none"
    no_key.write_text("no key")
    words = ("review", "board-knew", "--approve", "--as")
    invented.run(*words, "ida", "--sign", no_key, code=4)
    assert "--as editor@" in invented.run(*words, "Ida B", "--sign", ssh_key, code=2).stderr
    assert invented.json("log")["size"] == size


def test_reviews_are_published_with_what_they_are_of(doubtful, ssh_key, tmp_path, signers):
    review(doubtful, "doubtful", "--approve", "--as", "Ida Brandt")
    key = ("--sign", ssh_key, "--as", NEWSROOM)
    review(doubtful, "board-knew", "--approve", *key)
    review(doubtful, "quay-is-wired", "--approve", "--as", "ida")
    (doubtful.root / "policy.toml").write_text("contradictions_noted = false\n")
    doubtful.run("checkpoint")
    edition = tmp_path / "edition"
    doubtful.run("publish", edition, "--claim", "board-knew")
    words = ("check", edition, "--key", doubtful.vkey)
    told = doubtful.json(*words, "--allowed-signers", signers(ssh_key, NEWSROOM))
    assert told["counted"][f"reviews signed by {NEWSROOM}"] == 1
    log = (edition / "data/log.jsonl").read_text()
    assert "Ida Brandt" in log
    assert '"ida"' not in log
