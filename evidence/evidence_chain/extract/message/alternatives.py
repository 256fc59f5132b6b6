"""The versions of one text in an e-mail: which of them is shown, and whether they say the same.

Mail programs show the last version that they can (RFC 2046, section 5.1.4), which is the HTML one.
Another says the same only if every sign is the same, folds and what stands for markup aside.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.stream import Drawn, Mark, MarkKind
from evidence_chain.text.language.folds import agree, fold

_LINKS = re.compile(
    r"(?<![ \t])[ \t]*"
    r"(?:[<\[(](?:https?|mailto|cid|tel|ftp):[^\s<>\[\])]{0,2000}[>\])]|\[image:[^\[\]\n]{0,300}\])"
)
_QUOTING = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_RULES = re.compile(r"^[ \t]*(?:[-_=*~#][ \t]?){3,}$|^-- ?$", re.MULTILINE)
_BULLETS = re.compile(r"^[ \t]*[-*•·◦▪‣+][ \t]+(?=[^\W\d_])", re.MULTILINE)
_EMPHASIS = re.compile(
    r"(?<![\w*/_])(\*{1,2}|/|_)(?=[^\s*])[^*\n]{0,300}?(?:\n[^*\n]{1,300}?)?\1(?![\w*/_])"
)
_TABLES = re.compile(r"(?:(?<=[\s|])|^)[|](?=[\s|]|$)", re.MULTILINE)
_CARRIED = frozenset((MarkKind.QUOTED, MarkKind.DELETED, MarkKind.INSERTED))
_DROPPED = "\u2060"
"""A character that folds drop, in the place of one that isn't to be compared."""
_NOT_SHOWN = "another version of this e-mail, which mail programs do not show"

_WORDLESS = "mail programs show the HTML version, which has no words that are seen"


class Version(NamedTuple):
    """One version of a text."""

    drawn: Drawn
    html: bool


def in_order(versions: list[Version]) -> tuple[list[Drawn], int]:
    """The version that is shown, then what the others have besides.

    Args:
        versions: as they stand in the e-mail.

    Returns the texts to be drawn, and how many were left out since they say the same. One that says
    something else is marked as hidden. What any version quotes or strikes out is marked so in the
    one that is shown.
    """
    worded = [one for one in versions if _bare(one).strip()]
    if not worded:
        return [one.drawn for one in versions], 0
    shown = next((one for one in reversed(worded) if one.html), worded[-1])
    first, others, same = shown.drawn, list[Drawn](), 0
    for one in versions:
        if one is shown:
            continue
        if one in worded and not say_the_same(one, shown):
            others.append(_hidden(one))
            continue
        same += one in worded
        others.append(wrap(_unseen(one.drawn), MarkKind.PART, _title(one)))
        first = first._replace(marks=[*first.marks, *_carried(one, shown)])
    if not shown.html and any(one.html for one in versions):
        first = wrap(first, MarkKind.HIDDEN, _WORDLESS)
    elif worded[-1] is not shown and not say_the_same(worded[-1], shown):
        first = wrap(first, MarkKind.HIDDEN, "programs differ over which version they show")
    return [first, *(one for one in others if one.text)], same


def _title(version: Version) -> str:
    return "HTML version" if version.html else "alternative"


def _hidden(version: Version) -> Drawn:
    return wrap(wrap(version.drawn, MarkKind.HIDDEN, _NOT_SHOWN), MarkKind.PART, _title(version))


def say_the_same(one: Version, other: Version) -> bool:
    """Whether what is seen of two versions is the same, folds and signs for markup aside."""
    mine, theirs = (fold(_bare(each)).text.strip() for each in (one, other))
    return agree(mine, theirs) == len(theirs)


def _bare(version: Version) -> str:
    """The text that is seen, with spaces for what only stands for markup."""
    text, _, marks = version.drawn
    chars = list(text)
    for mark in marks:
        if mark.kind == MarkKind.HIDDEN:
            chars[mark.start : mark.end] = " " * (mark.end - mark.start)
    text = "".join(chars)
    text = _RULES.sub(_blank, _LINKS.sub(_nothing, text))
    if version.html:
        return text
    for pattern in (_QUOTING, _BULLETS, _TABLES):
        text = pattern.sub(_blank, text)
    return _EMPHASIS.sub(_plain, text)


def _nothing(found: re.Match[str]) -> str:
    return _DROPPED * len(found[0])


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in found[0])


def _plain(found: re.Match[str]) -> str:
    """Emphasised words without the signs around them."""
    signs = len(found[1])
    return _DROPPED * signs + found[0][signs:-signs] + _DROPPED * signs


def _carried(one: Version, shown: Version) -> list[Mark]:
    """What one version marks as somebody else's words or as changed, as marks of the other."""
    marks = [mark for mark in one.drawn.marks if mark.kind in _CARRIED]
    mine, theirs = fold(_bare(one)), fold(_bare(shown))
    if not marks or not mine.text.strip():
        return []
    by = _indent(theirs.text) - _indent(mine.text)
    loose = abs(len(mine.text.strip()) - len(theirs.text.strip()))
    carried = []
    for mark in marks:
        start = max(mine.index(mark.start) + by - loose, 0)
        end = min(mine.index(mark.end) + by + loose, len(theirs.text.rstrip()))
        start = max(start, _indent(theirs.text))
        if theirs.text[start:end].strip():
            place = theirs.source(start, end)
            carried.append(Mark(*place, mark.kind, f"in the {_title(one)}: {mark.detail}"))
    return [mark for mark in carried if not _is_marked(shown, mark)]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_marked(version: Version, mark: Mark) -> bool:
    words = version.drawn.text[mark.start : mark.end]
    start = mark.start + _indent(words)
    end = start + len(words.strip())
    known = (one for one in version.drawn.marks if one.kind == mark.kind)
    return any(one.start <= start and end <= one.end for one in known)


def _unseen(drawn: Drawn) -> Drawn:
    """What is not seen of a text."""
    return join(
        wrap(Drawn(drawn.text[mark.start : mark.end], {}), MarkKind.HIDDEN, mark.detail)
        for mark in sorted(drawn.marks)
        if mark.kind == MarkKind.HIDDEN and mark.start < mark.end
    )
