"""Cosignatures of witnesses on checkpoints (C2SP tlog-cosignature, Ed25519 and ML-DSA-44).

A witness says with one that, at a time by its clock, this was the largest tree of that log that
it had seen, and that it grew from what it had seen before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import parse
from evidence_chain.log.key import PublicKey

if TYPE_CHECKING:
    from evidence_chain.log.note import Signature, SignedNote

COSIGNATURE = 0x04
"""The type of a witness's Ed25519 key."""
ML_DSA_44 = 0x06
"""The type of a witness's ML-DSA-44 key."""

_TIME_SIZE = 8
_LABEL = b"subtree/v1\n\0"
_LONGEST_NAME = 255
_VKEY = re.compile(r"(?P<name>[^+]+)\+(?P<key_id>[0-9a-f]{8})\+(?P<key>.+)")


@dataclass(frozen=True)
class WitnessKey(PublicKey):
    """A witness's public key, which tells whether it cosigned a checkpoint.

    Raises:
        FormatError: a bad name, a key of another length, or the key id of another key.
    """

    TYPE = COSIGNATURE
    OWNER = "the witness "
    SIGNATURE_SIZE: ClassVar[int] = 64

    @classmethod
    def parse(cls, vkey: str) -> WitnessKey:
        """Read `NAME+KEYID+BASE64` of type 0x04 or 0x06, as C2SP writes a witness's key.

        Raises:
            FormatError: it is none, is damaged, or is the key of a log (0x01).
            UncheckedError: it is of a type that is not known here.
        """
        match = _VKEY.fullmatch(vkey)
        if match is None:
            raise FormatError(
                "A witness's key has a name, an id of eight hex digits and a key, with '+' "
                "between them. This one doesn't: copy the whole key."
            )
        key = b64.decode(match["key"])
        known = _known(match["name"], key[:1])
        return known(match["name"], bytes.fromhex(match["key_id"]), key[1:])

    def message(self, text: str, time: int) -> bytes:
        """What the witness signs at `time` (seconds of POSIX) over the text of a checkpoint."""
        return signed_bytes(text, time)


@dataclass(frozen=True)
class MlDsaWitnessKey(WitnessKey):
    """The key of a witness that signs with ML-DSA-44 (FIPS 204), as new ones should.

    Raises:
        FormatError: a bad name, a key of another length, or the key id of another key.
    """

    TYPE = ML_DSA_44
    ALGORITHM = "ML-DSA-44"
    KEY_SIZE = 1312
    SIGNATURE_SIZE = 2420

    def message(self, text: str, time: int) -> bytes:
        """`cosigned_message` over the whole tree; it holds no extension lines."""
        checkpoint = parse(text)
        return (
            _LABEL
            + _counted(self.name)
            + time.to_bytes(_TIME_SIZE, "big")
            + _counted(checkpoint.origin)
            + bytes(8)
            + checkpoint.size.to_bytes(8, "big")
            + checkpoint.root
        )

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` is of this key.

        Raises:
            UncheckedError: the library that is installed can't tell.
        """
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

        try:
            MLDSA44PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            return False
        except UnsupportedAlgorithm as error:
            raise UncheckedError(
                f"The witness {self.name} signs with ML-DSA-44, which the OpenSSL of this machine "
                "doesn't know. Install `cryptography` as a wheel, which brings its own."
            ) from error
        return True


def signed_bytes(text: str, time: int) -> bytes:
    """What an Ed25519 witness signs at `time` (seconds of POSIX) over a checkpoint's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def is_cosignature(line: Signature) -> bool:
    """Whether a line has the length of a cosignature, so that a witness may have written it."""
    sizes = (WitnessKey.SIGNATURE_SIZE, MlDsaWitnessKey.SIGNATURE_SIZE)
    return len(line.signature) - _TIME_SIZE in sizes


def cosigned_at(note: SignedNote, witness: WitnessKey) -> datetime | None:
    """When a witness cosigned a checkpoint, by its own clock.

    Args:
        note: The signed checkpoint.
        witness: The witness's key as the user knows it, never from what is checked.

    Returns:
        The time in UTC, the earliest where the witness cosigned more than once; None where it
        did not, which is no failure of the note.

    Raises:
        ProofError: a line under the name and key id of the witness does not hold. The note was
            changed, or the line was moved here from another checkpoint or another time.
        UncheckedError: there is one, and nothing here can tell whether it holds.
    """
    lines = [
        line.signature
        for line in note.signatures
        if (line.name, line.key_id) == (witness.name, witness.key_id)
    ]
    return min((_check(note.text, line, witness) for line in lines), default=None)


def _check(text: str, signature: bytes, witness: WitnessKey) -> datetime:
    if len(signature) != _TIME_SIZE + witness.SIGNATURE_SIZE:
        raise ProofError(
            f"Checking a cosignature: the line of the witness {witness.name} has "
            f"{len(signature)} bytes where a time and a signature have "
            f"{_TIME_SIZE + witness.SIGNATURE_SIZE}. Fetch the checkpoint again."
        )
    time = int.from_bytes(signature[:_TIME_SIZE], "big")
    if not witness.signed(witness.message(text, time), signature[_TIME_SIZE:]):
        raise ProofError(
            f"Checking a cosignature: that of the witness {witness.name} does not hold. It is of "
            "another checkpoint or another time, or the note was changed: reject it, and fetch "
            "it again."
        )
    if not time:
        raise ProofError(
            f"Checking a cosignature: the witness {witness.name} signed without a time, so it "
            "doesn't say that this was the largest tree that it had seen. Ask its operator."
        )
    try:
        return datetime.fromtimestamp(time, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ProofError(
            f"Checking a cosignature: the witness {witness.name} signed for the time {time}, "
            "which no calendar has. Ask its operator."
        ) from error


def _counted(text: str) -> bytes:
    data = text.encode()
    if not 0 < len(data) <= _LONGEST_NAME:
        raise FormatError(
            f"The name {text[:40]}… has {len(data)} bytes. ML-DSA-44 cosignatures are over names "
            f"of {_LONGEST_NAME} at most, so no such witness can cosign this log."
        )
    return bytes([len(data)]) + data


def _known(name: str, key_type: bytes) -> type[WitnessKey]:
    for known in (WitnessKey, MlDsaWitnessKey):
        if key_type == bytes([known.TYPE]):
            return known
    if key_type == b"\x01":
        raise FormatError(
            f"The key of {name} is that of a log (type 0x01), not of a witness (0x04, 0x06). Give "
            "it where a log's key is asked for."
        )
    raise UncheckedError(
        f"The key of the witness {name} is of a type that is not known here (0x{key_type.hex()}), "
        "so what it cosigned can't be checked. Ask its operator for a key of type 0x04 (Ed25519) "
        "or 0x06 (ML-DSA-44)."
    )
