"""Whether a passage of a page is what somebody sees who opens it in Chromium."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from evidence_chain.extract.charsets import decode_strictly
from evidence_chain.extract.html.declared import declaration
from evidence_chain.rendering.browser import shown
from evidence_chain.rendering.ink import Box, Ink, within
from evidence_chain.rendering.look import Look, Sight
from evidence_chain.rendering.wording import (
    is_worded,
    neighbours,
    pieces_of,
    places,
    signs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from evidence_chain.rendering.browser import Page
    from evidence_chain.rendering.wording import Letter, Piece

BY = "Chromium"
_WINDOWS = 20
"""Parts of a page that are looked at for one passage."""
_LETTERS = 3000
"""Letters that are looked for in one window."""
_RIGHTWARD, _LEFTWARD = ("L", "EN", "AN"), ("R", "AL")


def looks(content: bytes, media_type: str, passages: Sequence[str]) -> list[Look]:
    """What is seen of each passage.

    Raises:
        NotShownError: the page can't be shown.
    """
    with shown(content, _typed(content, media_type)) as page:
        pieces = pieces_of(page.call("scan"))
        return [_look(page, pieces, passage) for passage in passages]


def _typed(content: bytes, media_type: str) -> str:
    """The type, with what browsers find out of a file, and don't of an answer of a server."""
    if declaration(content) or not decode_strictly(content, ["utf-8"]):
        return media_type
    return f"{media_type}; charset=utf-8"


def _look(page: Page, pieces: list[Piece], passage: str) -> Look:
    found = places(passage, pieces)
    if not found:
        return Look(Sight.DIFFERS, BY, "these words are not laid out so in the page")
    looked = [_seen(page, pieces, letters) for letters in found]
    return min(looked, key=lambda one: list(Sight).index(one.sight))


def _seen(page: Page, pieces: list[Piece], letters: list[Letter]) -> Look:
    """What is seen of a passage at one place."""
    if any(pieces[one.piece].kind == "field" for one in letters):
        return Look(Sight.NOT_CHECKED, BY, "it stands in a field of a form")
    put = [piece.text for piece in neighbours(letters, pieces) if is_worded(piece)]
    if put:
        return Look(Sight.DIFFERS, BY, f"the page puts “{put[0].strip()}” beside it")
    boxes = _boxes(page, letters)
    upright = any(pieces[one.piece].kind == "upright" for one in letters)
    problem = (not upright and _turned(letters, boxes)) or _unseen(page, pieces, letters)
    return Look(Sight.DIFFERS, BY, problem) if problem else Look(Sight.SEEN, BY)


def _boxes(page: Page, letters: list[Letter]) -> list[Box | None]:
    """Where each letter is; `None` for one that is drawn with another."""
    ends: dict[int, tuple[int, int]] = {}
    for one in letters:
        low, high = ends.get(one.piece, (one.at, one.at))
        ends[one.piece] = min(low, one.at), max(high, one.at)
    boxes = {}
    for number, (low, high) in ends.items():
        for at, box in enumerate(page.call("boxes", number, low, high + 1) or [], low):
            boxes[number, at] = Box(*box) if box else None
    return [boxes.get((one.piece, one.at)) for one in letters]


def _turned(letters: list[Letter], boxes: list[Box | None]) -> str:
    """Whether letters that follow one another in the text do not in a line."""
    placed = [(one, box) for one, box in zip(letters, boxes, strict=True) if box]
    for (one, box), (other, next_box) in pairwise(placed):
        kinds = bidirectional(one.sign), bidirectional(other.sign)
        if all(kind in _RIGHTWARD for kind in kinds):
            turned = next_box.precedes(box)
        else:
            turned = all(kind in _LEFTWARD for kind in kinds) and next_box.mirrored.precedes(
                box.mirrored
            )
        if turned:
            return f"the page shows letters of it in another order, at “{one.sign}{other.sign}”"
    return ""


def _unseen(page: Page, pieces: list[Piece], letters: list[Letter]) -> str:
    """What of it isn't seen, or what else is seen in it, window after window."""
    left, own = list(letters), sorted({one.piece for one in letters})
    for _ in range(_WINDOWS):
        page.call("reach", left[0].piece, left[0].at)
        some = left[:_LETTERS]
        boxes, picture = _boxes(page, some), page.picture()
        if not any(boxes):
            return "its letters have no place on the page"
        placed = [(one, box) for one, box in zip(some, boxes, strict=True) if box]
        here = [(one, box) for one, box in placed if within(picture, box)]
        words = pieces[left[0].piece].text.strip()[:60]
        if not here:
            return f"“{words}” is not within what can be scrolled to"
        ink = Ink(page, own, picture)
        for one, box in here:
            if not ink.shows(box):
                words = pieces[one.piece].text.strip()[:60]
                return f"“{words}” is not seen there, at “{one.sign}”"
        if among := _among(page, pieces, own, [box for _, box in here], picture):
            return f"“{among}” is seen among its words"
        gone = {id(one) for one, _ in here}
        left = [one for one, _ in placed if id(one) not in gone] + left[_LETTERS:]
        if not left:
            return ""
    return "it is too long to be compared"


def _among(
    page: Page, pieces: list[Piece], own: list[int], boxes: list[Box], picture: Image
) -> str:
    """A word of another text that is seen in a line of the passage."""
    lines: list[Box] = []
    for box in boxes:
        if lines and lines[-1].beside(box):
            lines[-1] = lines[-1].with_one_more(box)
        else:
            lines.append(box)
    found = []
    for number, word, sides in page.call("words", own):
        box = Box(*sides)
        if signs(word) and not pieces[number].aside and any(one.holds(box) for one in lines):
            found.append((number, word, box))
    if not found:
        return ""
    ink = Ink(page, sorted({number for number, _, _ in found}), picture)
    return next((str(w) for _, w, box in found if within(picture, box) and ink.shows(box)), "")
