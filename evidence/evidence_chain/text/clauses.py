"""Numbered clauses of a document, as far as its lines begin with their numbers."""

from __future__ import annotations

import re

from evidence_chain.pattern import pattern

_NAMES = (
    "§+|(?:article|clause|section|paragraph|annex|artikel|abschnitt|ziffer|paragraf|artículo|"
    r"cláusula|clause|статья|пункт|раздел|المادة)\b\.?|art\."
)
_NUMBERED = pattern(
    rf"(?:^|(?<=[\r\f\v\x85\u2028\u2029]))[ \t\u3000]*(?:#+[ \t]+)?(?:(?P<named>{_NAMES})[ \t]*)?"
    r"(?:(?P<digits>\d{1,3}(?:\.\d{1,2}){0,5})(?:[.)、．](?!\d)|(?=[ \t\u3000]|$))"
    r"|(?P<ordinal>第[ \t]*[〇零一二三四五六七八九十百\d]{1,6}[ \t]*(?P<unit>[章节節条條款项項]))"
    r"|(?P<counted>[一二三四五六七八九十]{1,3})、)",
    re.MULTILINE | re.IGNORECASE,
)
_UNITS = {"章": 1, "节": 2, "節": 2, "条": 3, "條": 3, "款": 4, "项": 5, "項": 5}
_NAMED, _COUNTED, _BARE = 3, 6, 10


def clauses(stream: str) -> list[tuple[str, int, int]]:
    """The clauses of a text: number as it stands there, start and end in code points.

    A clause begins at a line that begins with its number (`3.2`, `§ 5`, `Article 4`, `第三条`,
    `二、`), and ends before the next line whose number is of the same level or a higher one.
    Takes time in proportion to the length and to the number of clauses.
    """
    found: list[tuple[str, int, int]] = []
    open_: list[tuple[int, str, int]] = []
    for line in _NUMBERED.finditer(stream):
        level, number = _level(line)
        while open_ and open_[-1][0] >= level:
            _, name, start = open_.pop()
            found.append((name, start, line.start()))
        open_.append((level, number, line.start()))
    found += [(name, start, len(stream)) for _, name, start in open_]
    return sorted(found, key=lambda clause: (clause[1], -clause[2]))


def _level(line: re.Match[str]) -> tuple[int, str]:
    if line["ordinal"]:
        return _UNITS[line["unit"]], re.sub(r"\s", "", line["ordinal"])
    if line["counted"]:
        return _COUNTED, line["counted"]
    base = _NAMED if line["named"] else _BARE
    return base + line["digits"].count("."), line["digits"]
