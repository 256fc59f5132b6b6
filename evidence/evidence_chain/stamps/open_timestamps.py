"""Proofs of OpenTimestamps: from a digest to a block of Bitcoin (opentimestamps.org).

A proof is a tree of operations upon the digest of a file. Each leaf says in which block the result
is the root of the transactions, or at which calendar that is still awaited. Which blocks there
are nobody can tell by a proof: the header comes from whoever checks it.

The format is that of `python-opentimestamps`, version 1 of a detached proof. Proofs are read with
limits on their length, depth and operations. Keccak-256, which no calendar uses, and whatever else
is not known here makes what follows it *not checked*.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
MAX_PROOF = 1 << 18
"""Bytes that a proof may have."""
DEPTH = 256
"""Operations that may follow each other, as the reference implementation has it."""
MOST = 4_096
"""Operations of a proof, and bytes of what one works on or gives."""
HEADER = 80
"""Bytes of a block's header."""

_SHA256, _APPEND, _PREPEND, _REVERSE, _HEX = 0x08, 0xF0, 0xF1, 0xF2, 0xF3
_HASHES = {0x02: "sha1", 0x03: "ripemd160", _SHA256: "sha256"}
_KECCAK = 0x67
_ATTESTATION, _FORK = 0x00, 0xFF
_BITCOIN = bytes.fromhex("0588960d73d71901")
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_EASIEST = 0xFFFF << 208
"""The target of the first blocks: none of Bitcoin's was ever easier to find."""


class Attestation(NamedTuple):
    """What one leaf of a proof says."""

    root: bytes | None
    """What the root of a block's transactions must be; None where it can't be computed here."""
    height: int | None = None
    """Of the block of Bitcoin that it names."""
    calendar: str | None = None
    """Where it is awaited, if it stands in no block yet."""

    @property
    def is_pending(self) -> bool:
        """Whether nothing is proved yet."""
        return self.calendar is not None


class Proof(NamedTuple):
    """A proof as it was read; nothing of it is believed."""

    digest: bytes
    """The SHA-256 of the file that it is of."""
    attestations: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """The header of a block, of which nobody has said yet that it stands in the chain."""

    hash: str
    """As it is written: in hex, its zeros first."""
    root: bytes
    """The root of its transactions, in the order of its bytes."""
    time: datetime
    """As its finder gave it: two hours off at most, in UTC."""


def read(data: bytes) -> Proof:
    """Read a proof (`.ots`).

    Raises:
        FormatError: it is none, was cut, goes on after its end, or is over another digest than
            SHA-256; or it is larger than a proof may be.
    """
    if len(data) > MAX_PROOF:
        raise FormatError(f"A proof of OpenTimestamps may have {MAX_PROOF:,} bytes.")
    if not data.startswith(MAGIC):
        raise FormatError("This is no proof of OpenTimestamps (.ots): it doesn't begin as one.")
    reading = _Reading(data, len(MAGIC))
    if reading.number() != 1:
        raise FormatError("This proof of OpenTimestamps is of a version that is not known here.")
    if reading.byte() != _SHA256:
        raise FormatError("This proof of OpenTimestamps is not over a SHA-256.")
    digest = reading.take(32)
    found = tuple(reading.walk(digest, 0))
    if reading.at != len(data):
        raise FormatError("This proof of OpenTimestamps goes on after its end.")
    return Proof(digest, found)


def read_header(data: bytes) -> BlockHeader:
    """Read the header of a block: 80 bytes, or the 160 hex digits of them.

    Raises:
        FormatError: it is none: of another length, or nobody can have found it, since its hash is
            above its target, or its target easier than any that Bitcoin had.
    """
    raw = data if len(data) == HEADER else _from_hex(data)
    bits = int.from_bytes(raw[72:76], "little")
    exponent, mantissa = bits >> 24, bits & 0xFFFFFF
    target = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
    found = hashlib.sha256(hashlib.sha256(raw).digest()).digest()
    if not 0 < target <= _EASIEST or int.from_bytes(found, "little") > target:
        raise FormatError(
            "This is no header of a block of Bitcoin: no work was done for it. Take the header "
            "from a node of your own, or from more than one explorer."
        )
    time = datetime.fromtimestamp(int.from_bytes(raw[68:72], "little"), UTC)
    return BlockHeader(found[::-1].hex(), raw[36:68], time)


