"""Rows 6, 10, 12, 63 and 64: what a witness refuses, and what its cosignature shows."""

import shutil

import pytest

from adversary import Insider, rewrite_a_claim, tampering, truncate, verdict
from cases import CaseDir
from evidence_chain.log.key import VerifierKey
from witnesses import Served, Witness, policy_of


@pytest.fixture
def witness(case):
    """A witness that knows the log, serves on loopback, and cosigned the newest checkpoint."""
    known = Witness(1, [VerifierKey.parse(case.vkey)])
    served = Served(known.answer)
    known.address = served.address
    ask(case, known)
    yield known
    served.end()


def ask(case, witness, code=0):
    (case.root / "witnesses.policy").write_text(policy_of((witness, witness.address)))
    said = case.json("cosign", code=code)
    return " ".join(str(said["asked"][0]["failures"]).split())


def by_policy(case, witness, code):
    """What a reader finds who asks for the witness, and has nothing else from before."""
    policy = case.write("reader.policy", policy_of((witness, None)))
    for path in (case.newest, case.before):
        path.unlink(missing_ok=True)
    return verdict(case, "--policy", policy, code=code)


def copied(case, name):
    """The same case elsewhere, with the same key, as a fork needs it."""
    home = case.home / name
    shutil.copytree(case.root, home / "case")
    shutil.copy(case.key_file, home)
    return CaseDir(home, dict(case.ids))


def test_row_06_a_log_rewritten_with_the_stolen_key(case, witness):
    assert by_policy(case, witness, 0).failed == []
    with case.connected() as db:
        kept = db.execute("SELECT line FROM cosignature").fetchall()
    rewrite_a_claim(case)
    Insider(case).sign(alone=True)
    with tampering(case) as db:
        db.execute("DELETE FROM cosignature")
    assert by_policy(case, witness, 3)[:2] == ([], {"cosignature"})
    assert "another log of this name" in ask(case, witness, code=1)
    assert by_policy(case, witness, 3)[:2] == ([], {"cosignature"})
    size = case.json("log")["size"]
    with tampering(case) as db:
        db.executemany("INSERT INTO cosignature VALUES (1, ?, ?)", [(size, *one) for one in kept])
    assert by_policy(case, witness, 1).failed == ["cosignature"]


def test_row_10_a_log_that_rolled_back(case, witness):
    """Its earlier checkpoint was cosigned, too; the witness notices, and the next has none."""
    earlier = case.json("log")["size"]
    case.run("claim", "later", "Said later")
    case.run("checkpoint")
    ask(case, witness)
    with tampering(case) as db:
        truncate(db, earlier)
        db.execute("DELETE FROM cosignature WHERE size > ?", (earlier,))
    Insider(case).rebuild()
    assert by_policy(case, witness, 0).failed == []
    with tampering(case) as db:
        db.execute("DELETE FROM cosignature")
    assert "older copy of the case" in ask(case, witness, code=1)
    case.run("claim", "another", "Said instead")
    case.run("checkpoint")
    assert "another log of this name" in ask(case, witness, code=1)
    assert by_policy(case, witness, 3)[:2] == ([], {"cosignature"})


def test_row_12_two_logs_of_one_size(case, witness):
    """Only one of them gets the witness's cosignature."""
    fork = copied(case, "fork")
    for one, said in ((case, "They knew"), (fork, "They never knew")):
        one.run("claim", "later", said)
        one.run("checkpoint")
    assert ask(case, witness) == "[]"
    assert "another log of this name" in ask(fork, witness, code=1)
    assert by_policy(case, witness, 0).failed == []
    assert by_policy(fork, witness, 3)[:2] == ([], {"cosignature"})


def test_row_63_a_change_to_an_attackers_key_with_the_stolen_old_one(case, witness):
    """Who knows the old key alone is led to the attacker's; a witness is not, nor who saw more."""
    fork = copied(case, "fork")
    case.run("claim", "later", "Said later")
    seen = case.write("seen", case.json("checkpoint")["note"])
    ask(case, witness)
    old = fork.vkey
    fork.run("key", "rotate", "--reason", "mine now")
    fork.run("claim", "later", "Never said")
    fork.run("checkpoint")
    assert verdict(fork, "--key", old, code=0).failed == []
    assert "doesn't know the key" in ask(fork, witness, code=3)
    witness.logs[fork.key.name] = fork.key.verifier
    assert "another log of this name" in ask(fork, witness, code=1)
    assert by_policy(fork, witness, 3)[:2] == ([], {"cosignature"})
    assert verdict(fork, "--key", old, "--seen", seen, code=1).failed == ["seen"]


def test_row_63_an_attacker_without_the_old_key_leads_nobody(case, witness):
    """The change is recorded, and only the attacker's key signs it."""
    case.run("key", "rotate", "--reason", "mine now")
    note = case.json("log")["checkpoints"][-1]
    with tampering(case) as db:
        ((text,),) = db.execute("SELECT note FROM checkpoint WHERE size = ?", (note,))
        head, *lines = text.partition("\n\n")[::2]
        alone = f"{head}\n\n{lines[0].splitlines(keepends=True)[-1]}"
        db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (alone, note))
    assert "signature" in verdict(case, code=1).failed


@pytest.mark.parametrize("what", ["another log", "another size"])
def test_row_64_a_cosignature_of_another_log_or_size(case, witness, what):
    size = case.json("log")["size"]
    with case.connected() as db:
        ((note,),) = db.execute("SELECT note FROM checkpoint WHERE size = ?", (size,))
    text = note.partition("\n\n")[0] + "\n"
    other = {"another log": f"other.{text}", "another size": text.replace(str(size), "7")}[what]
    with tampering(case) as db:
        line = str(witness.cosignature(other))
        db.execute("UPDATE cosignature SET line = ?", (line,))
    assert by_policy(case, witness, 1).failed == ["cosignature"]


def test_row_32_without_its_cosignatures_a_policy_is_not_met(case, witness):
    with tampering(case) as db:
        db.execute("DELETE FROM cosignature")
    assert by_policy(case, witness, 3)[:2] == ([], {"cosignature"})
