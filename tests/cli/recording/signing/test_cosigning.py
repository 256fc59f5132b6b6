"""`evidence cosign`: witnesses are asked; what they answer is checked, kept and published."""

import pytest

from adversary import tampering, verdict
from editions import ALL_SHOWN, publish
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.note import SignedNote
from evidence_db.recording.witnesses import asking
from witnesses import TIME, Served, Witness, policy_of, trickling

WHEN = "2026-11-18T11:06:40Z"


@pytest.fixture
def serve():
    """A function that lets a witness, or a function, answer on loopback."""
    running = []

    def start(answer):
        running.append(Served(getattr(answer, "answer", answer)))
        return running[-1].address

    yield start
    for one in running:
        one.end()


def known(case, number=1, **more):
    return Witness(number, [VerifierKey.parse(case.vkey)], **more)


def ask(case, *witnesses, quorum="all", code=0):
    policy = policy_of(*witnesses, quorum=quorum)
    (case.root / "witnesses.policy").write_text(policy)
    return case.json("cosign", code=code)


def policy_file(case, *witnesses, **more):
    return case.write("own.policy", policy_of(*witnesses, **more))


def stored(case):
    with case.connected() as db:
        return db.execute("SELECT size, line FROM cosignature").fetchall()


def test_witnesses_cosign_and_that_is_kept_checked_and_shown(invented, serve):
    old, new = known(invented), known(invented, 2, is_new=True)
    told = ask(invented, (old, serve(old)), (new, serve(new)))
    assert told["new"] == 2
    assert "cosigned by 2 of 2 witnesses, W1 at" in told["summary"]
    assert len(stored(invented)) == 2
    policy = policy_file(invented, (old, None), (new, None))
    said = invented.json("verify", "--policy", policy)
    assert {"check": "cosignature", "outcome": "holds"}.items() <= next(
        one for one in said["checks"] if one["check"] == "cosignature"
    ).items()
    assert any("cosigned by 2 of 2 witnesses" in one for one in said["counted"])
    assert not any("cosignatures" in one for one in said["absent"])
    seen = invented.json("resolve", "board-knew")["log"]["witnesses"]
    assert (len(seen["by"]), seen["of"], seen["met"]) == (2, 2, True)
    told = " ".join(invented.run("resolve", "board-knew").stdout.split())
    assert "cosigned by 2 of 2 witnesses that the case names" in told


def test_who_cosigned_already_is_not_asked_again(invented, serve):
    witness, asked = known(invented), []

    def counting(path, body):
        asked.append(body)
        return witness.answer(path, body)

    address = serve(counting)
    ask(invented, (witness, address))
    assert len(asked) == 1
    assert ask(invented, (witness, address))["new"] == 0
    assert len(asked) == 1


def test_a_later_checkpoint_goes_on_from_the_one_that_was_cosigned(invented, serve):
    witness, asked = known(invented), []

    def counting(path, body):
        asked.append(body.split(b"\n")[0])
        return witness.answer(path, body)

    address = serve(counting)
    ask(invented, (witness, address))
    before = invented.json("checkpoint")["size"]
    invented.run("claim", "later", "Said later")
    invented.run("checkpoint")
    assert ask(invented, (witness, address))["new"] == 1
    assert asked == [b"old 0", f"old {before}".encode()]


def test_a_witness_that_saw_more_than_is_known_here_names_the_size(invented, serve):
    """409: as where the cosignatures were lost, or somebody else submitted a checkpoint."""
    witness = known(invented)
    address = serve(witness)
    ask(invented, (witness, address))
    with tampering(invented) as db:
        db.execute("DELETE FROM cosignature")
    invented.run("claim", "later", "Said later")
    invented.run("checkpoint")
    assert ask(invented, (witness, address))["new"] == 1


def test_by_file(invented, tmp_path):
    witness = known(invented)
    (invented.root / "witnesses.policy").write_text(policy_of((witness, None)))
    question = tmp_path / "question"
    invented.run("cosign", "--request", question)
    assert "is there already" in invented.run("cosign", "--request", question, code=2).stderr
    status, answer = witness.answer("/add-checkpoint", question.read_bytes())
    assert status == 200
    given = invented.write("answer", answer)
    told = " ".join(invented.run("cosign", "--response", given).stdout.split())
    assert "the quorum of the policy" in told
    assert invented.json("cosign", "--response", given)["new"] == 0
    other = invented.write("other", f"{Witness(9, []).cosignature('x')}\n")
    assert "no cosignature by" in invented.run("cosign", "--response", other, code=1).stderr
    invented.run("cosign", "--request", tmp_path / "more", "--old", 10**6, code=2)
    invented.run("cosign", "--old", 3, code=2)


