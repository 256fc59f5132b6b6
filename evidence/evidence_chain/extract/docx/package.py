"""The parts of an Office document (OPC, ECMA-376 part 2), read without trust in what they claim.

Names of parts are compared and never used as paths. What a part expands to is counted while it
expands.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MOST_PARTS = 10_000
_ROOM, _RATIO, _MOST = 16 << 20, 40, 256 << 20
"""Bytes that all parts may expand to: so many, and so many for each of the file, up to a limit."""
_CHUNK = 1 << 16
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)
"""What the standard library raises for archives that are damaged, encrypted or too new."""


class Related(NamedTuple):
    """A part that another one refers to."""

    id: str
    kind: str
    """The last segment of the relationship's type, such as `footnotes`."""
    name: str


class Package:
    """The parts of an Office document, by name."""

    def __init__(self, file: BinaryIO) -> None:
        with _reading("its list of parts"):
            self._zip = ZipFile(file)
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {_key(entry.filename): entry for entry in entries}
        if len(entries) > _MOST_PARTS or len(self._entries) < len(entries):
            raise _refusal(f"it has more than {_MOST_PARTS} parts, or two of the same name")
        size = file.seek(0, 2)
        self._left = self._limit = min(_MOST, _ROOM + _RATIO * size)

    @property
    def names(self) -> list[str]:
        """The names of all parts, as the archive has them."""
        return [entry.filename for entry in self._entries.values()]

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def read(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part, chunk by chunk.

        Raises:
            ExtractionError: there is no such part, it is damaged, or all that was read of the
                file has become more than a document of its size expands to.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise _refusal(f"its part {name[:100]!r} is missing")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _refusal(
                f"its part {name[:100]!r} is compressed in a way that Office doesn't know"
            )
        with _reading(f"its part {name[:100]!r}"), self._zip.open(entry) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise _refusal(f"it expands to more than {self._limit >> 20} MB")
                yield chunk

    def main(self) -> str:
        """The name of the part that holds the document's body."""
        found = [part.name for part in self.related("") if part.kind == "officeDocument"]
        return found[0] if found else "word/document.xml"

    def related(self, name: str) -> list[Related]:
        """The parts that a part refers to, without those outside of the file; in order."""
        folder, _, file = name.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self:
            return []
        found = [
            Related(
                one.attrs.get("Id", ""),
                one.attrs.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.attrs.get("Target", ""))).lstrip(
                    "/"
                ),
            )
            for one in parse_tree(self.read(relations), relations).children
            if one.attrs.get("TargetMode") != "External"
        ]
        return sorted(found, key=lambda part: _natural(part.name))


def _key(name: str) -> str:
    """A part's name as it is compared: without regard to case."""
    return name.lstrip("/").lower()


def _natural(name: str) -> list[tuple[str, int]]:
    """A key that puts `header2` before `header10`."""
    return [(text, int(digits or 0)) for text, digits in re.findall(r"(\D*)(\d{0,9})", name)]


@contextmanager
def _reading(what: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise _refusal(
            f"{what} can't be read ({str(error)[:200] or type(error).__name__})"
        ) from error


def _refusal(reason: str) -> ExtractionError:
    return ExtractionError(
        f"The text of this Office document could not be had: {reason}. It is damaged, encrypted or "
        "made to mislead. Preserve it in another form too, such as PDF."
    )
