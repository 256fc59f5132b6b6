"""What a style puts before or after the text of an element (CSS Generated Content 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from evidence_chain.extract.html.style.values import is_sign

if TYPE_CHECKING:
    from turbohtml import Element

_NOTHING = ("none", "normal")
_QUOTES = {"open-quote": "“", "close-quote": "”"}
_COUNTED = ("counter", "counters", "element", "content", "image-set", "leader", "target-counter")


def content(value: str, element: Element) -> list[str]:
    """The texts that a value of `content` stands for."""
    texts = []
    for token in _tokens(value):
        if is_sign(token, "/"):
            break  # what follows is for those who can't see it
        if token.type == "string":
            texts.append(token.value)
        elif token.type == "ident" and token.lower_value in _QUOTES:
            texts.append(_QUOTES[token.lower_value])
        elif token.type == "function" and token.lower_name == "attr":
            name = tinycss2.serialize(token.arguments).partition(",")[0].split()
            texts.append(str(element.attrs.get(name[0].lower()) or "") if name else "")
    return ["".join(texts)] if texts else []


def counts(value: str) -> bool:
    """Whether a number or a picture stands in it that isn't worked out here."""
    return any(
        token.type == "url"
        or (
            token.type == "function"
            and (token.lower_name in (*_COUNTED, "url") or token.lower_name.endswith("gradient"))
        )
        for token in _tokens(value)
    )


def _tokens(value: str) -> list[tinycss2.ast.Node]:
    if value.strip().lower() in _NOTHING:
        return []
    return list(tinycss2.parse_component_value_list(value, skip_comments=True))
