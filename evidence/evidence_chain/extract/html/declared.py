"""The charset that a page declares (HTML Standard, 13.2.3.2, "prescan a byte stream")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.extract import charsets

if TYPE_CHECKING:
    from collections.abc import Iterator

_META = re.compile(rb"<meta[\s/][^>]*", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?<![\w-])charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_OF_TYPE = re.compile(rb"""http-equiv\s*=\s*["']?\s*content-type""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]+?encoding\s*=\s*["']([^"']+)""", re.IGNORECASE)
_LOOKED_AT, _LATEST = 1024, 1 << 16
"""Bytes in which a page must declare its charset, and in which browsers heed it all the same."""


def declaration(data: bytes) -> str | None:
    """The charset that a page names, which can't be UTF-16 or the name couldn't be read."""
    for size in (_LOOKED_AT, _LATEST):
        for label in _labels(_uncommented(data[:size])):
            charset = charsets.known(label.decode("latin-1"))
            if charset:
                return "utf-8" if charset.startswith("utf-16") else charset
    return None


def _labels(head: bytes) -> Iterator[bytes]:
    """What the beginning of a page says of its charset, in its order."""
    if found := _XML.match(head):
        yield found[1]
    for meta in _META.finditer(head):
        said = meta[0] if _OF_TYPE.search(meta[0]) else _CONTENT.sub(b"", meta[0])
        if found := _CHARSET.search(said):
            yield found[1]


def _uncommented(head: bytes) -> bytes:
    kept, *after = head.split(b"<!--")
    return kept + b"".join(one.partition(b"-->")[2] for one in after)
