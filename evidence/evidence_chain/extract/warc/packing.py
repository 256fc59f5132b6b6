"""What an archive is packed in: gzip, a member for each record, or Zstandard, a frame for each.

Where a member is damaged, the next one that begins a record is looked for: one bad byte on a disk
doesn't take all that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.warc.codings import skippable
from evidence_chain.extract.warc.members import (
    GZIP,
    PIECE,
    ZSTD,
    DamagedError,
    Gzip,
    Zstd,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from evidence_chain.extract.warc.members import Member

MAX_DAMAGES = 20
"""Damaged places behind each of which the next whole record is looked for."""
_DICTIONARY = 0x184D2A5D.to_bytes(4, "little")
"""How the frame begins in which `.warc.zst` keeps its dictionary (IIPC's proposal for it)."""
_MAX_DICTIONARY = 32 << 20
_RECORD = b"WARC/"
_LOOKED_AT = 256 << 10
"""Packed bytes in which a record must begin."""
_SOUGHT = {GZIP: GZIP + b"\x08", ZSTD: ZSTD}
"""How a member begins that is looked for; gzip has one way of packing (RFC 1952)."""
_MAX_TRIED = 2000
"""Places that are tried in search of a record."""


class Stretch:
    """A part of an archive without its packing, which ends where the archive does or is damaged."""

    def __init__(self, pieces: Iterator[tuple[bytes, bool]], *, after_damage: bool) -> None:
        self._pieces = pieces
        self.after_damage = after_damage
        """Whether it was found by searching, behind a damaged place."""
        self.begins_record = False
        """Whether what was read last is the first of a member, and a record begins with it."""

    def read(self) -> bytes:
        """The next bytes, as many as there happen to be, and none at the end."""
        for piece, first in self._pieces:
            if piece:
                self.begins_record = first and piece.startswith(_RECORD)
                return piece
        self.begins_record = False
        return b""


class Packed:
    """An archive, stretch by stretch."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._begun = file.tell()
        self._data = b""
        self._at = 0
        """Where `_data` begins in the archive."""
        self._member_at = 0
        self._mark = GZIP
        self._dictionary = b""
        self.damages: list[int] = []
        """Where damaged members begin, in bytes from the beginning of the archive."""

    def stretches(self) -> Iterator[Stretch]:
        """The stretches, one after the other; each must be read to its end before the next.

        Raises:
            ExtractionError: the dictionary of the archive can't be read.
        """
        self._more(PIECE)
        if not self._data.startswith((GZIP, ZSTD, _DICTIONARY)):
            yield Stretch(self._plain(), after_damage=False)
            return
        if not self._data.startswith(GZIP):
            self._mark = ZSTD
        if self._data.startswith(_DICTIONARY):
            self._dictionary = self._read_dictionary()
        yield Stretch(self._members(), after_damage=False)
        for known in range(MAX_DAMAGES):
            if len(self.damages) == known or not self._found_record():
                return
            yield Stretch(self._members(), after_damage=True)

    def _plain(self) -> Iterator[tuple[bytes, bool]]:
        yield self._data, False
        while piece := self._file.read(PIECE):
            yield piece, False

    def _member(self) -> Member:
        return Gzip() if self._mark == GZIP else Zstd(self._dictionary)

    def _members(self) -> Iterator[tuple[bytes, bool]]:
        """What all members hold, up to one that is damaged: pieces, and whether one is a first."""
        while self._data or self._more(PIECE):
            self._member_at = self._at
            if self._skip():
                continue
            first = True
            for piece in self._unpacked():
                yield piece, first
                first = first and not piece
            if self.damages and self.damages[-1] == self._member_at:
                return

    def _unpacked(self) -> Iterator[bytes]:
        """What one member holds; its last piece only once its sum was checked."""
        member, held = self._member(), b""
        try:
            while not member.eof:
                data = self._taken() if member.hungry else b""
                piece = member.feed(data)
                if not data and not piece and not member.eof and member.hungry:
                    yield held
                    raise DamagedError
                if piece:
                    yield held
                    held = piece
        except DamagedError:
            self.damages.append(self._member_at)
            return
        yield held
        self._give_back(member.unused_data)

    def _taken(self) -> bytes:
        """What is there, or the next bytes of the file."""
        if not self._data:
            self._more(PIECE)
        data, self._data = self._data, b""
        self._at += len(data)
        return data

    def _give_back(self, data: bytes) -> None:
        self._data = data
        self._at -= len(data)

    def _more(self, size: int) -> bytes:
        read = self._file.read(size)
        self._data += read
        return read

    def _skip(self) -> int:
        """Step over a frame that holds nothing, and return its length."""
        if self._mark == GZIP:
            return 0
        while len(self._data) < 8 and self._more(PIECE):
            pass
        length = left = skippable(self._data)
        while left > len(self._data):
            left -= len(self._taken())
            if not self._more(PIECE):
                return length
        self._drop(left)
        return length

    def _read_dictionary(self) -> bytes:
        """The dictionary that the archive begins with, which may be packed itself.

        Raises:
            ExtractionError: it can't be read.
        """
        size = int.from_bytes(self._data[4:8], "little")
        if size <= _MAX_DICTIONARY:
            self._more(max(0, size + 8 - len(self._data)))
            kept = self._data[8 : size + 8]
            try:
                found = unpacked(kept, _MAX_DICTIONARY) if kept.startswith(ZSTD) else kept
                Zstd(found)
                return found
            except DamagedError:
                pass
        raise ExtractionError(
            "The dictionary that this web archive (.warc.zst) begins with is damaged or too large, "
            "and without it nothing in the archive can be read. Get another copy of the archive."
        )

    def _found_record(self) -> bool:
        """Go to the next member after the damaged one that begins a record, if there is one."""
        self._data, self._at = b"", self.damages[-1] + 1
        self._file.seek(self._begun + self._at)
        for _ in range(_MAX_TRIED):
            if not self._found_mark():
                break
            if self._begins_record():
                return True
            self._drop(1)
        return False

    def _found_mark(self) -> bool:
        """Go to the next mark, and read so much behind it as tells what begins there."""
        sought = _SOUGHT[self._mark]
        while (at := self._data.find(sought)) < 0:
            self._drop(max(0, len(self._data) - len(sought) + 1))
            if not self._more(PIECE):
                return False
        self._drop(at)
        while len(self._data) < _LOOKED_AT and self._more(PIECE):
            pass
        return True

    def _begins_record(self) -> bool:
        try:
            return self._member().feed(self._data[:_LOOKED_AT]).startswith(_RECORD)
        except DamagedError:
            return False

    def _drop(self, size: int) -> None:
        self._data = self._data[size:]
        self._at += size
