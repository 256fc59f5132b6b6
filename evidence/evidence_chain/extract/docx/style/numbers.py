"""The numbers that a DOCX gives to paragraphs without writing them into the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.layout import Placed, number, read_placed
from evidence_chain.extract.docx.style.symbols import read_font, shows_others
from evidence_chain.extract.numerals import MOST_ROMAN, roman
from evidence_chain.text.language.negation import negates

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.docx.style.styles import Numbered
    from evidence_chain.extract.docx.xml import Node

_LEVELS = 9
_LONGEST_LABEL, _MOST_WORDS = 32, 500
"""Characters of what is put before a paragraph, without words and with them."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLACE = re.compile(r"%([1-9])")
_HAN = "零一二三四五六七八九"


def letters(count: int) -> str:
    """From a to z, then aa to zz, as word processors count."""
    times, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def han(count: int) -> str:
    """`count` below ten thousand in Chinese: 十二, 一百零三."""
    text, pending = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, value)
        if digit:
            text += ("零" if pending and text else "") + _HAN[digit] + unit
        pending = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


_FORMATS: dict[str, tuple[Callable[[int], str], int]] = {
    "decimal": (str, 10**9),
    "decimalZero": (lambda count: f"{count:02}", 10**9),
    "lowerRoman": (roman, MOST_ROMAN),
    "upperRoman": (lambda count: roman(count).upper(), MOST_ROMAN),
    "lowerLetter": (letters, 26 * 9),
    "upperLetter": (lambda count: letters(count).upper(), 26 * 9),
    "chineseCounting": (han, 9999),
    "chineseCountingThousand": (han, 9999),
    "japaneseCounting": (han, 9999),
    "taiwaneseCountingThousand": (han, 9999),
    "none": (lambda _: "", 10**9),
}
"""By name: how a number is written, and up to which."""


class Level(NamedTuple):
    """One level of a list."""

    start: int
    format: str
    text: str
    legal: bool
    """Whether all its numbers are decimal."""
    style: str
    """The paragraph style that belongs to it."""
    placed: Placed
    """Where its paragraphs begin and end."""


class Label(NamedTuple):
    """The number of a paragraph."""

    outline: int
    """The list that counts it."""
    level: int
    text: str
    """Such as `3.2`; empty where the paragraph has a bullet, or a number of another kind."""
    shown: str = ""
    """The same as it is written before the paragraph, such as `3.2.`."""
    worded: bool = False
    """Whether it has words that may say something, as none of “Article 3” do."""


class Numbers:
    """Counts the numbered paragraphs of a document, in order."""

    def __init__(self, root: Node | None = None) -> None:
        self._outlines: dict[int, dict[int, Level]] = {}
        self._lists: dict[int, tuple[int, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[int, dict[int, int]] = {}
        styled = _by_style(root.all("w:abstractNum") if root else [])
        for node in root.children if root else ():
            known = number(node.attrs.get("w:abstractNumId"))
            if node.name == "w:abstractNum" and known is not None:
                named = node.value("w:numStyleLink")
                self._outlines[known] = _levels(node) or styled.get(named, {})
            elif node.name == "w:num":
                self._add(node)

    def label(self, numbered: Numbered, style: str) -> Label | None:
        """Count a paragraph of this list and style; `None` if it is in none."""
        known = self._lists.get(numbered.number or 0)
        if known is None:
            return None
        outline, levels, starts = known
        named = next((at for at, level in levels.items() if style and level.style == style), 0)
        at = named if numbered.level is None else numbered.level
        counts = self._counts.setdefault(outline, {})
        first = starts.pop(at) if at in starts else None
        start = levels[at].start if at in levels else 1
        counts[at] = first if first is not None else counts.get(at, start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        shown = _write(levels, counts, at)
        worded = bool(shown) and _is_worded(levels[at].text)
        return Label(outline, at, "" if worded else _bare(shown), shown, worded)

    def placed(self, numbered: Numbered) -> Placed:
        """Where the list puts a paragraph, as far as that says it."""
        _, levels, _ = self._lists.get(numbered.number or 0, (0, {}, {}))
        level = levels.get(numbered.level or 0)
        return level.placed if level else Placed()

    def _add(self, node: Node) -> None:
        name, outline = number(node.attrs.get("w:numId")), number(node.value("w:abstractNumId"))
        if name is None or outline is None:
            return
        levels, starts = dict(self._outlines.get(outline, {})), {}
        for override in node.all("w:lvlOverride"):
            at, start = (
                number(override.attrs.get("w:ilvl")),
                number(override.value("w:startOverride")),
            )
            if at is not None and start is not None:
                starts[at] = start
            levels |= _levels(override)
        self._lists[name] = outline, levels, starts


def _levels(node: Node) -> dict[int, Level]:
    found = {}
    for each in node.all("w:lvl"):
        at, start = number(each.attrs.get("w:ilvl")), number(each.value("w:start"))
        if at is not None and at < _LEVELS:
            found[at] = Level(
                1 if start is None else start,
                each.value("w:numFmt") or "decimal",
                _text(each),
                bool(each.switch("w:isLgl")),
                each.value("w:pStyle") or "",
                read_placed(each.child("w:pPr")),
            )
    return found


def _by_style(lists: list[Node]) -> dict[str | None, dict[int, Level]]:
    """The levels of lists that are those of a style, by its name (ECMA-376 part 1, 17.9.27)."""
    return {name: _levels(one) for one in lists if (name := one.value("w:styleLink"))}


def _text(level: Node) -> str:
    """What a level writes before paragraphs; nothing for signs of a symbol font."""
    text, look = level.value("w:lvlText") or "", level.child("w:rPr")
    if look and (look.switch("w:vanish") or shows_others(_PLACE.sub("", text), read_font(look))):
        return ""
    return text


def _is_worded(text: str) -> bool:
    """Whether there is more than one word to the number, or one that denies, or no number."""
    words = _WORD.findall(_PLACE.sub(" ", text))
    denies = [word for word in words if word.lower() != "no"] and negates(text)
    return len(words) > 1 or bool(denies) or (bool(words) and not _PLACE.search(text))


def _write(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    """The number as it is shown; empty if it can't be told."""
    level = levels.get(at)
    worded = level is not None and _is_worded(level.text)
    told = level and len(level.text) <= _LONGEST_LABEL and _PLACE.search(level.text)
    if level is None or not (worded or told):
        return ""

    def one(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        known = levels.get(other, level)
        count = counts.get(other, known.start)
        how, most = _FORMATS.get("decimal" if level.legal else known.format, (str, 0))
        return how(count) if 0 < count <= most else "\0"

    text = _PLACE.sub(one, level.text[:_MOST_WORDS]).strip()
    return "" if "\0" in text and not worded else text.replace("\0", "…")


def _bare(shown: str) -> str:
    """A number without the stop or bracket after it."""
    text = shown.rstrip(".．、:：")
    return text.removesuffix(")") if "(" not in text else text
