"""A compound file (MS-CFB) as storages within storages, and the properties that each has."""

from __future__ import annotations

import struct
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import olefile

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import charsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

PROPERTIES = "__properties_version1.0"
_VALUE = "__substg1.0_{:04x}{:04x}"
_UNICODE, _STRING, _BINARY, _OBJECT = 0x1F, 0x1E, 0x102, 0x0D
_CODEPAGE = 0x3FFD
_TWICE = "the e-mail has this text twice, in Unicode and in other letters, and not alike"
_LABELS = {
    **{65001: "utf-8", 20127: "us-ascii", 936: "gb18030", 54936: "gb18030", 950: "big5"},
    **{932: "shift_jis", 949: "euc-kr", 51949: "euc-kr", 51932: "euc-jp", 50220: "iso-2022-jp"},
    **{20866: "koi8-r", 21866: "koi8-u", 874: "windows-874", 10000: "macintosh"},
}


class Text(str):
    """The text of a property, and why its letters are a guess, if they are."""

    __slots__ = ("guess",)
    guess: str | None

    def __new__(cls, text: str, guess: str | None = None) -> Text:
        made = super().__new__(cls, text)
        made.guess = guess
        return made


@contextmanager
def opened(file: BinaryIO) -> Iterator[Storage]:
    """The message in a file.

    Raises:
        ExtractionError: it is none, or is damaged.
    """
    try:
        with olefile.OleFileIO(file) as ole:
            message = Storage(ole, _children(ole), ())
            if PROPERTIES not in message.names:
                raise _unreadable("no message of Outlook is in it")
            yield message
    except (OSError, IndexError, OverflowError, ValueError, struct.error) as error:
        raise _unreadable(str(error)) from error


def _children(ole: Any) -> dict[tuple[str, ...], list[str]]:  # noqa: ANN401
    """What lies in each storage, in small letters, which compound files don't tell from large."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in ole.listdir(streams=True, storages=True):
        *above, name = map(str.lower, entry)
        found[tuple(above)].append(name)
    return found


def _unreadable(why: str) -> ExtractionError:
    return ExtractionError(
        f"This file can't be read as an e-mail of Outlook: {why}. It may be damaged; save it anew "
        "in Outlook, or as .eml, and preserve that too."
    )


@dataclass(frozen=True)
class Storage:
    """A message, one of its recipients, or an attachment."""

    ole: Any
    children: Mapping[tuple[str, ...], list[str]]
    path: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What lies in it."""
        return self.children.get(self.path, [])

    def within(self, begins: str) -> list[Storage]:
        """The storages in it whose name begins so, in order."""
        return [self._inner(name) for name in sorted(self.names) if name.startswith(begins)]

    @cached_property
    def _listed(self) -> list[tuple[int, int, bytes]]:
        """Type, number and eight bytes of each property that it has."""
        data = self._stream(PROPERTIES)[self._head :]
        rows = struct.iter_unpack("<HHI8s", data[: len(data) // 16 * 16])
        return [(kind, number, value) for kind, number, _, value in rows]

    @cached_property
    def _fixed(self) -> dict[int, bytes]:
        return {number: value for _, number, value in self._listed}

    @cached_property
    def _kinds(self) -> set[tuple[int, int]]:
        return {(number, kind) for kind, number, _ in self._listed}

    @property
    def _head(self) -> int:
        """Bytes before the properties: of the message, one that is attached, and all else."""
        if not self.path:
            return 32
        return 24 if self.path[-1].startswith("__substg") else 8

    def _inner(self, name: str) -> Storage:
        return Storage(self.ole, self.children, (*self.path, name))

    def number(self, number: int) -> int:
        """A property that is a number; 0 if there is none."""
        return int(struct.unpack("<i4x", self._fixed.get(number, bytes(8)))[0])

    def time(self, number: int) -> int:
        """A property that is a time, in units of 100 ns since 1601; 0 if there is none."""
        return int(struct.unpack("<q", self._fixed.get(number, bytes(8)))[0])

    def text(self, number: int) -> Text:
        """A property that is a text; empty if there is none."""
        unicode, data = (self._value(number, kind) for kind in (_UNICODE, _STRING))
        if unicode is None and data is None:
            return Text("")
        found = charsets.decode((data or b"").rstrip(b"\0"), label(self.codepage))
        if unicode is None:
            return Text(found.text, found.guess)
        text = unicode.decode("utf-16-le", "replace").rstrip("\0")
        return Text(text, None if data is None or text == found.text else _TWICE)

    def binary(self, number: int) -> bytes | None:
        """A property that is bytes."""
        return self._value(number, _BINARY)

    def object(self, number: int) -> Storage | None:
        """A property that is a storage of its own."""
        name = _VALUE.format(number, _OBJECT)
        is_there = (number, _OBJECT) in self._kinds and self.children.get((*self.path, name))
        return self._inner(name) if is_there else None

    def has_unlisted(self, number: int) -> bool:
        """Whether something lies there as a property that is not among those that it has.

        Programs go by the list, and show nothing of that.
        """
        kinds = (_UNICODE, _STRING, _BINARY, _OBJECT)
        there = (one for one in kinds if _VALUE.format(number, one) in self.names)
        return any((number, one) not in self._kinds for one in there)

    @property
    def codepage(self) -> int:
        """The number of the charset of its texts, where they are not in Unicode."""
        here = self
        while not (found := here.number(_CODEPAGE)) and here.path:
            here = Storage(self.ole, self.children, here.path[:-1])
        return found

    def _value(self, number: int, kind: int) -> bytes | None:
        name = _VALUE.format(number, kind)
        is_there = (number, kind) in self._kinds and name in self.names
        return self._stream(name) if is_there else None

    def _stream(self, name: str) -> bytes:
        path = [*self.path, name]
        if name not in self.names or self.ole.get_type(path) != olefile.STGTY_STREAM:
            return b""
        data: bytes = self.ole.openstream(path).read()
        return data


def label(codepage: int) -> str | None:
    """What the Encoding Standard calls a code page of Windows; `None` if it isn't known."""
    if codepage in _LABELS:
        return _LABELS[codepage]
    if 1250 <= codepage <= 1258:
        return f"windows-{codepage}"
    return f"iso-8859-{codepage - 28590}" if 28591 <= codepage <= 28606 else None
