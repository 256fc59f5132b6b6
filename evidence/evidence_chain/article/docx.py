"""An article in DOCX: what the extractor draws, without deletions, comments and hidden text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.article.seen import seen
from evidence_chain.extract.docx import extract
from evidence_chain.extract.docx.package import Package
from evidence_chain.extract.docx.xml import parse, parse_tree

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.article.written import Article

_QUOTING = frozenset({"quote", "intense quote", "block text"})
"""What Word calls its styles for block quotes, in every language."""


def article(file: BinaryIO) -> Article:
    """The paragraphs of the document; those in Word's styles for quotes are block quotes.

    Raises:
        ExtractionError: as the extractor's.
    """
    drawn = extract(file)
    file.seek(0)
    found = seen(drawn.text, drawn.marks, quoted=False)
    quoted = _quoted(file)
    return found._replace(
        paragraphs=[
            one._replace(block=" ".join(one.text.split()) in quoted) for one in found.paragraphs
        ]
    )


def _quoted(file: BinaryIO) -> set[str]:
    """The words of all paragraphs of the body that have a style for quotes."""
    package = Package(file)
    main = package.main()
    styles = next((one.name for one in package.related(main) if one.kind == "styles"), None)
    if styles is None or styles not in package:
        return set()
    quoting = {
        node.attrs.get("w:styleId", "")
        for node in parse_tree(package.read(styles), styles).all("w:style")
        if (node.value("w:name") or "").lower() in _QUOTING
    }
    reader = _Quoted(quoting)
    parse(package.read(main), reader, main)
    return reader.found


class _Quoted:
    """Gathers the words of paragraphs by their style. A `Handler` of XML."""

    def __init__(self, styles: set[str]) -> None:
        self.found: set[str] = set()
        self._styles = styles
        self._is_quoted = self._is_text = False
        self._words: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """A paragraph, its style, or some of its text begins."""
        self._is_text = name == "w:t"
        if name == "w:p":
            self._is_quoted, self._words = False, []
        elif name == "w:pStyle":
            self._is_quoted = attrs.get("w:val") in self._styles

    def end(self, name: str) -> None:
        """With the paragraph, its words are all there."""
        self._is_text = False
        if name == "w:p" and self._is_quoted and self._words:
            self.found.add(" ".join("".join(self._words).split()))

    def text(self, data: str) -> None:
        """Some text."""
        if self._is_text:
            self._words.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""
