"""Verdicts are repeated from what was sealed with them, years later and without a network."""

import copy
import os
import signal

import pytest

from evidence_chain.errors import ExtractionError, FormatError
from evidence_chain.extract.guard import guard
from evidence_chain.extract.guard.guard import Limits
from evidence_chain.mail import Key, check, differences, recheck, signers
from evidence_chain.mail.dkim import check_signatures
from signing import NOW, message


def again(content, recorded):
    return differences(recorded, recheck(content, recorded, check_signatures))


@pytest.fixture
def signed(signer, ed25519):
    return signer.sign(ed25519.sign(message(), s="second"), x=1939700000)


@pytest.fixture
def recorded(signed, signer, ed25519):
    keys = [signer.key(selector="june"), ed25519.key(selector="second")]
    return check_signatures(b"ARC-Seal: i=1\r\n" + signed, keys, NOW)


def test_seals_that_were_not_looked_into_are_no_difference(signed, recorded):
    old = [*recorded[:2], recorded[2] | {"verdict": "not-checked", "reason": "arc"}]
    assert again(b"ARC-Seal: i=1\r\n" + signed, old) == []
    assert again(b"ARC-Seal: i=1\r\n" + signed.replace(b"never", b"often"), old)


def test_verdicts_are_repeated(signed, recorded):
    assert [one["verdict"] for one in recorded] == ["valid", "valid", "refused"]
    assert again(b"ARC-Seal: i=1\r\n" + signed, recorded) == []


def test_expiry_is_judged_by_the_clock_of_then(signed, signer):
    late = check_signatures(signed, [signer.key()], "2040-01-01T00:00:00Z")
    assert late[0]["reason"] == "expired"
    assert again(signed, late) == []


def test_another_message(signed, recorded):
    changed = b"ARC-Seal: i=1\r\n" + signed.replace(b"never", b"often")
    assert again(changed, recorded) == [
        "signature 1: reason was nothing, and is body-differs",
        "signature 1: verdict was valid, and is invalid",
        "signature 2: reason was nothing, and is body-differs",
        "signature 2: verdict was valid, and is invalid",
    ]


def test_another_number_of_signatures(signed, recorded):
    assert again(signed, recorded) == ["there were 3 verdicts, and are 2"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verdict", "invalid"),
        ("verdict", "not-checked"),
        ("reason", "check-failed"),
        ("domain", "ledger.example"),
        ("warnings", ["testing"]),
        ("unsigned_headers", ["Subject"]),
        ("signed_headers", ["from"]),
        ("expires", None),
        ("aligned", "other"),
        ("key_bits", 4096),
        ("key_from", ""),
        ("key_from", None),
        ("key_record", 7),
        ("key_record", "p="),
        ("invented", True),
    ],
)
def test_a_recorded_verdict_was_changed(signed, recorded, name, value):
    changed = copy.deepcopy(recorded)
    changed[0][name] = value
    assert again(b"ARC-Seal: i=1\r\n" + signed, changed)


def test_a_recorded_verdict_lacks_a_name(signed, recorded):
    del recorded[1]["detail"], recorded[1]["body_length"]
    recorded[1].pop("verdict")
    assert again(b"ARC-Seal: i=1\r\n" + signed, recorded)


def test_a_forged_stored_key(signer, other_signer):
    """Another key than the message was signed with is noticed ..."""
    content = signer.sign(message())
    forged = check_signatures(content, [signer.key()], NOW)
    forged[0]["key_record"] = other_signer.key().record
    assert "signature 1: verdict was valid, and is invalid" in again(content, forged)


def test_a_key_forged_along_with_the_message(other_signer):
    """... while a limit remains: whether DNS had this key can't be told from the file."""
    content = other_signer.sign(message())
    forged = check_signatures(content, [other_signer.key()], NOW)
    forged[0]["key_from"] = "dns 2031-06-20T00:00:00Z"
    assert forged[0]["verdict"] == "valid"
    assert again(content, forged) == []


def test_what_had_no_key_is_repeated_as_that(signed):
    for keys in ([], [Key("dns " + NOW, None, "quillmar.example", "june", "DNS has no key")]):
        verdicts = check_signatures(signed, keys, NOW)
        assert verdicts[0]["reason"] == "no-key"
        assert again(signed, verdicts) == []


def test_another_version_of_the_program_is_no_difference(signed, recorded):
    recorded[0]["checker"] = {"name": "evidence-chain/dkim", "version": "0"}
    assert again(b"ARC-Seal: i=1\r\n" + signed, recorded) == []


@pytest.mark.parametrize("junk", [None, {}, [], ["valid"], [{}], [{"checked_at": "now"}]])
def test_what_is_no_list_of_verdicts(signed, junk):
    with pytest.raises(FormatError):
        recheck(signed, junk, check_signatures)


def test_verdicts_of_two_times(signed, recorded):
    recorded[1]["checked_at"] = "2031-06-21T00:00:00Z"
    with pytest.raises(FormatError, match="several times"):
        recheck(signed, recorded, check_signatures)


def test_in_a_subprocess(signed, signer):
    pairs = signers(signed)
    assert pairs == [("quillmar.example", "june"), ("quillmar.example", "second")]
    verdicts = check(signed, [signer.key(selector="june")], NOW)
    assert verdicts == check_signatures(signed, [signer.key(selector="june")], NOW)
    assert differences(verdicts, recheck(signed, verdicts)) == []


def test_a_message_on_which_the_program_dies(signed, monkeypatch, _forking):  # noqa: PT019
    monkeypatch.setattr(guard, "_spawn", _forking)  # else it may have ended before it is killed
    start = guard._start

    def killed(*args):
        process = start(*args)
        os.killpg(process.pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(guard, "_start", killed)
    (verdict,) = failed = check(signed, [], NOW)
    assert (verdict["verdict"], verdict["reason"]) == ("not-checked", "check-failed")
    assert "SIGKILL" in verdict["detail"]
    with pytest.raises(ExtractionError, match="SIGKILL"):
        recheck(signed, failed)
    monkeypatch.undo()
    assert differences(failed, recheck(signed, failed)) == []


def test_a_message_that_takes_too_long(signer, monkeypatch):
    content = signer.sign(message()) + b" " * 3_000_000 + b"x\r\n"
    quick = Limits(cpu=1)
    run = guard.run
    monkeypatch.setattr(guard, "run", lambda *args, **named: run(*args, quick, **named))
    (verdict,) = check(content, [signer.key()], NOW)
    assert (verdict["verdict"], verdict["reason"]) == ("not-checked", "check-failed")
    assert "1 s of computing" in verdict["detail"]


def test_a_time_that_is_none(signed):
    with pytest.raises(FormatError, match="no time such as"):
        check(signed, [], "now")
