"""Cosignatures of witnesses, made here, and what must not pass for one."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import Checkpoint, sign
from evidence_chain.log.cosignature import WitnessKey, cosigned_at, signed_bytes
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.note import Signature, SignedNote

LOG = SigningKey("newsroom.example/cameras", bytes(range(32)))
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(32))
WITNESS = WitnessKey.of("witness.example/w1", SECRET.public_key().public_bytes_raw())
NOTE = SignedNote.parse(sign(Checkpoint(LOG.name, 6, bytes(32)), LOG))
NOON = 1_795_694_400
"""2026-11-26T12:00:00Z"""


def cosignature(note=NOTE, time=NOON, witness=WITNESS, secret=SECRET):
    signature = secret.sign(signed_bytes(note.text, time))
    return Signature(witness.name, witness.key_id, time.to_bytes(8, "big") + signature)


def test_a_cosignature_tells_when():
    cosigned = NOTE.with_signature(cosignature())
    assert cosigned_at(cosigned, WITNESS) == datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_of_two_by_one_witness_the_earlier_tells_how_old_the_checkpoint_is():
    cosigned = NOTE.with_signature(cosignature()).with_signature(cosignature(time=NOON - 60))
    assert cosigned_at(cosigned, WITNESS) == datetime(2026, 11, 26, 11, 59, tzinfo=UTC)


def test_a_note_without_the_witness_says_nothing():
    assert cosigned_at(NOTE, WITNESS) is None
    other = WitnessKey.of("witness.example/w2", WITNESS.public_key)
    assert cosigned_at(NOTE.with_signature(cosignature()), other) is None


def test_a_key_reads_as_it_is_written():
    assert WitnessKey.parse(str(WITNESS)) == WITNESS


def test_the_message_is_the_one_of_the_specification():
    assert signed_bytes("a\n1\nb\n", 1679315147) == b"cosignature/v1\ntime 1679315147\na\n1\nb\n"


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("newsroom.example/tenders", 6, bytes(32)),
        (LOG.name, 7, bytes(32)),
        (LOG.name, 6, bytes(31) + b"\1"),
    ],
)
def test_row_64_a_cosignature_of_another_log_size_or_root(origin, size, root):
    key = SigningKey(origin, LOG.seed)
    other = SignedNote.parse(sign(Checkpoint(origin, size, root), key))
    with pytest.raises(ProofError, match=r"witness\.example/w1 does not hold"):
        cosigned_at(NOTE.with_signature(cosignature(other)), WITNESS)


def test_a_cosignature_set_back_in_time():
    line = cosignature()
    moved = Signature(line.name, line.key_id, (NOON - 1).to_bytes(8, "big") + line.signature[8:])
    with pytest.raises(ProofError, match="another time"):
        cosigned_at(NOTE.with_signature(moved), WITNESS)


def test_a_plain_signature_passed_off_as_a_cosignature():
    line = Signature(WITNESS.name, WITNESS.key_id, SECRET.sign(NOTE.text.encode()))
    with pytest.raises(ProofError, match="64 bytes where a time and a signature have 72"):
        cosigned_at(NOTE.with_signature(line), WITNESS)


def test_a_bad_line_next_to_a_good_one_of_the_same_witness():
    other = SignedNote.parse(sign(Checkpoint(LOG.name, 7, bytes(32)), LOG))
    both = NOTE.with_signature(cosignature()).with_signature(cosignature(other))
    with pytest.raises(ProofError):
        cosigned_at(both, WITNESS)


def test_a_signature_of_another_key_under_the_name_of_the_witness():
    line = cosignature(secret=Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
    with pytest.raises(ProofError):
        cosigned_at(NOTE.with_signature(line), WITNESS)


@pytest.mark.parametrize("time", [2**64 - 1, 2**63, 10**15])
def test_a_time_that_no_calendar_has(time):
    with pytest.raises(ProofError, match="no calendar has"):
        cosigned_at(NOTE.with_signature(cosignature(time=time)), WITNESS)


def test_the_key_of_a_log_is_no_witness():
    with pytest.raises(FormatError, match="that of a log"):
        WitnessKey.parse(str(LOG.verifier))
    with pytest.raises(FormatError):
        VerifierKey.parse(str(WITNESS))


def test_a_cosignature_without_a_time_says_nothing_of_what_was_seen():
    with pytest.raises(ProofError, match="without a time"):
        cosigned_at(NOTE.with_signature(cosignature(time=0)), WITNESS)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "witness.example/w1",
        str(WITNESS)[:-4],
        str(WITNESS).replace("w1", "w2"),
        str(WITNESS).replace("+", "-"),
        f"{WITNESS.name}+{WITNESS.key_id.hex().upper()}+{str(WITNESS).rpartition('+')[2]}",
        f" {WITNESS}",
    ],
)
def test_a_damaged_key(vkey):
    with pytest.raises(FormatError):
        WitnessKey.parse(vkey)


def test_an_unknown_type_is_not_known():
    vkey = f"{WITNESS.name}+{WITNESS.key_id.hex()}+{b64.encode(bytes([9]) + bytes(32))}"
    with pytest.raises(UncheckedError, match="0x09"):
        WitnessKey.parse(vkey)


def test_the_cosignature_of_an_edition_made_by_others(shared):
    expected = json.loads(shared("edition-example.json").read_text())
    note = SignedNote.parse((shared("edition-example") / "data/checkpoint").read_bytes())
    witness = WitnessKey.parse(expected["witness"])
    assert str(witness) == expected["witness"]
    assert cosigned_at(note, witness) == datetime(2026, 11, 26, 12, tzinfo=UTC)
    before = SignedNote.parse((shared("edition-example") / "data/checkpoints/27").read_bytes())
    moved = before.with_signature(next(s for s in note.signatures if s.name == witness.name))
    with pytest.raises(ProofError):
        cosigned_at(moved, witness)
