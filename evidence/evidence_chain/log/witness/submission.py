"""What goes to a witness and comes back: `add-checkpoint` of C2SP tlog-witness, as bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64, checkpoint
from evidence_chain.log.cosignature import cosigned_at
from evidence_chain.log.note import MAX_SIGNATURES, Signature, SignedNote
from evidence_chain.log.proof import consistency_proof

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from evidence_chain.log.cosignature import WitnessKey
    from evidence_chain.log.merkle import HashAt

MAX_ANSWER = 1 << 17
"""Bytes that an answer may have."""
MAX_PROOF = 63
"""Hashes that a proof of consistency may have."""
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class Cosignature(NamedTuple):
    """A witness's signature line, which was checked, and when it says that it signed."""

    line: Signature
    time: datetime


def request(note: SignedNote, old: int, hash_at: HashAt) -> bytes:
    """What asks a witness to cosign a checkpoint.

    Args:
        note: The checkpoint, signed by its log.
        old: The size of the log that the witness cosigned last; 0 if it cosigned none.
        hash_at: The hashes of the log's tree.

    Raises:
        FormatError: the note is no checkpoint, or is of a log smaller than `old`.
    """
    new = checkpoint.parse(note.text).size
    if old > new:
        raise FormatError(f"No log of {new} entries goes on from one of {old}.")
    proof = consistency_proof(old, new, hash_at) if 0 < old < new else []
    lines = [f"old {old}", *map(b64.encode, proof), "", note.to_text()]
    return "\n".join(lines).encode()


def read_size(answer: bytes) -> int:
    """The size that a witness cosigned last, as it says where it was thought another (409).

    Raises:
        FormatError: it says no size.
    """
    found = _SIZE.fullmatch(answer)
    if found is None:
        raise FormatError(
            "It says that it cosigned another size last, and not which: its answer is no decimal "
            "number and a newline."
        )
    return int(found[1])


def read_cosignatures(
    answer: bytes, note: SignedNote, keys: Iterable[WitnessKey]
) -> list[Cosignature]:
    """The cosignatures by these keys in an answer; lines by other keys are left out.

    Raises:
        FormatError: it is no sequence of signature lines.
        ProofError: a line by one of the keys does not hold over this checkpoint, or there is none.
    """
    if len(answer) > MAX_ANSWER:
        raise FormatError(f"Its answer has more than {MAX_ANSWER >> 10} KiB.")
    try:
        text = answer.decode()
    except UnicodeDecodeError as error:
        raise FormatError(f"Its answer is no text in UTF-8: {error}.") from error
    if not text.endswith("\n"):
        raise FormatError("Its answer doesn't end in a newline, so it was cut short or is none.")
    lines = text[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise FormatError(f"Its answer has more than {MAX_SIGNATURES} lines.")
    parsed = [Signature.parse(line) for line in lines]
    return list(_checked(parsed, note, list(keys)))


def _checked(
    parsed: list[Signature], note: SignedNote, keys: list[WitnessKey]
) -> Iterable[Cosignature]:
    found = 0
    for line in parsed:
        for key in keys:
            if (line.name, line.key_id) != (key.name, key.key_id):
                continue
            time = cosigned_at(SignedNote(note.text, (line,)), key)
            if time is not None:
                found += 1
                yield Cosignature(line, time)
    if not found:
        names = ", ".join(sorted({f"{key.name} (key id {key.key_id.hex()})" for key in keys}))
        raise ProofError(f"Its answer holds no cosignature by {names}.")
