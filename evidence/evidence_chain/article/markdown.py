"""An article in Markdown (CommonMark): read by markdown-it-py, block quotes known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.article.written import Article
from evidence_chain.extract.plain import extract as decode
from evidence_chain.text.quotations import Paragraph

if TYPE_CHECKING:
    from typing import BinaryIO

    from markdown_it.token import Token

_Q = re.compile(r"<(/?)q\b[^>]*>", re.IGNORECASE)


def article(file: BinaryIO) -> Article:
    """The paragraphs, headings and cells; code and HTML blocks are left out.

    Raises:
        ExtractionError: the file isn't UTF-8.
    """
    from markdown_it import MarkdownIt

    text = decode(file).text
    found, left_out = list[Paragraph](), dict[str, None]()
    depth = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline":
            words = "".join(map(_words, token.children or ()))
            found.append(Paragraph(words, (token.map or [0])[0] + 1, depth > 0))
        elif token.type in ("fence", "code_block"):
            left_out["code"] = None
        elif token.type == "html_block":
            left_out["blocks of HTML"] = None
    return Article(found, list(left_out), lines=True)


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        mark = _Q.fullmatch(token.content)
        return ("”" if mark[1] else "“") if mark else ""
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
