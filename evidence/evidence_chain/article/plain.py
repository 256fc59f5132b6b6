"""An article in plain text: paragraphs between empty lines, or one in each line."""

from __future__ import annotations

from itertools import groupby

from evidence_chain.article.written import Article
from evidence_chain.text.quotations import Paragraph

_LONG = 120
"""Characters from which on a line is a paragraph, and not broken to fit a screen."""
_QUOTES = ">"


def read(text: str) -> Article:
    """The paragraphs of a text; those whose every line begins with `>` are block quotes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines[0] = lines[0].removeprefix("\ufeff")
    apart = any(len(line) > _LONG for line in lines) or "" not in map(str.strip, lines[:-1])
    found: list[Paragraph] = []
    numbered = enumerate(lines, 1)
    for key, group in groupby(numbered, key=lambda one: _key(one[1], one[0], apart=apart)):
        if key[0] == "empty":
            continue
        held = list(group)
        quoted = key[0] == "quoted"
        words = [line.lstrip(" >") if quoted else line for _, line in held]
        found.append(Paragraph("\n".join(words), held[0][0], quoted))
    return Article(found, lines=True)


def _key(line: str, number: int, *, apart: bool) -> tuple[str, int]:
    bare = line.strip()
    if not bare or not bare.strip(_QUOTES + " "):
        return "empty", 0
    if bare.startswith(_QUOTES) and not bare.startswith(">>"):
        return "quoted", 0
    return "text", number if apart else 0
