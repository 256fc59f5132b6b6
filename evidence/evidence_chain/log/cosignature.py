"""Cosignatures of witnesses on checkpoints (C2SP tlog-cosignature, Ed25519).

A witness says with one that, at a time by its clock, this was the largest tree of that log that
it had seen, and that it grew from what it had seen before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.log.key import PublicKey

if TYPE_CHECKING:
    from evidence_chain.log.note import SignedNote

COSIGNATURE = 0x04
"""The type of a witness's Ed25519 key."""
ML_DSA_44 = 0x06
"""The type of a witness's ML-DSA-44 key, which is not known here."""

_TIME_SIZE = 8
_SIZE = _TIME_SIZE + 64
_VKEY = re.compile(r"(?P<name>[^+]+)\+(?P<key_id>[0-9a-f]{8})\+(?P<key>.+)")


@dataclass(frozen=True)
class WitnessKey(PublicKey):
    """A witness's public key, which tells whether it cosigned a checkpoint.

    Raises:
        FormatError: a bad name, a key not of 32 bytes, or the key id of another key.
    """

    TYPE = COSIGNATURE
    OWNER = "the witness "

    @classmethod
    def parse(cls, vkey: str) -> WitnessKey:
        """Read `NAME+KEYID+BASE64` of type 0x04, as C2SP writes a witness's key.

        Raises:
            FormatError: it is none, is damaged, or is the key of a log (0x01).
            UncheckedError: it is of a type that is not known here, such as ML-DSA-44 (0x06).
        """
        match = _VKEY.fullmatch(vkey)
        if match is None:
            raise FormatError(
                "A witness's key has a name, an id of eight hex digits and a key, with '+' "
                "between them. This one doesn't: copy the whole key."
            )
        key = b64.decode(match["key"])
        _check_type(match["name"], key[:1])
        return cls(match["name"], bytes.fromhex(match["key_id"]), key[1:])


def signed_bytes(text: str, time: int) -> bytes:
    """What a witness signs at `time` (seconds of POSIX) over the text of a checkpoint's note."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


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
    """
    lines = [
        line.signature
        for line in note.signatures
        if (line.name, line.key_id) == (witness.name, witness.key_id)
    ]
    return min((_check(note.text, line, witness) for line in lines), default=None)


def _check(text: str, signature: bytes, witness: WitnessKey) -> datetime:
    if len(signature) != _SIZE:
        raise ProofError(
            f"Checking a cosignature: the line of the witness {witness.name} has "
            f"{len(signature)} bytes where a time and a signature have {_SIZE}. Fetch the "
            "checkpoint again."
        )
    time = int.from_bytes(signature[:_TIME_SIZE], "big")
    if not witness.signed(signed_bytes(text, time), signature[_TIME_SIZE:]):
        raise ProofError(
            f"Checking a cosignature: that of the witness {witness.name} does not hold. It is of "
            "another checkpoint or another time, or the note was changed: reject it, and fetch "
            "it again."
        )
    try:
        return datetime.fromtimestamp(time, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ProofError(
            f"Checking a cosignature: the witness {witness.name} signed for the time {time}, "
            "which no calendar has. Ask its operator."
        ) from error


def _check_type(name: str, key_type: bytes) -> None:
    if key_type == bytes([COSIGNATURE]):
        return
    if key_type == b"\x01":
        raise FormatError(
            f"The key of {name} is that of a log (type 0x01), not of a witness (0x04). Give it "
            "where a log's key is asked for."
        )
    which = "ML-DSA-44, 0x06" if key_type == bytes([ML_DSA_44]) else f"0x{key_type.hex()}"
    raise UncheckedError(
        f"The key of the witness {name} is of a type that is not known here ({which}), so what "
        "it cosigned can't be checked. Ask its operator for a key of type 0x04 (Ed25519)."
    )
