"""E-mails in HTML: the text, with a mark on what stands in elements that quote another e-mail."""

from __future__ import annotations

import re

from evidence_chain.extract import charsets, html
from evidence_chain.extract.message.quotes import quoted
from evidence_chain.extract.stream import Drawn

_CITING = {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote"}
"""Classes of elements that quote, besides `blockquote`."""
_DECLARED = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_LOOKED_AT = 1024
"""Bytes in which a page must name its charset."""


def declared(data: bytes) -> str | None:
    """The charset that a page names; UTF-16 it can't be, or the name couldn't be read."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    label = found[1].decode("latin-1") if found else None
    charset = charsets.known(label)
    return "utf-8" if charset and charset.startswith("utf-16") else charset and label


def draw_markup(markup: str) -> Drawn:
    """The text of a page, with marks on what is hidden in it and what it quotes."""
    text, marks, seen = html.draw_apart(markup, _quotes)
    return Drawn(text, {}, [*marks, *quoted(text[:seen])])


def _quotes(tag: str, classes: list[str]) -> bool:
    return tag == "blockquote" or not _CITING.isdisjoint(classes)
