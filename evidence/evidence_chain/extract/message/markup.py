"""E-mails in HTML: the text, with a mark on what stands in elements that quote another e-mail."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from evidence_chain.extract import charsets, html
from evidence_chain.extract.message.quotes import quoted
from evidence_chain.extract.stream import Drawn, Mark, MarkKind

_CITING = {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote"}
"""Classes of elements that quote, besides `blockquote`."""
_MAY_QUOTE = re.compile("<blockquote|_quote|yahoo_quoted", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_LOOKED_AT = 1024
"""Bytes in which a page must name its charset."""
_MOST_ELEMENTS, _MOST_DRAWN = 20, 4 << 20
"""Quotations that are told apart, and code points that are drawn again to tell them."""


def declared(data: bytes) -> str | None:
    """The charset that a page names; UTF-16 it can't be, or the name couldn't be read."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    label = found[1].decode("latin-1") if found else None
    charset = charsets.known(label)
    return "utf-8" if charset and charset.startswith("utf-16") else charset and label


def draw_markup(markup: str) -> Drawn:
    """The text of a page, with marks on what is hidden in it and what it quotes."""
    text, marks = html.draw(markup)
    seen = html.visible(markup)[0] if marks else text
    elements = [_place(element, markup, seen) for element in quoting_elements(markup)]
    return Drawn(text, {}, [*marks, *(mark for mark in elements if mark), *quoted(seen)])


def _place(element: Element, markup: str, seen: str) -> Mark | None:
    """The mark on an element: where it begins and ends in the text is what is drawn up to there."""
    before, through = (html.visible(markup[:at])[0] for at in element)
    if not (seen.startswith(before) and seen.startswith(through)):
        return Mark(0, len(seen), MarkKind.QUOTED, "a quotation is somewhere in this text")
    within = seen[len(before) : len(through)]
    start = len(through) - len(within.lstrip())
    return Mark(start, len(through), MarkKind.QUOTED, "block quotation") if within.strip() else None


class Element(NamedTuple):
    """Where an element stands in markup."""

    start: int
    end: int


def quoting_elements(markup: str) -> list[Element]:
    """The outermost elements that quote another e-mail.

    Of more than can be told apart one is made, from the first to the end.
    """
    if not _MAY_QUOTE.search(markup):
        return []
    finder = _Finder(markup)
    finder.feed(markup)
    finder.close()
    found = finder.found
    if finder.within:
        found.append(Element(finder.began, len(markup)))
    most = min(_MOST_ELEMENTS, max(1, _MOST_DRAWN // (len(markup) + 1)))
    return found if len(found) <= most else [Element(found[0].start, len(markup))]


class _Finder(HTMLParser):
    """Finds the outermost quoting elements by counting elements of the same name within."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.within = ""
        self.began = 0
        self._depth = 0
        self._lines = [0, *(found.end() for found in re.finditer("\n", markup))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.within:
            self._depth += tag == self.within
        elif tag == "blockquote" or _CITING & set((dict(attrs).get("class") or "").split()):
            self.within, self.began, self._depth = tag, self._offset(), 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag != self.within:
            return
        self._depth -= 1
        if not self._depth:
            self.found.append(Element(self.began, self._offset()))
            self.within = ""

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
