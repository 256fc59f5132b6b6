"""Parts of a package as they are read here: by local names, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.docx.xml import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.docx.package import Package

LARGEST = 48 << 20
"""Bytes of one part that are taken out of the package."""


def content(package: Package, name: str) -> bytes:
    """A part as bytes.

    Raises:
        ExtractionError: it can't be read, or expands to too much.
    """
    held, chunks = 0, []
    for chunk in package.read(name):
        held += len(chunk)
        chunks.append(chunk)
        if held > LARGEST:
            break
    return b"".join(chunks)


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(":")[2]


class Leaves:
    """Collects the text of elements that hold nothing but text, by local name. A `Handler`."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._text: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins; custom properties are called by an attribute."""
        called = attrs.get("name") or attrs.get("?:name") or ""
        self._open.append((local(name), called))
        self._text.clear()

    def end(self, _name: str) -> None:
        """Note what it held."""
        text = "".join(self._text).strip()
        if text and all(name != "fld" for name, _ in self._open):  # the number of a page, a date
            called = next((held for _, held in reversed(self._open) if held), "")
            self.found.append((called or self._open[-1][0], text))
        self._text.clear()
        self._open.pop()

    def text(self, data: str) -> None:
        """Keep it."""
        self._text.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""


class Elements:
    """Tells each element to a function, with its text where it ends. A `Handler`.

    Args:
        begun: is told the local name and the attributes by local name.
        ended: is told the local name and all text in the element.
    """

    def __init__(
        self, begun: Callable[[str, dict[str, str]], None], ended: Callable[[str, str], None]
    ) -> None:
        self._begun, self._ended = begun, ended
        self._starts: list[int] = []
        self._pieces: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        self._starts.append(len(self._pieces))
        self._begun(local(name), {local(key): value for key, value in attrs.items()})

    def end(self, name: str) -> None:
        """An element ends; what it held is joined only where somebody asks."""
        start = self._starts.pop()
        name = local(name)
        if name in WANTED:
            self._ended(name, "".join(self._pieces[start:]))

    def text(self, data: str) -> None:
        """Keep it."""
        self._pieces.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""


WANTED = frozenset(("changed-region", "annotation", "notes", "span", "p", "h"))
"""The elements whose text is asked for."""


def leaves(package: Package, name: str) -> list[tuple[str, str]]:
    """The properties in a part."""
    values = Leaves()
    parse(package.read(name), values, name)
    return values.found
