"""Signed notes (docs/format.md, section 5; C2SP signed-note).

A note is a text that ends in a newline, a blank line, and a line for each signature. Parsing
is strict, so that two programs can't read one note in two ways. A parsed note proves nothing
yet: `verify` says whose signatures hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.key import KEY_ID_SIZE, check_key_name
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.log.key import Signer, VerifierKey

MAX_NOTE = 1_000_000
"""Bytes that a note may have."""
MAX_SIGNATURES = 100
_FORBIDDEN = pattern(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who claims to have signed, with which key, and the bytes.

    Raises:
        FormatError: a bad name, a key id that is not of 4 bytes, or an empty signature.
    """

    name: str
    key_id: bytes
    signature: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.key_id) != KEY_ID_SIZE or not self.signature:
            raise FormatError(f"The signature line of {self.name} is cut short.")

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Read `— NAME BASE64(key id ‖ signature)`, without its newline."""
        dash, *rest = line.split(" ")
        if dash != "—" or len(rest) != 2:
            raise FormatError(
                f"The line {line[:80]!r} stands among the signatures of a note and is none."
            )
        name, data = rest[0], b64.decode(rest[1])
        return cls(name, data[:KEY_ID_SIZE], data[KEY_ID_SIZE:])

    def __str__(self) -> str:
        return f"— {self.name} {b64.encode(self.key_id + self.signature)}"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text and the signatures under it, none of them checked.

    Raises:
        FormatError: no note can hold the text, or there are no signatures or too many.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        _check_text(self.text)
        if not 0 < len(self.signatures) <= MAX_SIGNATURES:
            raise FormatError(
                f"A note has 1 to {MAX_SIGNATURES} signatures, this one {len(self.signatures)}."
            )
        size = len(self.to_text().encode())
        if size > MAX_NOTE:
            raise FormatError(f"A note may have {MAX_NOTE} bytes; this one has {size}.")

    @classmethod
    def parse(cls, note: str | bytes) -> SignedNote:
        """Read a note to the byte: `SignedNote.parse(note).to_text() == note`.

        Raises:
            FormatError: `note` is not exactly as C2SP signed-note has it, or is too large.
        """
        if len(note) > MAX_NOTE:
            raise FormatError(f"A note may have {MAX_NOTE} bytes; this one has more.")
        try:
            plain = note if isinstance(note, str) else note.decode()
        except UnicodeDecodeError as error:
            raise FormatError(f"A note is UTF-8 text, and this is not: {error}.") from error
        before, blank_line, lines = plain.rpartition("\n\n")
        if not blank_line or not lines.endswith("\n"):
            raise FormatError(
                "A note is a text, one blank line and the signatures, and ends in a newline. "
                "This is not, or was cut short: fetch it again."
            )
        signatures = lines[:-1].split("\n")
        return cls(before + "\n", tuple(Signature.parse(line) for line in signatures))

    def to_text(self) -> str:
        """The note as it travels."""
        return "\n".join((self.text, *map(str, self.signatures), ""))

    def with_signature(self, signature: Signature) -> SignedNote:
        """The same note with one more signature, last.

        Raises:
            FormatError: it has as many as a note may have.
        """
        return replace(self, signatures=(*self.signatures, signature))


def sign(text: str, *keys: Signer) -> str:
    """The whole note over `text`, signed by one key, or by each of several.

    Raises:
        FormatError: `text` does not end in a newline, or no note can hold it.
    """
    _check_text(text)
    lines = (Signature(one.name, one.verifier.key_id, one.sign(text.encode())) for one in keys)
    return SignedNote(text, tuple(lines)).to_text()


def verify(note: SignedNote, keys: Sequence[VerifierKey]) -> list[VerifierKey]:
    """Those of `keys` whose signature on the note holds. Signatures of others say nothing.

    Raises:
        ProofError: a signature under the name and id of one of `keys` does not hold; then
            the whole note is worthless, whoever else signed it.
    """
    text = note.text.encode()
    holding = []
    for key in keys:
        claimed = [s for s in note.signatures if (s.name, s.key_id) == (key.name, key.key_id)]
        if not all(key.signed(text, claim.signature) for claim in claimed):
            raise ProofError(
                f"Checking a signed note: the signature under the name of {key.name} (key id "
                f"{key.key_id.hex()}) does not hold. The note was changed or {key.name} did not "
                "sign it: reject it, and fetch it again from its source."
            )
        if claimed:
            holding.append(key)
    return holding


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise FormatError("The text of a note ends in a newline, and this one doesn't.")
    found = _FORBIDDEN.search(text)
    if found:
        raise FormatError(
            f"A note holds no control characters but newlines; this one has {found[0]!r} at "
            f"character {found.start()}."
        )
