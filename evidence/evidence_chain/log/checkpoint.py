"""Checkpoints: the signed size and root of the log (docs/format.md, section 5).

The text of a note in C2SP's tlog-checkpoint form, of three lines and no extensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.digest import SIZE
from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.key import check_key_name
from evidence_chain.log.note import SignedNote, verify
from evidence_chain.log.note import sign as sign_note
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from evidence_chain.log.key import Signer, VerifierKey

SIZE_BOUND = 2**63

_DECIMAL = pattern("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: `size` entries under `root`.

    Raises:
        FormatError: an origin that is no key name, a size that is negative or not below
            2**63, or a root that is not of 32 bytes.
    """

    origin: str
    """The name of the key that signs the log's checkpoints."""
    size: int
    root: bytes

    def __post_init__(self) -> None:
        check_key_name(self.origin)
        if not 0 <= self.size < SIZE_BOUND:
            raise FormatError(f"A log can't have {self.size} entries: 2**63 - 1 is the most.")
        if len(self.root) != SIZE:
            raise FormatError(f"A root has {SIZE} bytes; this checkpoint's has {len(self.root)}.")

    def text(self) -> str:
        """The text of the note, which is what gets signed and time-stamped."""
        return f"{self.origin}\n{self.size}\n{b64.encode(self.root)}\n"


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint to the byte: `parse(text).text() == text`.

    Raises:
        FormatError: `text` is not exactly an origin, a size and a root, a line each.
    """
    origin, *rest = text.split("\n")
    if len(rest) != 3 or rest[2]:
        raise FormatError(
            "A checkpoint is three lines: origin, size and root. This one has others, or was "
            "cut short: fetch it again."
        )
    size, root, _ = rest
    if not _DECIMAL.fullmatch(size):
        raise FormatError(
            f"A checkpoint's size is a plain decimal number; this one says {size[:40]!r}."
        )
    return Checkpoint(origin, int(size), b64.decode(root))


def sign(checkpoint: Checkpoint, *keys: Signer) -> str:
    """The checkpoint as a note signed by its log: at a change of keys, by the old and the new one.

    Raises:
        ProofError: a key has another name than the log, so nobody would believe it.
    """
    for key in keys:
        _check_origin("Signing a checkpoint", checkpoint, key.name)
    return sign_note(checkpoint.text(), *keys)


def open_checkpoint(note: str | bytes, key: VerifierKey | None) -> tuple[Checkpoint, bool]:
    """Read a signed checkpoint, and check who signed it if the key is known.

    Args:
        note: The whole signed note.
        key: The log's verifier key as its user knows it, or None where they have none.

    Returns:
        The checkpoint, and whether it is known to be signed by the log: False only where no
        key was given, since the signer is unknown then.

    Raises:
        FormatError: `note` is no note, or its text no checkpoint.
        ProofError: it is the checkpoint of another log, `key` did not sign it, or a
            signature under the name of `key` does not hold.
    """
    signed_note = SignedNote.parse(note)
    checkpoint = parse(signed_note.text)
    if key is None:
        return checkpoint, False
    _check_origin("Opening a checkpoint", checkpoint, key.name)
    if not verify(signed_note, [key]):
        raise ProofError(
            f"Opening a checkpoint: no signature by {key.name} (key id {key.key_id.hex()}) is "
            "on it, so this log may be somebody else's. Check the verifier key, and where this "
            "copy comes from."
        )
    return checkpoint, True


def _check_origin(check: str, checkpoint: Checkpoint, key_name: str) -> None:
    if checkpoint.origin != key_name:
        raise ProofError(
            f"{check}: it is of the log {checkpoint.origin}, and the key is that of {key_name}. "
            "Use the key and the checkpoint of one log."
        )
