"""`--signer`: the key lies in an ssh-agent, and signs what a note needs, or it is said that not."""

import os

import pytest

from adversary import verdict
from agents import Agent, real_agent
from cases import ORIGIN, CaseDir
from editions import ALL_SHOWN

REASON = ("--reason", "It lies in an agent now")


@pytest.fixture
def agent(monkeypatch):
    with Agent().running(monkeypatch) as running:
        yield running


def public(case, agent):
    return case.write("desk.pub", agent.public)


def test_a_real_agent_signs_checkpoints_editions_and_changes(invented, monkeypatch, tmp_path):
    with real_agent(monkeypatch, tmp_path) as key:
        if key is None:
            if os.environ.get("CI"):
                pytest.fail("OpenSSH is not installed.")
            pytest.skip("OpenSSH is not installed.")
        told = invented.json("key", "rotate", *REASON, "--signer", key)
        assert invented.key_file.read_text().startswith("ssh-ed25519 ")
        invented.run("claim", "later", "Said later")
        assert invented.json("checkpoint")["size"] == told["size"] + 1
        assert verdict(invented, "--key", told["previous"], code=0).failed == []
        invented.run("publish", tmp_path / "out", *ALL_SHOWN, "--signer", key)
        said = invented.json("check", tmp_path / "out", "--key", told["verifier_key"])
        assert said["outcome"] == "holds"
        monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody"))
        invented.run("claim", "last", "Said last")
        assert "can't be asked" in invented.run("checkpoint", code=4).stderr
        assert verdict(invented, code=3).missed == {"coverage"}
        assert "ssh-agent's" in invented.run("key", "backup", "-o", "x", code=2).stderr
        back = invented.json("key", "rotate", *REASON, code=4)
        assert "can't be asked" in back["error"]


def test_a_change_of_which_the_agent_would_sign_nothing_is_not_begun(invented, agent, monkeypatch):
    """Though the log has not grown, so that nothing needs its signature before."""
    invented.run("key", "rotate", *REASON, "--signer", public(invented, agent))
    before = invented.json("log")["size"]
    monkeypatch.delenv("SSH_AUTH_SOCK")
    assert "SSH_AUTH_SOCK" in invented.run("key", "rotate", *REASON, code=4).stderr
    assert invented.json("log")["size"] == before
    assert not invented.home.joinpath("signing.key.next").exists()


def test_a_case_that_an_agent_signs_from_the_beginning(tmp_path, agent):
    case = CaseDir(tmp_path)
    key = public(case, agent)
    told = case.json("init", case.root, "--origin", ORIGIN, "--signer", key)
    assert case.key_file.read_text() == agent.public
    case.run("claim", "knew", "They knew")
    assert case.json("checkpoint", "--signer", key)["size"] == 2
    assert verdict(case, "--key", told["verifier_key"], code=0).failed == []
    case.key_file.unlink()
    case.run("claim", "later", "They knew later")
    case.run("checkpoint", code=4)
    assert case.json("checkpoint", "--signer", key)["size"] == 3
    assert case.key_file.exists()
    assert not any(b"does this agent" in one for one in agent.signed)


def test_another_key_signs_nothing_and_is_not_kept(invented, agent):
    key, before = public(invented, agent), invented.key_file.read_bytes()
    said = invented.run("checkpoint", "--signer", key, code=(1, 2)).stderr
    assert said
    assert invented.key_file.read_bytes() == before
    invented.key_file.unlink()
    invented.run("checkpoint", "--signer", key, code=1)
    assert not invented.key_file.exists()


def test_a_key_that_was_rotated_away(invented, agent):
    key = public(invented, agent)
    invented.run("key", "rotate", *REASON, "--signer", key)
    said = invented.run("key", "rotate", *REASON, "--signer", key, code=2).stderr
    assert "no key does so twice" in said
    invented.run("key", "rotate", *REASON)
    assert "no key does so twice" in " ".join(
        invented.run("key", "rotate", *REASON, "--signer", key, code=2).stderr.split()
    )
    invented.key_file.unlink()
    assert "rotated away" in invented.run("checkpoint", "--signer", key, code=2).stderr


OTHER_TYPES = {
    "ecdsa": "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAA x",
    "a security key": "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t x",
    "a certificate": "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAx x",
    "rsa": "ssh-rsa AAAAB3NzaC1yc2E= x",
    "another inside": "ssh-ed25519 AAAAB3NzaC1yc2E= x",
    "no base64": "ssh-ed25519 ÄÄÄÄ x",
    "cut": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcH x",
    "a secret key": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "nothing": "",
}


@pytest.mark.parametrize("line", OTHER_TYPES.values(), ids=OTHER_TYPES)
def test_keys_by_which_no_note_can_be_signed(invented, line):
    key = invented.write("other.pub", f"{line}\n")
    said = invented.run("key", "rotate", *REASON, "--signer", key, code=4).stderr
    assert "can't sign a log" in said
    assert verdict(invented, code=0).failed == []


def flipped(answer):
    return answer[:-1] + bytes([answer[-1] ^ 1])


def signing(change):
    """Changes what the agent signed, and nothing else that it says."""
    return lambda answer: change(answer) if answer[0] == 14 else answer


ANSWERS = {
    "no": (lambda answer: b"\x05", "refused"),
    "nothing": (lambda answer: None, "ended in the middle"),
    "too much": (lambda answer: bytearray(b"\xff\xff\xff\xff"), "4294967295 bytes"),
    "an empty one": (lambda answer: b"", "0 bytes"),
    "garbage": (lambda answer: answer[:1] + b"\xff" * 20, "ends too early"),
    "more": (lambda answer: answer + b"x", "after its end"),
    "no keys": (
        lambda answer: b"\x0c" + bytes(4) if answer[0] == 12 else answer,
        "doesn't hold the signing key",
    ),
    "another signature": (
        lambda answer: flipped(answer) if answer[0] == 14 else answer,
        "not hold",
    ),
    "another kind": (
        lambda answer: (
            answer.replace(b"ssh-ed25519", b"ssh-ed448xx") if answer[0] == 14 else answer
        ),
        "signed with",
    ),
}


@pytest.mark.parametrize(("change", "told"), ANSWERS.values(), ids=ANSWERS)
def test_an_agent_that_answers_otherwise(invented, monkeypatch, change, told):
    with Agent(change).running(monkeypatch) as agent:
        key = public(invented, agent)
        said = invented.run("key", "rotate", *REASON, "--signer", key, code=4).stderr
        assert told in said
    assert not invented.home.joinpath("signing.key.next").exists()
    assert verdict(invented, code=0).failed == []


def test_no_agent_is_named(invented, monkeypatch):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    key = public(invented, Agent())
    said = invented.run("key", "rotate", *REASON, "--signer", key, code=4).stderr
    assert "SSH_AUTH_SOCK names none" in said
