"""The numbers of lists and headings (ODF 1.3, part 3, 5.3 and 16.30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract import numerals

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node

_LEVELS = 10


class Level(NamedTuple):
    """How one level of a list is numbered."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    """How many levels the number shows."""
    bullet: str = ""


class Label(NamedTuple):
    """What stands before a paragraph of a list."""

    text: str
    doubt: str = ""
    """Why something else may be shown."""


class Lists:
    """Counts the items of all lists of a document."""

    def __init__(self) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int]] = {}

    def read(self, root: Node) -> None:
        """Take over the list styles of a part; headings are those of the style without name."""
        for group in root.children:
            for one in group.children:
                if one.name in ("?:list-style", "?:outline-style"):
                    outline = one.name == "?:outline-style"
                    name = "" if outline else one.attrs.get("?:name", "")
                    self._levels[name] = dict(map(_level, one.children))

    def start(self, style: str, *, goes_on: bool, value: int | None = None) -> None:
        """A list of a style begins, or goes on from the one before."""
        if not goes_on or style not in self._counts:
            self._counts[style] = [0] * (_LEVELS + 1)
        if value is not None:
            self._counts[style][1] = value - 1

    def label(self, style: str, depth: int, *, value: int | None = None) -> Label:
        """What stands before the next item at a depth, from 1."""
        depth = min(depth, _LEVELS)
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        if level is None:
            return Label("")
        counts = self._counts.setdefault(style, [0] * (_LEVELS + 1))
        begun = counts[depth] or level.start - 1
        counts[depth] = begun + 1 if value is None else value
        counts[depth + 1 :] = [0] * (_LEVELS - depth)
        if level.bullet:
            return Label("" if not level.bullet.isalnum() else level.bullet)
        if not level.format:
            return self._labelled(level, "")
        first = max(1, depth - level.shown + 1)
        told = [self._numeral(levels.get(at, level), counts[at]) for at in range(first, depth + 1)]
        return self._labelled(level, ".".join(told))

    def _numeral(self, level: Level, count: int) -> str:
        count = count or level.start
        form = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter"}.get(level.format)
        form = form or {"i": "lowerRoman", "I": "upperRoman"}.get(level.format, "decimal")
        return _write(form, count)

    def _labelled(self, level: Level, number: str) -> Label:
        text = f"{level.prefix}{number}{level.suffix}"
        words = any(map(str.isalpha, level.prefix + level.suffix))
        odd = level.format not in ("1", "a", "A", "i", "I", "")
        doubt = "words that its list puts before it" if words else ""
        return Label(text, doubt or ("a number in a form that isn't known here" if odd else ""))


def _level(node: Node) -> tuple[int, Level]:
    attrs = node.attrs
    bullet = attrs.get("?:bullet-char", "") if node.name.endswith("bullet") else ""
    level = Level(
        attrs.get("?:num-format", ""),
        attrs.get("?:num-prefix", ""),
        attrs.get("?:num-suffix", ""),
        whole(attrs.get("?:start-value")) or 1,
        whole(attrs.get("?:display-levels")) or 1,
        bullet,
    )
    return whole(attrs.get("?:level")) or 1, level


def whole(value: str | None) -> int | None:
    """A number that is written so, if it is one."""
    return (
        int(value) if value and value.isascii() and value.isdecimal() and len(value) < 7 else None
    )


def _write(form: str, count: int) -> str:
    if form == "decimal" or count < 1:
        return str(count)
    if form.endswith("Letter"):
        letter = chr(97 + (count - 1) % 26) * min(1 + (count - 1) // 26, 50)
        return letter.upper() if form == "upperLetter" else letter
    roman = numerals.roman(count)
    return roman.upper() if form == "upperRoman" else roman.lower()
