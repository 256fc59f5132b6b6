"""A stretch of a document's text, cut into pieces by the passages and marks that lie in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.extract import Mark, MarkKind
from evidence_datasette.document.pieces import Piece, Span, pieces
from evidence_datasette.words.field_words import of_marks

if TYPE_CHECKING:
    from evidence_datasette.document.texts import NamedStream, Text
    from evidence_db.reading.reader import Reader

Json = dict[str, Any]
CHARACTERS = 60_000
"""Characters of a text that a page shows."""
BEYOND = 5_000
"""How far a page goes on for a passage that begins in it."""
MARKED = 1_000
"""Fragments of passages that are marked on one page."""
_QUIET = frozenset((MarkKind.CLAUSE, MarkKind.REVISIONS))
"""Marks that are not shown within a text: it says so itself, or it is so of all of it."""
_LEFT_OUT = "left out here: "
"""How a mark without length begins that says where hidden text would have stood."""
_PLACED = """
SELECT evidence.idx, entry.id, entry.kind, match_status,
    place.value ->> '$.start', place.value ->> '$.end',
    body ->> ('$.selector[' || (place.key - 1) || '].exact')
FROM evidence JOIN entry USING (idx), json_each(body, '$.selector') AS place
WHERE artifact_idx = ? AND extracted = ? AND place.value ->> '$.type' = 'TextPositionSelector'
    AND place.value ->> '$.start' < ? AND place.value ->> '$.end' > ?
ORDER BY 5, 1 LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A fragment of a passage, and where its record says that it stands."""

    index: int
    id: str
    kind: str
    status: str | None
    start: int
    end: int
    exact: str

    def stands_in(self, text: str) -> bool:
        """Whether the text has it there."""
        valid = type(self.start) is int and type(self.end) is int and 0 <= self.start < self.end
        return valid and text[self.start : self.end] == self.exact


def stretch(reader: Reader, artifact: int, stream: NamedStream, text: Text, at: int) -> Json:
    """The part of a text that has the character `at`, with what stands in it.

    `pieces` are all of `part`; each names by number those of `passages` and `marks` that it lies
    in, and those that begin with it. A passage is there once for each fragment. A mark without
    length begins with the piece after it; at the very end of the text that piece is empty.
    `elsewhere` are passages that are not where their record says.
    """
    start, end = _bounds(at, len(text.text))
    placed = _placed(reader, artifact, stream, start, end)
    standing = [one for one in placed if one.stands_in(text.text)]
    firsts = {one.id: one for one in reversed(standing)}.values()
    last = max([end, *(one.end for one in standing if one.end <= end + BEYOND)])
    there = (mark for mark in text.marks or () if mark.kind not in _QUIET)
    marks = [mark for mark in there if _lies_in(mark, start, last, len(text.text))]
    return {
        "start": start,
        "end": last,
        "length": len(text.text),
        "previous": start - CHARACTERS if start else None,
        "next": end if end < len(text.text) else None,
        "part": text.text[start:last],
        "passages": [_told(reader, one) | {"first": one in firsts} for one in standing],
        "elsewhere": [_told(reader, one) for one in placed if one not in standing],
        "marks": [_mark(mark) for mark in marks],
        "marks_known": text.marks is not None,
        "pieces": _pieces(start, last, standing, marks),
    }


def overlapping(
    reader: Reader, artifact: int, stream: NamedStream, text: Text, slices: list[tuple[int, int]]
) -> list[Json]:
    """The passages that share characters with slices of a text, each once."""
    there = [one for slice_ in slices for one in _placed(reader, artifact, stream, *slice_)]
    found = {one.id: one for one in there if one.stands_in(text.text)}
    return [_told(reader, one) for one in found.values()]


def _placed(
    reader: Reader, artifact: int, stream: NamedStream, start: int, end: int
) -> list[Placed]:
    asked = (artifact, stream.blake3, end, start, MARKED)
    return [Placed(*row) for row in reader.connection.execute(_PLACED, asked).fetchall()]


def _lies_in(mark: Mark, start: int, end: int, length: int) -> bool:
    if mark.start < mark.end:
        return max(start, mark.start) < min(end, mark.end)
    return start <= mark.start < end or mark.start == end == length


def _bounds(at: int, length: int) -> tuple[int, int]:
    start = min(at, max(0, length - 1)) // CHARACTERS * CHARACTERS
    return start, min(start + CHARACTERS, length)


def _told(reader: Reader, one: Placed) -> Json:
    named = {name: getattr(one, name) for name in ("index", "id", "kind", "status", "start", "end")}
    return named | {"ended": reader.is_ended(one.index)}


def _mark(mark: Mark) -> Json:
    said = of_marks([{"kind": mark.kind, "detail": mark.detail}])[0]
    if mark.start == mark.end and mark.detail.startswith(_LEFT_OUT):
        said = f"text that no reader sees is left out here: {mark.detail.removeprefix(_LEFT_OUT)}"
    return {"kind": mark.kind, "start": mark.start, "end": mark.end, "said": said}


def _pieces(start: int, last: int, placed: list[Placed], marks: list[Mark]) -> list[Json]:
    found = pieces(start, last, _spans(placed, marks, last))
    trailing = tuple(f"points {n}" for n, one in enumerate(marks) if one.start == one.end == last)
    if trailing:
        found.append(Piece(last, last, trailing, trailing))
    return [_piece(one, marks) for one in found]


def _spans(placed: list[Placed], marks: list[Mark], last: int) -> list[Span]:
    """What pieces are cut by; a mark without length becomes a span up to the next border."""
    spans = [Span(one.start, one.end, f"passages {n}") for n, one in enumerate(placed)]
    spans += [Span(*one[:2], f"marks {n}") for n, one in enumerate(marks) if one.start < one.end]
    points = [(one.start, n) for n, one in enumerate(marks) if one.start == one.end < last]
    borders = sorted({last, *(at for s in spans for at in s[:2]), *(at for at, _ in points)})
    return spans + [Span(at, borders[bisect_right(borders, at)], f"points {n}") for at, n in points]


def _piece(piece: Piece, marks: list[Mark]) -> Json:
    inside, begins = _numbers(piece.inside), _numbers(piece.begins)
    begins["marks"] += begins.pop("points")
    inside.pop("points")
    kinds = dict.fromkeys(str(marks[number].kind) for number in inside["marks"])
    said: Json = {"start": piece.start, "end": piece.end, "kinds": list(kinds)}
    return said | inside | {f"new_{what}": numbers for what, numbers in begins.items()}


def _numbers(names: tuple[str, ...]) -> dict[str, list[int]]:
    """The numbers of spans, by what they are of."""
    numbers: dict[str, list[int]] = {"passages": [], "marks": [], "points": []}
    for name in names:
        what, number = name.split()
        numbers[what].append(int(number))
    return numbers
