"""A passage that is named by its ends, as in `first words … last words`, and the slices that fit.

What is picked so is taken whole: nothing is left out, as it would be by an ellipsis in a quote.
The same shape is what a link to words of a page names, in `#:~:text=` (URL Fragment Text
Directives, WICG, section 3.2). A browser looks for such words more loosely than is done here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import InputError
from evidence_chain.pattern import pattern
from evidence_chain.text.compare.letters import letters
from evidence_chain.text.compare.matching import match
from evidence_chain.text.verdict import SAME

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 20_000
"""Code points that a passage picked by its ends may have."""
MOST_PLACES = 200
"""Places of its first or last words that are looked at."""
_BETWEEN = pattern(r"(?<=\s)(?:…|\.\.\.)(?=\s)")
_DIRECTIVE = ":~:"
_TEXT = "text="


class Ends(NamedTuple):
    """What names a passage without writing it out."""

    first: str
    """Its first words, or all of it where there is no `last`."""
    last: str | None = None
    before: str = ""
    """Words that stand right before it, and right after it."""
    after: str = ""


def ends_of(typed: str) -> Ends | None:
    """The ends of a passage typed as `first words … last words`; `None` if it isn't."""
    parts = _BETWEEN.split(typed)
    if len(parts) != 2 or not all(letters(part) for part in parts):
        return None
    return Ends(parts[0].strip(), parts[1].strip())


def split_link(address: str) -> tuple[str, Ends | None]:
    """An address without its fragment, and the passage that its text directive names.

    Raises:
        InputError: it names several passages, or none in its directive.
    """
    from urllib.parse import unquote

    page, _, fragment = address.partition("#")
    _, sign, directive = fragment.partition(_DIRECTIVE)
    if not sign:
        return page, None
    named = [one.removeprefix(_TEXT) for one in directive.split("&") if one.startswith(_TEXT)]
    if len(named) != 1 or not named[0]:
        raise InputError(
            f"The link names {len([*filter(None, named)])} passages after {_DIRECTIVE}. Give one "
            f"{_TEXT}… in it, or leave it out and type the passage."
        )
    parts = named[0].split(",")
    before = parts.pop(0)[:-1] if parts[0].endswith("-") and len(parts) > 1 else ""
    after = parts.pop()[1:] if parts[-1].startswith("-") and len(parts) > 1 else ""
    words = [unquote(part) for part in parts]
    if not 1 <= len(words) <= 2 or not all(letters(part) for part in words):
        raise InputError(f"The link's {_TEXT}… names no passage. Leave it out and type it.")
    return page, Ends(words[0], (*words, None)[1], unquote(before), unquote(after))


def spans_of(ends: Ends, stream: str) -> list[tuple[int, int]]:
    """Every slice of a text that the ends may mean, in code points, in the order of the text."""
    found = list(occurrences(ends.first, stream))
    if ends.last is not None:
        found = _joined(found, list(occurrences(ends.last, stream)))
    return [one for one in found if _stands_between(ends, stream, *one)]


def occurrences(text: str, stream: str, most: int = MOST_PLACES) -> Iterator[tuple[int, int]]:
    """Each slice where `text` stands, the same but for form; the first `most`."""
    start, left = 0, 1
    while left and most:
        there = match(text, stream[start:])
        if there.status not in SAME:
            return
        first, last = there.fragments[0]
        yield start + first, start + last
        start, left, most = start + last, there.occurrences - 1, most - 1


def _joined(firsts: list[tuple[int, int]], lasts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (start, stop)
        for start, end in firsts
        for begin, stop in lasts
        if end <= begin and stop - start <= MOST
    ]


def _stands_between(ends: Ends, stream: str, start: int, end: int) -> bool:
    before, after = letters(ends.before), letters(ends.after)
    reach = 4 * max(len(ends.before), len(ends.after)) + 20
    return letters(stream[max(0, start - reach) : start]).endswith(before) and letters(
        stream[end : end + reach]
    ).startswith(after)
