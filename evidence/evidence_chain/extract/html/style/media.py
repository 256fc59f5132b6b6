"""Whether a media query holds on the screen of a desk, in ordinary settings (Media Queries 4)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import tinycss2

from evidence_chain.extract.html.style.values import length

if TYPE_CHECKING:
    from typing import Any

WIDTH, HEIGHT = 1280, 720
"""Of the window that pages are judged in, in CSS pixels."""
_FEATURES = {
    **{"orientation": "landscape", "hover": "hover", "any-hover": "hover", "pointer": "fine"},
    **{"any-pointer": "fine", "scripting": "enabled", "update": "fast", "grid": "0"},
    **{"prefers-color-scheme": "light", "prefers-contrast": "no-preference", "scan": "progressive"},
    **{"prefers-reduced-motion": "no-preference", "prefers-reduced-data": "no-preference"},
    **{"prefers-reduced-transparency": "no-preference", "forced-colors": "none"},
    **{"inverted-colors": "none", "display-mode": "browser", "overflow-block": "scroll"},
    **{"overflow-inline": "scroll", "color-gamut": "srgb", "dynamic-range": "standard"},
    **{"color": "8", "monochrome": "0", "color-index": "0", "video-dynamic-range": "standard"},
}
_OFF = ("none", "no-preference", "0")
_SIZES = {
    **{"width": WIDTH, "device-width": WIDTH, "height": HEIGHT, "device-height": HEIGHT},
    **{"resolution": 1, "device-pixel-ratio": 1, "aspect-ratio": WIDTH / HEIGHT, "color": 8},
    **{"device-aspect-ratio": WIDTH / HEIGHT},
}
_TYPES = ("all", "screen")
_DOTS = {"dppx": 1.0, "x": 1.0, "dpi": 1 / 96, "dpcm": 2.54 / 96}


@lru_cache(maxsize=1024)
def holds(query: str) -> bool | None:
    """Whether a list of media queries holds; `None` if that can't be told."""
    tokens = tinycss2.parse_component_value_list(query.lower(), skip_comments=True)
    answers = [_query(one) for one in _split(tokens, ",")]
    if not any(token.type not in ("whitespace", "comment") for token in tokens) or True in answers:
        return True
    return None if None in answers else False


def _split(tokens: list[Any], at: str) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == at:
            parts.append([])
        elif token.type not in ("whitespace", "comment"):
            parts[-1].append(token)
    return parts


def _query(tokens: list[Any]) -> bool | None:
    """One query: `not screen and (min-width: 10em)`, or a condition alone."""
    words = [token.lower_value if token.type == "ident" else "" for token in tokens]
    negated = words[:1] == ["not"] and len(words) > 1 and bool(words[1])
    if words[:1] == ["only"] or negated:
        tokens, words = tokens[1:], words[1:]
    found: bool | None
    if words and words[0] and words[0] != "not":
        rest = tokens[2:] if words[1:2] == ["and"] else tokens[1:]
        found = words[0] in _TYPES and (_condition(rest) if rest else True)
    else:
        found = _condition(tokens)
    return found if found is None or not negated else not found


def _condition(tokens: list[Any]) -> bool | None:
    """Features in brackets, joined by `and`, `or` and `not`."""
    answers, negate, either = [], False, False
    for token in tokens:
        if token.type == "ident":
            negate |= token.lower_value == "not"
            either |= token.lower_value == "or"
        else:
            one = _in_brackets(token) if token.type == "() block" else None
            answers.append(one if one is None or not negate else not one)
            negate = False
    if (True in answers) if either else (False in answers):
        return either
    return None if None in answers or not answers else not either


def _in_brackets(block: Any) -> bool | None:  # noqa: ANN401
    tokens = [token for token in block.content if token.type not in ("whitespace", "comment")]
    if not tokens or tokens[0].type == "() block" or tokens[0] == "not":
        return _condition(tokens)
    if tokens[0].type == "ident" and tokens[0].lower_value == "not":
        return _condition(tokens)
    text = tinycss2.serialize(tokens)
    for operator in ("<=", ">=", "<", ">", "="):
        if operator in text:
            return _range(text)
    name, colon, value = (part.strip() for part in text.partition(":"))
    return _feature(name, value if colon else None)


def _feature(name: str, value: str | None) -> bool | None:
    bound = name.removeprefix("-webkit-")
    for prefix in ("min-", "max-"):
        if bound.startswith(prefix) and (have := _SIZES.get(bound.removeprefix(prefix))):
            asked = _size(value or "")
            if asked is None:
                return None
            return have >= asked if prefix == "min-" else have <= asked
    if name in _FEATURES:
        return _FEATURES[name] not in _OFF if value is None else _FEATURES[name] == value
    if name in _SIZES:
        return True if value is None else _size(value) == _SIZES[name]
    return None


def _range(text: str) -> bool | None:
    """`(400px <= width < 60em)`, read as comparisons of each two that stand side by side."""
    for operator in ("<=", ">=", "<", ">", "="):
        text = text.replace(operator, f" {operator} ").replace("<  =", "<=").replace(">  =", ">=")
    parts = text.replace("< =", "<=").replace("> =", ">=").split()
    values = [_SIZES.get(part, _size(part)) for part in parts[::2]]
    answers: list[bool | None] = []
    for at, operator in enumerate(parts[1::2]):
        one, other = (values[at], values[at + 1]) if at + 1 < len(values) else (None, None)
        if one is None or other is None:
            return None
        answers.append(
            {"<": one < other, ">": one > other, "=": one == other}[operator[0]]
            or (operator in ("<=", ">=") and one == other)
        )
    return all(answers)


def _size(text: str) -> float | None:
    plain = length(text)
    if plain is not None:
        return plain
    for unit, each in _DOTS.items():
        if text.endswith(unit):
            number = length(text.removesuffix(unit))
            return None if number is None else number * each
    if "/" in text:
        over, under = (length(part.strip()) for part in text.split("/", 1))
        return over / under if over is not None and under else None
    return None


class Import(NamedTuple):
    """What an `@import` says (CSS Cascade 5)."""

    url: str
    layer: str | None
    """The name of the layer that it goes into, which may be empty; `None` outside of all."""
    applies: bool | None
    """Whether its conditions hold; `None` if that can't be told."""


def read_import(prelude: list[Any]) -> Import:
    """Take an `@import` apart."""
    tokens = [token for token in prelude if token.type != "comment"]
    while tokens and tokens[0].type == "whitespace":
        tokens.pop(0)
    url = _address(tokens.pop(0)) if tokens else ""
    layer, unsure = None, False
    media: list[Any] = []
    for token in tokens:
        function = token.lower_name if token.type == "function" else ""
        if token.type == "ident" and token.lower_value == "layer" and not media:
            layer = ""
        elif function == "layer":
            layer = tinycss2.serialize(token.arguments).strip()
        elif function:
            unsure = True
        elif token.type != "whitespace" or media:
            media.append(token)
    condition = tinycss2.serialize(media).strip()
    applies = holds(condition) if condition else True
    return Import(url, layer, None if unsure and applies else applies)


def _address(token: Any) -> str:  # noqa: ANN401
    if token.type in ("url", "string"):
        return str(token.value)
    parts = token.arguments if token.type == "function" and token.lower_name == "url" else []
    return next((str(part.value) for part in parts if part.type == "string"), "")
