"""Exactly the words of tracked changes in a part of a DOCX: those deleted, and those moved away."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse
from evidence_chain.inspect.office.reading import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.docx.package import Package

_GONE = {"del": "deleted", "moveFrom": "moved away"}
_WORDS = ("t", "delText")
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n"}
_NO_TEXT = r"(?:settings|webSettings|styles\w*|fontTable|numbering|people)\.xml"
_TEXT = re.compile(rf"word/(?:glossary/)?(?!{_NO_TEXT})[^/]+\.xml", re.IGNORECASE)
"""The parts that may hold text."""


class Gone(NamedTuple):
    """Words that a tracked change takes away."""

    verb: str
    detail: str
    """Whose change it is, and when."""
    words: str


class _Piece(NamedTuple):
    paragraph: int
    run: int
    """Counted anew wherever words stand between that no change takes away."""
    verb: str
    detail: str
    words: str


class _Changes:
    """Collects the words within `w:del` and `w:moveFrom`. A `Handler`."""

    def __init__(self) -> None:
        self.found: list[_Piece] = []
        self._within: list[tuple[str, str]] = []
        self._reading: list[str] | None = None
        self._paragraph = self._run = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """A change, a paragraph or a piece of text begins."""
        name = local(name)
        if name == "p":
            self._paragraph += 1
        elif name in _GONE:
            held = {local(key): value for key, value in attrs.items()}
            detail = ", ".join(filter(None, (held.get("author"), held.get("date"))))
            self._within.append((_GONE[name], detail))
        elif name in _WORDS:
            self._reading = []
        elif name in _SPACES and self._within:
            self._keep(_SPACES[name])

    def end(self, name: str) -> None:
        """One of them ends."""
        name = local(name)
        if name in _WORDS and self._reading is not None:
            self._keep("".join(self._reading))
            self._reading = None
        elif name in _GONE and self._within:
            self._within.pop()

    def text(self, data: str) -> None:
        """Keep what stands in an element of text."""
        if self._reading is not None:
            self._reading.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""

    def _keep(self, words: str) -> None:
        if not self._within:
            self._run += 1
        else:
            verb, detail = self._within[-1]
            self.found.append(_Piece(self._paragraph, self._run, verb, detail, words))


def gone(package: Package) -> tuple[list[Gone], list[str]]:
    """The words that tracked changes take away, each stretch by itself, and what can't be read."""
    found, unread = list[Gone](), list[str]()
    for name in filter(_TEXT.fullmatch, package.names):
        changes = _Changes()
        try:
            parse(package.read(name), changes, name)
        except ExtractionError as error:
            unread.append(str(error))
        found += _stretches(changes.found)
    return list(dict.fromkeys(found)), unread


def _stretches(pieces: list[_Piece]) -> Iterator[Gone]:
    for (_, _, verb, detail), run in groupby(pieces, key=lambda one: one[:4]):
        words = "".join(piece.words for piece in run).strip()
        if any(map(str.isalnum, words)):
            yield Gone(verb, detail, words)
