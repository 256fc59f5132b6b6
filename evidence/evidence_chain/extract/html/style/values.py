"""What values of CSS come to: variables put in, lengths in pixels, sums worked out."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

Style = dict[str, str]
"""Values of properties, in small letters but for texts in quotation marks."""

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_LENGTH = re.compile(rf"({NUMBER})\s*([a-z]+|%)?")
UNITS = {
    **{"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945},
    **{"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "cap": 11.0, "ic": 16.0, "lh": 19.0},
    **{"rlh": 19.0, "rex": 8.0, "rch": 8.0, "%": 10.0},
    **dict.fromkeys(("vw", "vi", "svw", "lvw", "dvw", "svi", "lvi", "dvi", "cqw", "cqi"), 12.8),
    **dict.fromkeys(("vh", "vb", "svh", "lvh", "dvh", "svb", "lvb", "dvb", "cqh", "cqb"), 7.2),
    **dict.fromkeys(("vmin", "svmin", "lvmin", "dvmin", "cqmin"), 7.2),
    **dict.fromkeys(("vmax", "svmax", "lvmax", "dvmax", "cqmax"), 12.8),
}
"""Units in pixels, in a window of 1280 by 720; a part of what is around it as if that had 1000."""
_ANGLES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0, "": 1.0}
_VARIABLE = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|"""
    r"(?<![\w-])(?:var\(\s*(--[^\s,()]+)|env\(\s*([\w-][^,()]*))\s*(?=[,)])(,)?",
    re.IGNORECASE | re.DOTALL,
)
_INSETS = re.compile(r"(?:safe-area|safe-area-max|keyboard)-inset-\w+", re.IGNORECASE)
"""What a browser reserves at the edges of a window, which is nothing at a desk."""
_PUT_IN = frozenset({"attr", "if", "inherit", "random-item", "toggle"})
"""Functions that stand for whatever they find, besides those that a page makes itself (`--f()`)."""
_LONGEST = 4096
_DEEPEST = 16
_SUMS = ("calc", "min", "max", "clamp", "-webkit-calc", "abs", "round", "pow")
UNKNOWN = "?"
"""Stands for a value that can't be told."""


def names(text: str) -> frozenset[str]:
    """The names in a list that white space parts."""
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def length(value: str) -> float | None:
    """A length in pixels, roughly; `None` if it is none, or can't be told."""
    value = value.strip()
    found = _LENGTH.fullmatch(value)
    if found:
        unit = UNITS.get(found[2] or "")
        return None if unit is None else float(found[1]) * unit
    if "(" not in value or len(value) > _LONGEST:
        return None
    tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
    return _term(tokens[0]) if len(tokens) == 1 else None


def lengths(value: str) -> list[float]:
    """All lengths in a value, and 0."""
    found = [length(part) for part in value.replace(",", " ").split()]
    return [0.0, *(one for one in found if one is not None)]


@lru_cache(maxsize=1024)
def number(value: str) -> float | None:
    """A number, or a percentage as a part of one."""
    value = value.strip()
    if value.endswith("%"):
        part = length(value[:-1])
        return None if part is None else part / 100
    return length(value)


@lru_cache(maxsize=1024)
def angle(value: str) -> float | None:
    """An angle in degrees."""
    found = _LENGTH.fullmatch(value.strip())
    each = _ANGLES.get(found[2] or "") if found else None
    return float(found[1]) * each if found and each is not None else None


@lru_cache(maxsize=4096)
def functions(value: str) -> list[tuple[str, list[str]]] | None:
    """The functions that a value is a list of, and their arguments; `None` if it is no such."""
    found = []
    for token in tinycss2.parse_component_value_list(value[:_LONGEST], skip_comments=True):
        if token.type == "function":
            found.append((token.lower_name, arguments(token.arguments)))
        elif token.type != "whitespace" and not is_sign(token, ","):
            return None
    return found


def arguments(tokens: list[Any]) -> list[str]:
    """The arguments of a function, which commas or else white space part."""
    text = tinycss2.serialize(tokens).strip()
    parted = [*_parted(tokens, ",")] if any(is_sign(token, ",") for token in tokens) else None
    return [*map(str.strip, parted)] if parted else text.split()


def is_sign(token: Any, sign: str) -> bool:  # noqa: ANN401
    """Whether a token is just this sign."""
    return bool(token.type == "literal" and token.value == sign)