def test_nobody_is_named(invented):
    assert "witnesses.policy" in invented.run("cosign", code=2).stderr
    (invented.root / "witnesses.policy").write_text(policy_of((known(invented), None)))
    assert "has an address" in invented.run("cosign", code=2).stderr
    (invented.root / "witnesses.policy").write_text("quorum")
    assert "can't be read" in invented.run("cosign", code=2).stderr


def cosigning(change):
    """A witness that signs something else than what it was asked for."""

    def answer(witness, body):
        text = body.decode().partition("\n\n")[2].rpartition("\n\n")[0] + "\n"
        return 200, f"{witness.cosignature(*change(text))}\n".encode()

    return answer


OF_OTHERS = {
    "another size": lambda text: (text.replace("\n", "\n1", 1),),
    "another log": lambda text: (f"other.{text}",),
}
HOSTILE = {
    "garbage": (lambda *_: (200, b"\xff\xfe"), 3, "no text in UTF-8"),
    "a page": (lambda *_: (200, b"<html>\n"), 3, "stands among the signatures"),
    "nothing": (lambda *_: (200, b""), 3, "doesn't end in a newline"),
    "a huge body": (lambda *_: (200, b"x" * (1 << 20)), 3, "more than 128 KiB"),
    "many lines": (lambda *_: (200, b"\n" * 200), 3, "more than 100 lines"),
    "a stranger's line": (
        lambda _, body: (200, f"{Witness(9, []).cosignature('x')}\n".encode()),
        1,
        "no cosignature by",
    ),
    **{name: (cosigning(change), 1, "does not hold") for name, change in OF_OTHERS.items()},
    "a time to come": (cosigning(lambda text: (text, 1 << 33)), 3, "yet to come"),
    "no time": (cosigning(lambda text: (text, 0)), 1, "without a time"),
    "elsewhere": (
        lambda *_: (302, b"", {"Location": "http://127.0.0.1:9/"}),
        3,
        "followed nowhere",
    ),
    "404": (lambda *_: (404, b""), 3, "doesn't know this log"),
    "403": (lambda *_: (403, b""), 3, "doesn't know the key"),
    "422": (lambda *_: (422, b""), 1, "another log"),
    "500": (lambda *_: (500, b""), 3, "status 500"),
    "no size": (lambda *_: (409, b"many\n"), 3, "no decimal number"),
    "a larger size": (lambda *_: (409, b"999999\n"), 1, "older copy of the case"),
    "one size for ever": (lambda *_: (409, b"0\n"), 3, "sizes in turn"),
}


