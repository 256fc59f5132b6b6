"""Lines and blocks of an archive, out of the pieces that it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.warc.packing import Stretch

MAX_LINE = 64 << 10
"""Bytes of a line that are looked at."""


class Lines:
    """Reads a stretch of an archive."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._data = b""
        self._next = b""
        """The beginning of the next record, which came before this one was at its end."""

    def line(self) -> bytes:
        """The next line, with what ends it, or the first of its bytes; empty at the end."""
        while b"\n" not in self._data and len(self._data) < MAX_LINE:
            piece = self._next or self._stretch.read()
            self._next = b""
            if not piece:
                break
            self._data += piece
        end = self._data.find(b"\n") + 1 or len(self._data)
        return self._taken(min(end, MAX_LINE))

    def block(self, size: int) -> Iterator[bytes]:
        """The next bytes, piece by piece: fewer where the archive ends or another record begins."""
        while size:
            if not self._data and not self._next:
                piece = self._stretch.read()
                if self._stretch.begins_record:
                    self._next = piece
                else:
                    self._data = piece
            if not self._data:
                return
            piece = self._taken(min(size, len(self._data)))
            size -= len(piece)
            yield piece

    def _taken(self, size: int) -> bytes:
        taken, self._data = self._data[:size], self._data[size:]
        return taken
