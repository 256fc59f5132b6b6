"""The note of an edition, which signs all of it (docs/edition.md, section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.digest import SIZE, sha256
from evidence_chain.errors import FormatError
from evidence_chain.log import b64
from evidence_chain.log.key import check_key_name
from evidence_chain.log.note import SignedNote
from evidence_chain.log.note import sign as sign_note
from evidence_chain.values import is_time

if TYPE_CHECKING:
    from evidence_chain.log.key import Signer

FIRST_LINE = "evidence-chain edition v1"
LARGEST = 64 << 10
"""Bytes that a note of an edition, or a checkpoint in one, may have."""
_SIZE = re.compile("[1-9][0-9]{0,18}")
_LINES = 6


@dataclass(frozen=True, slots=True)
class EditionNote:
    """What the note says: which log, how much of it, which files, and when."""

    origin: str
    size: int
    root: bytes
    manifest: bytes
    """SHA-256 of `manifest-sha256.txt`."""
    made: str

    def text(self) -> str:
        """The text that is signed."""
        lines = [FIRST_LINE, self.origin, str(self.size), b64.encode(self.root)]
        return "\n".join([*lines, b64.encode(self.manifest), self.made, ""])

    @property
    def digest(self) -> bytes:
        """The digest that the edition is cited by: SHA-256 of the text."""
        return sha256(self.text().encode())

    def sign(self, key: Signer) -> str:
        """The signed note."""
        return sign_note(self.text(), key)


def parse(text: str) -> EditionNote:
    """Read the text of a note to the byte: `parse(text).text() == text`.

    Raises:
        FormatError: it isn't exactly the six lines of an edition's note.
    """
    lines = text.split("\n")
    if len(lines) != _LINES + 1 or lines[0] != FIRST_LINE or lines[-1]:
        raise FormatError(
            f"The note of an edition has {_LINES} lines, of which the first is {FIRST_LINE!r}. "
            "This one hasn't: fetch the edition again."
        )
    _, origin, size, root, manifest, made, _ = lines
    check_key_name(origin)
    digests = b64.decode(root), b64.decode(manifest)
    if any(len(one) != SIZE for one in digests):
        raise FormatError(f"The digests in the note of an edition have {SIZE} bytes each.")
    if not _SIZE.fullmatch(size) or not is_time(made):
        raise FormatError(
            f"The note of an edition says its size and the time when it was made; {size[:40]!r} "
            f"and {made[:40]!r} are not."
        )
    return EditionNote(origin, int(size), *digests, made)


def read(note: bytes) -> tuple[EditionNote, SignedNote]:
    """Read a signed note, and check that it has one signature; not whether that holds.

    Raises:
        FormatError: it isn't the note of an edition.
    """
    if len(note) > LARGEST:
        raise FormatError(f"The note of an edition has {LARGEST} bytes at most, and this has more.")
    signed = SignedNote.parse(note)
    if len(signed.signatures) != 1:
        raise FormatError(
            f"The note of an edition has one signature, and this has {len(signed.signatures)}."
        )
    return parse(signed.text), signed
