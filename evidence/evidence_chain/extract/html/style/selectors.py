"""Selectors: lists taken apart, what they weigh, and what of them the tree builder can't match."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<escape>\\(?:[0-9a-fA-F]{1,6}\s?|.))"""
    r"""|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|(?P<other>.)""",
    re.DOTALL,
)
_ELEMENT = re.compile(
    r"::?(before|after|first-letter|first-line)\s*$|::([\w-]+)(?:\([^()]*\))?[^,]*$", re.IGNORECASE
)
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}\s?|.))+"
_SIMPLE = re.compile(
    rf"(?P<id>#{_NAME})|(?P<class>\.{_NAME})|(?P<element>::{_NAME})|(?P<pseudo>:{_NAME})"
    rf"|(?P<attribute>\[)|(?P<tag>{_NAME}|\*)|(?P<open>\()|(?P<other>.)",
    re.DOTALL,
)
_PSEUDO_CLASS = re.compile(rf"(?<!:):{_NAME}")
_SUBJECT = re.compile(rf"[#.]?{_NAME}")
_OLD = ("before", "after", "first-letter", "first-line")

Weight = tuple[int, int, int]


class Selector(NamedTuple):
    """One selector."""

    element: str
    """What it selects, without the pseudo-element."""
    part: str
    """The pseudo-element, or nothing."""
    weight: Weight


@lru_cache(maxsize=20_000)
def split(text: str) -> list[str]:
    """The selectors of a list."""
    if "," not in text:
        return [text.strip()]
    parts, depth = [""], 0
    for found in _TOKEN.finditer(text):
        if found["open"] or found["close"]:
            depth += 1 if found["open"] else -1
        if found["comma"] and depth <= 0:
            parts.append("")
        else:
            parts[-1] += found[0]
    return [part.strip() for part in parts]


@lru_cache(maxsize=20_000)
def read(text: str) -> Selector:
    """A selector, taken apart."""
    found = _ELEMENT.search(text) if ":" in text else None
    if found and text.count("(", 0, found.start()) != text.count(")", 0, found.start()):
        found = None  # it stands in brackets, where it selects nothing
    part = (found[1] or found[2]).lower() if found else ""
    element = text[: found.start()] if found else text
    if element.rstrip().endswith((">", "+", "~")) or not element.strip() or element[-1:].isspace():
        element += "*"
    return Selector(element, part, weight(text))


def weight(text: str, depth: int = 0) -> Weight:
    """The specificity of a selector (Selectors 4, section 17)."""
    ids = classes = tags = at = 0
    while found := _SIMPLE.match(text, at):
        at = found.end()
        ids += bool(found["id"])
        tags += bool(found["element"]) or bool(found["tag"] and found["tag"] != "*")
        if found["attribute"]:
            classes, at = classes + 1, _end(text, at)
        elif found["class"]:
            classes += 1
        elif found["pseudo"]:
            name, inner = found[0][1:].lower(), ""
            if text[at : at + 1] == "(":
                end = _end(text, at + 1)
                inner, at = text[at + 1 : end - 1], end
            more = _of_pseudo(name, inner, depth)
            ids, classes, tags = ids + more[0], classes + more[1], tags + more[2]
    return ids, classes, tags


def _of_pseudo(name: str, inner: str, depth: int) -> Weight:
    if name in _OLD:
        return 0, 0, 1
    if name == "where":
        return 0, 0, 0
    if depth > 8:
        return 0, 1, 0
    if name in ("is", "not", "has", "matches", "-webkit-any"):
        return max((weight(one, depth + 1) for one in split(inner)), default=(0, 0, 0))
    if name.startswith("nth-") and " of " in inner:
        ids, classes, tags = weight(inner.partition(" of ")[2], depth + 1)
        return ids, classes + 1, tags
    return 0, 1, 0


def _end(text: str, at: int) -> int:
    """After the bracket that closes the one before `at`."""
    depth = 1
    for found in _TOKEN.finditer(text, at):
        depth += 1 if found["open"] else -1 if found["close"] else 0
        if not depth:
            return found.end()
    return len(text)


def wider(text: str) -> str:
    """A selector for all that `text` may select, without pseudo-classes."""
    while found := _PSEUDO_CLASS.search(text):
        end = found.end()
        if text[end : end + 1] == "(":
            end = _end(text, end + 1)
        start = found.start()
        text = text[:start] + ("*" if _alone(text, start) else "") + text[end:]
    return text.strip() or "*"


def _alone(text: str, at: int) -> bool:
    """Whether no tag, class or id stands right before `at`."""
    return not text[:at] or text[at - 1] in " >+~,("


def names(text: str) -> set[str]:
    """Classes, ids and tags that an element selected by `text` or those around it must have.

    Only of what stands outside brackets: `.a` and `p` of `p.a:not(.b)`.
    """
    bare, at = [], 0
    for found in _TOKEN.finditer(text):
        at += 1 if found["open"] else -1 if found["close"] else 0
        if not at and not found["close"]:
            bare.append(found[0])
    plain = "".join(bare)
    if "\\" in plain or "|" in plain:
        return set()
    plain = _PSEUDO_CLASS.sub(" ", plain)
    return {one for one in _SUBJECT.findall(plain) if one[0] in "#."}
