"""Renewals of a case's time-stamps, and proofs of OpenTimestamps that were made elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import sha256
from evidence_chain.errors import InputError, ProofError
from evidence_chain.stamps import open_timestamps
from evidence_chain.stamps.renewal import text_over
from evidence_chain.stamps.response import open_response
from evidence_db.reading.attested.kept_stamps import open_timestamps as kept_proofs
from evidence_db.reading.attested.kept_stamps import renewable, renewals
from evidence_db.recording.attesting.stamping import Answer

if TYPE_CHECKING:
    from evidence_chain.stamps.open_timestamps import Proof
    from evidence_db.reading.reader import Reader
    from evidence_db.recording.writer import Writer


def to_renew(reader: Reader) -> str:
    """The text that is stamped to renew all time-stamps of a case, and all renewals.

    Raises:
        InputError: there is none.
    """
    lines = renewable(reader)
    if not lines:
        raise InputError("There is no time-stamp to be renewed yet: `evidence timestamp`.")
    return text_over(reader.info().origin, lines)


def read_renewal(text: str, whence: str, token: bytes) -> Answer:
    """A renewal that was fetched elsewhere.

    Raises:
        FormatError: it is no response.
        ProofError: it is over something else than the time-stamps as they are now.
    """
    try:
        return Answer(0, whence, token, open_response(token, text.encode()))
    except ProofError as error:
        raise ProofError(
            f"{whence} is not over the time-stamps of this case as they are now. Ask for it anew "
            f"with `evidence timestamp --renew --query FILE`. {error}"
        ) from error


def store_renewals(writer: Writer, text: str, answers: list[Answer]) -> int:
    """Keep renewals; how many were not there yet.

    Raises:
        ProofError: time-stamps came in since the text was made.
    """
    known = {token for _, token in renewals(writer.reader)}
    new = {one.token: one for one in answers if one.token not in known}
    if new and to_renew(writer.reader) != text:
        raise ProofError("Time-stamps came in meanwhile, so nothing was renewed. Try again.")
    for token in new:
        writer.store_renewal(text, token)
    return len(new)


def read_open_timestamp(reader: Reader, whence: str, data: bytes) -> tuple[int, Proof]:
    """A proof of OpenTimestamps, and the size of the checkpoint that it is of.

    It may be of the checkpoint's text, or of its note as `evidence checkpoint` prints it.

    Raises:
        FormatError: it is none.
        ProofError: it is of no checkpoint of this case.
    """
    proof = open_timestamps.read(data)
    for one in reversed(reader.checkpoints()):
        if proof.digest in {sha256(one.text), sha256(one.note.encode())}:
            return one.size, proof
    raise ProofError(
        f"{whence} is of no checkpoint of this case: it is of a file with the SHA-256 "
        f"{proof.digest.hex()}. Stamp what `evidence checkpoint` prints."
    )


def store_open_timestamps(writer: Writer, proofs: list[tuple[int, bytes]]) -> int:
    """Keep proofs with their checkpoints; how many were not there yet."""
    new = dict.fromkeys(one for one in proofs if one not in kept_proofs(writer.reader))
    for size, data in new:
        writer.store_open_timestamp(size, data)
    return len(new)
