"""Texts of a workbook: those that its cells share, comments, and what is drawn on a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.xml import Tree, parse
from evidence_chain.extract.writing import lower_characters, raise_characters
from evidence_chain.extract.xlsx.styles import font_hides, is_struck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.extract.docx.xml import Node

_SHIFTED = {"superscript": raise_characters, "subscript": lower_characters}
_AT = ("x:si", "x:is", "x:comment", "?:threadedComment", "a:p")


class Words(NamedTuple):
    """A text, and what is to be known of it."""

    text: str
    deleted: bool = False
    """Whether some of it is struck out."""
    hidden: str = ""
    """Why some of it isn't seen."""
    at: str = ""
    """The cell that it belongs to, if it says so."""


class Strings:
    """Collects the texts of a part, one for each shared string, comment or paragraph. A `Handler`.

    Readings of Japanese words (`rPh`) are left out, as they are shown on demand only.
    """

    def __init__(self) -> None:
        self.found: list[Words] = []
        self._ref = ""
        self._pieces: list[str] = []
        self._deleted = False
        self._hidden = self._shift = ""
        self._inside = 0
        self._reading = 0
        self._words = False
        self._font: Tree | None = None

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """A text, or something in it, begins."""
        if self._font is not None:
            self._font.start(name, attrs)
        elif name in _AT:
            self._inside += 1
            self._ref, self._pieces, self._shift = attrs.get("ref", ""), [], ""
            self._deleted, self._hidden = False, ""
        elif name in ("x:rPh",):
            self._reading += 1
        elif name == "x:r":
            self._shift = ""
        elif name == "x:rPr":
            self._font = Tree()
        self._words = name in ("x:t", "a:t", "?:text") and not self._reading and self._inside > 0
        if name == "a:br" and self._inside:
            self._pieces.append("\n")

    def end(self, name: str) -> None:
        """It ends."""
        self._words = False
        if self._font is not None:
            if name == "x:rPr":
                font = self._font.root
                self._deleted |= is_struck(font)
                self._hidden = self._hidden or font_hides(font, None)
                self._shift = attributes(font.child("x:vertAlign")).get("val", "")
                self._font = None
            else:
                self._font.end(name)
        elif name in _AT and self._inside:
            self._inside -= 1
            text = unescape("".join(self._pieces))
            self.found.append(Words(text, self._deleted, self._hidden, self._ref))
        elif name == "x:rPh":
            self._reading -= 1

    def text(self, data: str) -> None:
        """Some text."""
        if self._words:
            self._pieces.append(shifted(data, self._shift))

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""


def shifted(text: str, how: str) -> str:
    """What is written for a text that is raised or lowered (`x:vertAlign`)."""
    shift = _SHIFTED.get(how)
    return shift(text) if shift else text


def strings(chunks: Iterable[bytes], name: str) -> list[Words]:
    """The texts of a part, in order."""
    found = Strings()
    parse(chunks, found, name)
    return found.found


def unescape(text: str) -> str:
    """Undo `_x000D_` and the like (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    import re

    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def attributes(node: Node | None) -> dict[str, str]:
    """Those of an element; none where there is no element."""
    return node.attrs if node else {}