def _parted(tokens: list[Any], at: str) -> Iterator[str]:
    part: list[Any] = []
    for token in tokens:
        if token == at:
            yield tinycss2.serialize(part)
            part = []
        else:
            part.append(token)
    yield tinycss2.serialize(part)


def _term(token: Any, depth: int = 0) -> float | None:  # noqa: ANN401
    """A length, a number, or a sum in brackets."""
    if depth > _DEEPEST:
        return None
    if token.type in ("number", "percentage", "dimension"):
        unit = "%" if token.type == "percentage" else str(getattr(token, "lower_unit", ""))
        each = UNITS.get(unit)
        return None if each is None else float(token.value) * each
    if token.type == "() block":
        return _sum(token.content, depth)
    if token.type != "function" or token.lower_name not in _SUMS:
        return None
    parts: list[list[Any]] = [[]]
    for one in token.arguments:
        if one == ",":
            parts.append([])
        else:
            parts[-1].append(one)
    values = [_sum(part, depth) for part in parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return _of(token.lower_name, known)


def _of(name: str, values: list[float]) -> float | None:
    if name == "clamp":
        return max(values[0], min(values[1], values[2])) if len(values) == 3 else None
    if name in ("min", "max"):
        return min(values) if name == "min" else max(values)
    if name == "pow":
        return _power(*values) if len(values) == 2 else None
    if len(values) != 1:
        return None
    return abs(values[0]) if name == "abs" else values[0]


def _power(base: float, exponent: float) -> float | None:
    if base <= 0:
        return None
    try:
        return float(base**exponent)
    except OverflowError:
        return None


def _sum(tokens: list[Any], depth: int) -> float | None:
    """`a + b * c - d / e`, from left to right, with the usual precedence."""
    total, product, sign, operator = 0.0, None, 1.0, ""
    for token in tokens:
        if token.type == "literal" and token.value in "+-":
            total += sign * (product or 0.0)
            product, sign, operator = None, 1.0 if token.value == "+" else -1.0, ""
        elif token.type == "literal":
            operator = token.value
        elif token.type != "whitespace":
            value = _term(token, depth + 1)
            if value is None or (operator == "/" and not value):
                return None
            if product is None:
                product = value
            else:
                product = product * value if operator == "*" else product / value
    return None if product is None else total + sign * product


def substituted(value: str, variables: Mapping[str, str], depth: int = 0) -> str | None:
    """`value` with its variables put in.

    `None` if it isn't valid then; `UNKNOWN` if that takes too long to tell.
    """
    if len(value) > _LONGEST:
        return UNKNOWN
    at = 0
    while found := _VARIABLE.search(value, at):
        if found["text"]:
            at = found.end()
            continue
        end = _closing(value, found.end())
        if depth > _DEEPEST or len(value) > _LONGEST or end < 0:
            return UNKNOWN
        put = variables.get(found[2]) if found[2] else _reserved(found[3])
        if put is None and found[4]:
            put = value[found.end() : end]
        if put is None:
            return None
        put = substituted(put, variables, depth + 1)
        if put is None or put == UNKNOWN:
            return put
        value = f"{value[: found.start()]} {put.strip()} {value[end + 1 :]}".strip()
    return value


def _reserved(name: str) -> str | None:
    return "0px" if _INSETS.fullmatch(name.partition(" ")[0]) else None


def texts(value: str) -> list[str]:
    """The strings in a value."""
    tokens = tinycss2.parse_component_value_list(value[:_LONGEST], skip_comments=True)
    return [str(token.value) for token in tokens if token.type == "string"]


def has_words(text: str) -> bool:
    """Whether a text may change what is said beside it: more than a letter that counts items."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 or any(not char.isascii() for char in letters)


@lru_cache(maxsize=4096)
def is_untold(value: str) -> bool:
    """Whether functions in it put something in that isn't worked out here."""
    if "(" not in value:
        return False
    tokens = tinycss2.parse_component_value_list(value[:_LONGEST], skip_comments=True)
    for _ in range(_DEEPEST):
        within = []
        for token in tokens:
            if token.type == "function":
                if token.lower_name in _PUT_IN or token.name.startswith("--"):
                    return True
                within += token.arguments
            elif token.type == "() block":
                within += token.content
        tokens = within
    return bool(tokens)


def _closing(text: str, at: int) -> int:
    """Where the bracket closes that was opened before `at`."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)
