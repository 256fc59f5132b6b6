"""What is seen of a passage, read off its picture, against what the text layer says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import EvidenceError, ExtractionError
from evidence_chain.extract import extract
from evidence_chain.text import fold, spans
from evidence_chain.text.language.negation import negated_before, negations
from evidence_chain.text.language.numbers import numbers
from evidence_chain.verify.report import Outcome
from evidence_db.store.files import PICTURE, DamagedError, TooLargeError

if TYPE_CHECKING:
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report
    from evidence_db.store.files import Files

SEEN = 0.9
"""Share of a passage's letters, in order, from which on a program's reading agrees with it."""
UNSURE = 0.6
"""Share from which on it may have misread, and a person must look."""
_PIECE = 3
"""Letters in a row that count as read; fewer are alike by chance."""


def check_rendered(files: Files, opened: Opened, report: Report) -> None:
    """Read the pictures of a passage, and compare: what is seen, and what the text layer says.

    Never evidence by itself, since a program misreads: where it is unsure nothing is checked.
    """
    pictures = crops(opened)
    try:
        said = [exact for _, _, exact in spans(opened.values["selector"])]
        seen = "\n".join(_read(files, crop) for crop in pictures)
    except (EvidenceError, OSError) as error:
        report.miss("rendered", opened.id, f"{opened.name}: {error}")
        return
    if not pictures:
        if _has_page(opened):
            report.miss("rendered", opened.id, f"{opened.name}: no picture of it was kept.")
        return
    readings = [_compare(fragment, seen) for fragment in said]
    outcomes = list(map(_judge, said, readings))
    text = " … ".join(said)
    told = f"{opened.name}: the text layer says “{text}”, and on the page was read “{seen}”."
    if Outcome.FAILED in outcomes:
        report.fail("rendered", opened.id, told)
    elif Outcome.NOT_CHECKED in outcomes or _is_unsaid(opened, readings[0]):
        report.miss("rendered", opened.id, f"{told} A program may misread: look at the picture.")
    else:
        report.hold("rendered", "passages")


def _judge(said: str, reading: _Reading) -> Outcome:
    """What comes of comparing one fragment with what was read."""
    if reading.share < UNSURE:
        return Outcome.FAILED
    unsure = reading.share < SEEN or _differs(said, reading)
    return Outcome.NOT_CHECKED if unsure else Outcome.HOLDS


def _has_page(opened: Opened) -> bool:
    return any(one["type"] == "FragmentSelector" for one in opened.values["selector"])


def crops(opened: Opened) -> list[str]:
    """The digests of a passage's pictures, each once."""
    regions = opened.values.get("regions")
    listed = regions if isinstance(regions, list) else []
    found = [one.get("crop") for one in listed if isinstance(one, dict)]
    return list(dict.fromkeys(crop for crop in found if isinstance(crop, str)))


def _read(files: Files, crop: str) -> str:
    try:
        files.read(crop, PICTURE)
    except (DamagedError, TooLargeError) as error:
        raise ExtractionError("the picture of the passage is damaged.") from error
    return extract(files.path(crop), "image/png").text


class _Reading(NamedTuple):
    """Where in what was read a passage stands."""

    share: float
    """Of the passage's letters and digits, those that were read there."""
    text: str = ""
    """The words there."""
    inserted: int = 0
    """The most letters that were read between two of the passage's."""
    negated: bool = False
    """Whether a word just before it negates, on the same line: the picture cuts those around."""


def _compare(said: str, seen: str) -> _Reading:
    """Find the one place where a passage was read, whatever else is in the picture."""
    text = "\n".join(fold(line).text for line in seen.splitlines())
    wanted, places = _letters(fold(said).text)[0], _letters(text)[1]
    low, blocks = _aligned(wanted, _letters(text)[0])
    if not blocks:
        return _Reading(0.0)
    read = sum(size for _, _, size in blocks if size >= min(_PIECE, len(wanted)))
    gaps = [(after[1] - block[1]) - (after[0] - block[0]) for block, after in pairwise(blocks)]
    start, end = low + blocks[0][1], low + blocks[-1][1] + blocks[-1][2]
    start, end = _whole_words(text, places[start], places[end - 1] + 1)
    line = text.rfind("\n", 0, start) + 1
    negated = negated_before(text[line:], start - line)
    return _Reading(read / len(wanted), text[start:end], max(gaps, default=0), negated)


def _aligned(wanted: str, there: str) -> tuple[int, list[tuple[int, int, int]]]:
    """What is the same, around the longest part that is; where the second text was cut."""
    from difflib import SequenceMatcher

    longest = SequenceMatcher(None, wanted, there, autojunk=False).find_longest_match()
    slack = len(wanted) // 4 + 20
    low = max(0, longest.b - longest.a - slack)
    window = there[low : longest.b - longest.a + len(wanted) + slack]
    blocks = SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
    return low, [(a, b, size) for a, b, size in blocks if size]


def _differs(said: str, reading: _Reading) -> bool:
    """Whether it says another thing, however few letters are others."""
    for words in (negations, numbers):
        if Counter(words(said)) != Counter(words(reading.text)):
            return True
    return reading.inserted >= _PIECE


def _is_unsaid(opened: Opened, reading: _Reading) -> bool:
    """Whether a negation is seen before the passage which the text layer doesn't have there."""
    recorded = opened.values["match"]
    notes = recorded.get("notes") if isinstance(recorded, dict) else None
    return reading.negated and "negation-before" not in (notes or [])


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text whatever their case, and where they stand."""
    found = [
        (letter, at) for at, char in enumerate(text) if char.isalnum() for letter in char.casefold()
    ]
    return "".join(letter for letter, _ in found), [at for _, at in found]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