def _from_hex(data: bytes) -> bytes:
    try:
        raw = bytes.fromhex(data.decode("ascii").strip()) if len(data) <= 4 * HEADER else b""
    except ValueError:
        raw = b""
    if len(raw) != HEADER:
        raise FormatError(f"A header of a block has {HEADER} bytes, or {2 * HEADER} hex digits.")
    return raw


class _Reading:
    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at
        self._left = MOST

    def take(self, length: int) -> bytes:
        taken = self._data[self.at : self.at + length]
        if len(taken) != length:
            raise FormatError("This proof of OpenTimestamps was cut.")
        self.at += length
        return taken

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """Seven bits a byte, the lowest first; the last byte has its highest bit clear."""
        value = 0
        for shift in range(0, 63, 7):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise FormatError("This proof of OpenTimestamps holds a number that is too large.")

    def string(self, most: int, least: int = 0) -> bytes:
        length = self.number()
        if not least <= length <= most:
            raise FormatError("This proof of OpenTimestamps holds a string of a wrong length.")
        return self.take(length)

    def walk(self, message: bytes | None, depth: int) -> Iterator[Attestation]:
        """The leaves below one point of the tree, where the result so far is `message`."""
        if depth > DEPTH:
            raise FormatError(f"This proof of OpenTimestamps is more than {DEPTH} steps deep.")
        while (tag := self.byte()) == _FORK:
            yield from self._branch(self.byte(), message, depth)
        yield from self._branch(tag, message, depth)

    def _branch(self, tag: int, message: bytes | None, depth: int) -> Iterator[Attestation]:
        self._left -= 1
        if self._left < 0:
            raise FormatError(f"This proof of OpenTimestamps has more than {MOST:,} steps.")
        if tag == _ATTESTATION:
            yield self._attestation(message)
        else:
            yield from self.walk(self._result(tag, message), depth + 1)

    def _attestation(self, message: bytes | None) -> Attestation:
        tag, payload = self.take(8), self.string(8192)
        inner = _Reading(payload, 0)
        if tag == _BITCOIN:
            told = Attestation(message, height=inner.number())
        elif tag == _PENDING:
            told = Attestation(message, calendar=inner.string(1000).decode("ascii", "replace"))
        else:
            return Attestation(None)  # of another chain, or not known here
        if inner.at != len(payload):
            raise FormatError("A leaf of this proof of OpenTimestamps goes on after its end.")
        return told

    def _result(self, tag: int, message: bytes | None) -> bytes | None:
        """What an operation gives; None where it is not known here."""
        more = self.string(MOST, 1) if tag in (_APPEND, _PREPEND) else b""
        if tag not in (*_HASHES, _KECCAK, _APPEND, _PREPEND, _REVERSE, _HEX):
            raise FormatError(f"A proof of OpenTimestamps has the step {tag:#04x}, not known here.")
        if message is None or tag == _KECCAK:
            return None
        if tag in _HASHES:
            return _hashed(_HASHES[tag], message)
        results = {_APPEND: message + more, _PREPEND: more + message, _REVERSE: message[::-1]}
        result = results.get(tag, message.hex().encode())
        if len(result) > MOST:
            raise FormatError("A step of this proof of OpenTimestamps gives too much.")
        return result


def _hashed(name: str, message: bytes) -> bytes | None:
    try:
        return hashlib.new(name, message, usedforsecurity=False).digest()
    except ValueError:
        return None  # RIPEMD-160, where this OpenSSL has none
