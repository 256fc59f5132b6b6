"""An article in Markdown (CommonMark): read by markdown-it-py, block quotes known."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from typing import TYPE_CHECKING

from evidence_chain.article import html
from evidence_chain.article.seen import UNPRINTED
from evidence_chain.article.written import Article
from evidence_chain.errors import ExtractionError
from evidence_chain.extract.plain import extract as decode
from evidence_chain.extract.stream import MarkKind
from evidence_chain.text.quotations import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from markdown_it.token import Token

_Q = re.compile(r"<(/?)q\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)\b([^>]*)>", re.IGNORECASE)
_STRUCK = ("del", "s", "strike")
_UNSEEN = ("template", "script", "style", "noscript", "title")
_HIDES = re.compile(
    r"(?:^|\s)hidden\b|display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_DEEPEST = 100
"""Blocks in blocks, and emphasis in emphasis, that are read."""


def article(file: BinaryIO) -> Article:
    """The paragraphs, headings and cells, those of HTML blocks too; code is left out.

    Raises:
        ExtractionError: the file isn't UTF-8, or its blocks lie too deep in each other.
    """
    from markdown_it import MarkdownIt

    text = decode(file).text
    found, left_out = list[Paragraph](), dict[str, None]()
    depth = 0
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    for token in reader.parse(text):
        if token.level >= _DEEPEST - 1:
            raise ExtractionError(
                f"In line {(token.map or [0])[0] + 1} blocks lie more than {_DEEPEST - 2} deep in "
                "each other, and what is deeper can't be read. Write it plainer."
            )
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline":
            words = "".join(_printed(token.children or (), left_out))
            found.append(Paragraph(words, (token.map or [0])[0] + 1, depth > 0))
        elif token.type in ("fence", "code_block"):
            left_out["code"] = None
        elif token.type == "html_block":
            inner = html.article(BytesIO(codecs.BOM_UTF8 + token.content.encode()))
            line = (token.map or [0])[0] + 1
            found += [Paragraph(one.text, line, one.block or depth > 0) for one in inner.paragraphs]
            left_out |= dict.fromkeys(inner.left_out)
    return Article(found, list(left_out), lines=True)


def _printed(tokens: Sequence[Token], left_out: dict[str, None]) -> Iterator[str]:
    """What is printed of a paragraph: neither what its HTML strikes out nor what it hides.

    What a tag leaves open is looked up.
    """
    tags = [_TAG.fullmatch(one.content) if one.type == "html_inline" else None for one in tokens]
    closed = {tag[2].lower(): at for at, tag in enumerate(tags) if tag and tag[1]}
    unprinted = ""
    depth = 0
    for at, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        name = tag[2].lower() if tag else ""
        if unprinted:
            depth += (name == unprinted) * (-1 if tag and tag[1] else 1)
            unprinted = unprinted if depth else ""
        elif tag and closed.get(name, 0) > at and (kind := _unprinted(name, tag[3])):
            unprinted, depth = name, 1
            left_out[UNPRINTED[kind]] = None
        else:
            yield _words(token)


def _unprinted(name: str, attributes: str) -> MarkKind | None:
    if name in _STRUCK or "line-through" in attributes:
        return MarkKind.DELETED
    return MarkKind.HIDDEN if name in _UNSEEN or _HIDES.search(attributes) else None


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        mark = _Q.fullmatch(token.content)
        return ("”" if mark[1] else "“") if mark else ""
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
