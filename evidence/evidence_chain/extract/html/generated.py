"""What a style puts before or after the text of an element (CSS Generated Content 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from evidence_chain.extract.html.style.values import has_words, is_sign, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from turbohtml import Element

    from evidence_chain.extract.html.style.values import Style

_NOTHING = ("none", "normal")
_QUOTES = {"open-quote": True, "close-quote": False}
_USUAL = ("“", "”", "‘", "’")
UNTOLD = "?"
"""Stands for words that aren't worked out here."""


def content(value: str, element: Element, quote: Callable[[bool], str]) -> list[str]:
    """The texts that a value of `content` stands for.

    Args:
        value: of the property.
        element: whose attributes it may name.
        quote: gives the mark that opens a quotation, or closes it.
    """
    found = []
    for token in _tokens(value):
        if is_sign(token, "/"):
            break  # what follows is for those who can't see it
        if token.type == "string":
            found.append(token.value)
        elif token.type == "ident" and token.lower_value in _QUOTES:
            found.append(quote(_QUOTES[token.lower_value]))
        elif token.type == "function" and token.lower_name == "attr":
            name = tinycss2.serialize(token.arguments).partition(",")[0].split()
            found.append(str(element.attrs.get(name[0].lower()) or "") if name else "")
    return ["".join(found)] if found else []


def counts(value: str) -> bool:
    """Whether a number or a picture stands in it that isn't worked out here."""
    return any(
        token.type == "url" or (token.type == "function" and token.lower_name != "attr")
        for token in _tokens(value)
    )


def quotation_marks(quotes: str) -> tuple[str, ...]:
    """What `quotes` puts around quotations and those within them, opening and closing by turns."""
    if quotes.lower() == "none":
        return ("", "")
    return tuple(texts(quotes)) or _USUAL


def words_before(style: Style, tag: str, element: Element | None, labels: Container[str]) -> str:
    """The words that are put before an item, or `UNTOLD`; nothing if it is no more than a number.

    Args:
        style: of its label (`::marker`), with the item's own `list-style-type`.
        tag: its name.
        element: itself, if its style is its own.
        labels: counter styles of the page that have words.
    """
    said = style.get("content", "normal")
    if said.lower() == "none":
        return ""
    if said.lower() == "normal" or element is None:
        marker = style.get("list-style-type", "")
        words = "".join(texts(marker)) or (UNTOLD if marker in labels else "")
    else:
        marks = quotation_marks(style.get("quotes", ""))
        words = "".join(content(said, element, lambda opening: marks[not opening]))
        if counts(said) and has_words(words):
            return UNTOLD
    countable = tag == "li" and not has_words(words)
    return "" if words != UNTOLD and (countable or not any(map(str.isalnum, words))) else words


def _tokens(value: str) -> list[tinycss2.ast.Node]:
    if value.strip().lower() in _NOTHING:
        return []
    return list(tinycss2.parse_component_value_list(value, skip_comments=True))