@pytest.mark.parametrize(("answer", "code", "told"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_told_and_nothing_is_kept_of_it(invented, serve, answer, code, told):
    witness = known(invented)
    address = serve(lambda _, body: answer(witness, body))
    said = ask(invented, (witness, address), code=code)
    assert told in said["asked"][0]["failures"][0]
    assert stored(invented) == []


def test_what_others_signed_is_kept_if_one_fails(invented, serve):
    one, other = known(invented), known(invented, 2)
    nobody = serve(lambda *_: (500, b""))
    said = ask(invented, (one, serve(one)), (other, nobody), quorum="any", code=3)
    assert said["new"] == 1
    assert "the quorum of the policy" in said["summary"]


def test_what_trickles_in_is_cut_off():
    """The time of a whole answer is bounded, not that of each byte."""
    with trickling(b"X: y\r\n") as address:
        with pytest.raises(asking.UncheckedError, match="took longer"):
            asking.post(address, b"", seconds=0.2)


@pytest.mark.parametrize(
    "url",
    [
        "http://witness.example",
        "ftp://witness.example",
        "file:///etc/passwd",
        "https://me:secret@witness.example",
        "https://witness.example/?q",
        "https://witness.example/#x",
        "https://",
        "https://witness.example:99999",
        "witness.example",
    ],
)
def test_addresses_that_nothing_is_sent_to(invented, url):
    said = ask(invented, (known(invented), url), code=3)
    assert stored(invented) == []
    assert said["asked"][0]["failures"]


def test_an_edition_has_them_and_every_proof_too(invented, serve, tmp_path):
    witness = known(invented)
    ask(invented, (witness, serve(witness)))
    edition = publish(invented, tmp_path / "out", words=ALL_SHOWN)
    note = edition.read("data/checkpoint").decode()
    assert str(witness.cosignature(SignedNote.parse(note).text, TIME)) in note
    own = policy_file(invented, (witness, None), logs=[invented.vkey])
    said = invented.json("check", edition.path, "--policy", own)
    assert any("cosigned by 1 of 1 witnesses, W1 at" in one for one in said["counted"])
    (proof, *_) = [name for name in edition.files if name.endswith(".tlog-proof")]
    said = invented.json("check", edition.path / proof, "--policy", own)
    assert said["outcome"] == "holds"
    assert verdict(invented, code=0).failed == []
    not_asked = invented.json("verify")["counted"]
    assert any("lines of others under the checkpoints" in one for one in not_asked)


def test_a_policy_that_is_not_met_is_not_checked(invented, serve, tmp_path):
    witness, other = known(invented), known(invented, 2)
    ask(invented, (witness, serve(witness)))
    edition = publish(invented, tmp_path / "out", words=ALL_SHOWN)
    ask(invented, (witness, serve(witness)))  # what tells that it was published
    own = policy_file(invented, (witness, None), (other, None))
    for words in (("check", edition.path, "--key", invented.vkey), ("verify",)):
        said = invented.json(*words, "--policy", own, code=3)
        (missed,) = [one for one in said["checks"] if one["outcome"] == "not-checked"]
        assert missed["check"] == "cosignature"
        assert "cosigned by 1 of 2" in missed["detail"]


def test_a_policy_of_other_logs(invented, tmp_path):
    other = SigningKey("other.example/log", bytes(32)).verifier
    own = invented.write("own.policy", f"log {other}\nquorum none\n")
    assert verdict(invented, "--policy", own, code=1).failed == ["cosignature"]
    edition = publish(invented, tmp_path / "out", words=ALL_SHOWN)
    said = invented.json("check", edition.path, "--key", invented.vkey, "--policy", own, code=1)
    assert "none called newsroom.example/harbour" in str(said["checks"])
    assert "can't be read" in invented.run("verify", "--policy", edition.path, code=2).stderr


def test_a_policy_that_asks_nobody_checks_nothing(invented, serve, tmp_path):
    witness = known(invented)
    own = invented.write("own.policy", "quorum none\n")
    edition = publish(invented, tmp_path / "out", words=ALL_SHOWN)
    for words in (("check", edition.path, "--key", invented.vkey), ("verify",)):
        said = invented.json(*words, "--policy", own)
        assert any("ask nobody" in one for one in said["counted"])
        assert not [one for one in said["checks"] if one["check"] == "cosignature"]
    invented.root.joinpath("policy.toml").write_text("witnesses = true\n")
    invented.root.joinpath("witnesses.policy").write_text(
        f"witness W {witness.key} {serve(witness)}\nquorum none\n"
    )
    assert "asks nobody (quorum none)" in invented.run("cosign").stdout
    assert "asks nobody" in invented.run("publish", "--check-only", *ALL_SHOWN, code=1).stdout


def test_the_gate_asks_for_a_quorum(invented, serve, tmp_path):
    invented.root.joinpath("policy.toml").write_text("witnesses = true\n")
    words = ("publish", "--check-only", *ALL_SHOWN)
    assert "witnesses.policy" in invented.run(*words, code=2).stderr
    witness = known(invented)
    invented.root.joinpath("witnesses.policy").write_text(policy_of((witness, None)))
    (shut,) = [
        line
        for line in invented.json(*words, code=1)["gate"]
        if line["outcome"] not in ("met", "not-asked", "overridden")
    ]
    assert shut["rule"] == "witnesses"
    assert "cosigned by 0 of 1 witnesses" in shut["detail"]
    ask(invented, (witness, serve(witness)))
    assert invented.json(*words)["open"]


BAD_ROWS = {
    "no line": "nonsense",
    "the log's own name": "\N{EM DASH} newsroom.example/harbour " + "A" * 96,
    "too short": "\N{EM DASH} witness.example/w1 AAAAAAAA",
}


@pytest.mark.parametrize("line", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_row_that_is_no_cosignature(invented, line):
    size = invented.json("checkpoint")["size"]
    with tampering(invented) as db:
        db.execute("INSERT INTO cosignature VALUES (1, ?, ?)", (size, line))
    assert verdict(invented, code=1).failed == ["cosignature"]
