"""Cosignatures with ML-DSA-44, as C2SP tlog-cosignature asks of new witnesses."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import checkpoint
from evidence_chain.log.cosignature import MlDsaWitnessKey, WitnessKey, cosigned_at
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import Signature, SignedNote

LOG = SigningKey("newsroom.example/cameras", bytes(range(32)))
SECRET = MLDSA44PrivateKey.from_seed_bytes(bytes(32))
WITNESS = MlDsaWitnessKey.of("witness.example/w3", SECRET.public_key().public_bytes_raw())
NOON = int(datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp())


def signed(size=6, root=bytes(32), key=LOG):
    return SignedNote.parse(checkpoint.sign(checkpoint.Checkpoint(key.name, size, root), key))


def struct(size=6, root=bytes(32), origin=LOG.name, name=WITNESS.name, time=NOON, start=0):
    """`cosigned_message`, written out from the specification."""
    return (
        b"subtree/v1\n\x00"
        + bytes([len(name)])
        + name.encode()
        + time.to_bytes(8, "big")
        + bytes([len(origin)])
        + origin.encode()
        + start.to_bytes(8, "big")
        + size.to_bytes(8, "big")
        + root
    )


def line(message, time=NOON):
    signature = time.to_bytes(8, "big") + SECRET.sign(message)
    return Signature(WITNESS.name, WITNESS.key_id, signature)


def test_it_tells_when():
    note = signed().with_signature(line(struct()))
    assert cosigned_at(note, WITNESS) == datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert WITNESS.message(note.text, NOON) == struct()


def test_the_key_reads_as_it_is_written():
    assert WitnessKey.parse(str(WITNESS)) == WITNESS
    with pytest.raises(FormatError, match="1312"):
        MlDsaWitnessKey.of("witness.example/w3", bytes(32))


@pytest.mark.parametrize(
    "other",
    [
        {"size": 7},
        {"root": bytes([1]) * 32},
        {"origin": "newsroom.example/other"},
        {"name": "witness.example/w4"},
        {"time": NOON + 1},
        {"start": 1},
    ],
    ids=str,
)
def test_row_64_a_cosignature_of_something_else(other):
    with pytest.raises(ProofError, match=r"witness\.example/w3 does not hold"):
        cosigned_at(signed().with_signature(line(struct(**other))), WITNESS)


def test_an_ed25519_signature_under_its_name_is_none():
    short = Signature(WITNESS.name, WITNESS.key_id, bytes(72))
    with pytest.raises(ProofError, match="72 bytes"):
        cosigned_at(signed().with_signature(short), WITNESS)


def test_a_name_that_the_message_can_not_hold():
    key = SigningKey("n" * 256, bytes(32))
    note = signed(key=key).with_signature(line(b""))
    with pytest.raises(FormatError, match="256 bytes"):
        cosigned_at(note, WITNESS)
