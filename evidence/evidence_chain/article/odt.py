"""An article in ODT (ODF 1.3): the paragraphs of content.xml, tracked deletions left out.

Text of notes stands as a paragraph of its own after the one that it belongs to. Comments, hidden
text and what was deleted while changes were tracked are passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.article.written import Article
from evidence_chain.extract.docx.package import Package
from evidence_chain.extract.docx.xml import parse
from evidence_chain.text.quotations import Paragraph

if TYPE_CHECKING:
    from typing import BinaryIO

_CONTENT = "content.xml"
_QUOTING = ("Quotations", "Quote")
_PASSED_OVER = {
    "?:tracked-changes": "tracked deletions",
    "?:annotation": "comments",
    "?:hidden-text": "hidden text",
    "?:hidden-paragraph": "hidden text",
    "?:forms": "forms",
}
_SPACES = 100
"""Spaces in a row that are taken for as many."""


def article(file: BinaryIO) -> Article:
    """The paragraphs and headings, in order.

    Raises:
        ExtractionError: it is no ODT, or one that is damaged, encrypted or made to exhaust.
    """
    reader = _Reader()
    parse(Package(file).read(_CONTENT), reader, _CONTENT)
    return Article(reader.found, list(reader.left_out))


class _Reader:
    """Gathers paragraphs. A `Handler` of XML."""

    def __init__(self) -> None:
        self.found: list[Paragraph] = []
        self.left_out: dict[str, None] = {}
        self._quoting = set(_QUOTING)
        self._passed = 0
        """How many elements are open that are passed over."""
        self._open: list[tuple[bool, list[str]]] = []
        """The paragraphs that are open, a note's within the one that it belongs to."""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._passed or name in _PASSED_OVER:
            self._passed += 1
            if name in _PASSED_OVER:
                self.left_out[_PASSED_OVER[name]] = None
        elif name == "?:style":
            if attrs.get("?:parent-style-name") in self._quoting:
                self._quoting.add(attrs.get("?:name", ""))
        elif name in ("?:p", "?:h"):
            self._open.append((attrs.get("?:style-name") in self._quoting, []))
        elif self._open and name in ("?:tab", "?:line-break"):
            self._open[-1][1].append("\n" if name == "?:line-break" else "\t")
        elif self._open and name == "?:s":
            count = attrs.get("?:c", "1")
            self._open[-1][1].append(" " * min(_SPACES, int(count) if count.isdecimal() else 1))

    def end(self, name: str) -> None:
        """With a paragraph, its words are all there."""
        if self._passed:
            self._passed -= 1
        elif name in ("?:p", "?:h") and self._open:
            quoted, words = self._open.pop()
            text = "".join(words)
            if text.strip():
                self.found.append(Paragraph(text, len(self.found) + 1, quoted))

    def text(self, data: str) -> None:
        """Some text, which counts in paragraphs."""
        if self._open and not self._passed:
            self._open[-1][1].append(" ".join(data.split("\n")) if "\n" in data else data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""
