"""What the log of an edition says, in a hundred bytes for each entry.

Values are not held: what a later check needs is read again from `log.jsonl`.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.edition.layout import LOG
from evidence_chain.edition.line import LARGEST, Line, parse
from evidence_chain.entry import Entry
from evidence_chain.entry import parse as parse_entry
from evidence_chain.errors import FormatError
from evidence_chain.log.groups import NOTHING
from evidence_chain.log.ids import Ids, Names
from evidence_chain.log.merkle import Subtrees
from evidence_chain.rules import Place as Standing
from evidence_chain.verify.record import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_chain.edition.place import Place

_AT_ONCE = 1 << 20
"""Bytes that are read at once."""
_SHORT = 128
"""Bytes that lines of a log have at least, on average; each has two commitments in it."""
_FOUND = 4096
"""Ids whose place is kept at hand, or that are named at once."""
ENDS = ("from", "to", "artifact")
"""What of other entries an entry names: two in `open`, one in a disclosed field."""


class Shape(NamedTuple):
    """What many entries have in common."""

    kind: str
    relation: str | None
    """Of a link."""
    sealed: frozenset[str]
    disclosed: frozenset[str]
    """The names of the disclosed fields."""


class Facts(NamedTuple):
    """What is told of one line while its turn is; nothing of it is kept but what `add` takes."""

    id: bytes
    shape: Shape
    open: Mapping[str, str]
    values: Mapping[str, Any]
    """Some of the disclosed values; none where they are not those committed to."""


class Register:
    """All lines of an edition's log, those that could not be read, too.

    Args:
        place: Where the edition lies.
        offsets: Where each line begins, and where the last one ends.
    """

    def __init__(self, place: Place, offsets: array[int]) -> None:
        self.place = place
        self.offsets = offsets
        self.ids = Ids()
        self.leaves = bytearray()
        """The leaf hash of each entry, one after the other."""
        self.bundles: list[bytes | None] = []
        """SHA-256 of each full bundle of entries; `None` where one of its lines can't be read."""
        self.distrusted: set[int] = set()
        """Lines whose values are not what their entries commit to."""
        self.files: dict[str, str] = {}
        """`file`, `stream` or `crop`: what names each file that disclosed fields name."""
        self.shapes: list[Shape] = []
        self._codes: dict[Shape, int] = {}
        self._shape_of = array("I")
        self._named = {end: array("I") for end in ENDS}
        self._streams: dict[str, int] = {}
        self._stream_of = array("I")
        self._found: dict[str, Standing] = {}
        """Where the ids stand that were asked for last; an id that has a place keeps it."""

    @property
    def size(self) -> int:
        """The number of lines."""
        return len(self.offsets) - 1

    def places_of(self, facts: Facts) -> dict[str, Standing | None]:
        """Where the other entries stand that one names, by `ENDS`; `None` for what is not there."""
        return {end: self.find(id_) for end, id_ in named_by(facts).items()}

    def add(
        self, facts: Facts | None, places: Mapping[str, Standing | None] = MappingProxyType({})
    ) -> None:
        """Take in the next line; `None` for one that can't be read.

        Args:
            facts: What is told of it.
            places: What `places_of` gives for it.
        """
        if facts is None:
            self.ids.skip()
            self._shape_of.append(NOTHING)
        else:
            self.ids.add(facts.id)
            self._shape_of.append(self._code(facts.shape))
        stream = None if facts is None else facts.values.get("extracted")
        self._stream_of.append(
            NOTHING if stream is None else self._streams.setdefault(stream, len(self._streams))
        )
        for end, indexes in self._named.items():
            place = places.get(end)
            indexes.append(NOTHING if place is None else place.index)

    def _code(self, shape: Shape) -> int:
        code = self._codes.setdefault(shape, len(self.shapes))
        if code == len(self.shapes):
            self.shapes.append(shape)
        return code

    def told(self) -> Iterator[tuple[int, Shape]]:
        """Each line that could be read, with its index."""
        for index, code in enumerate(self._shape_of):
            if code != NOTHING:
                yield index, self.shapes[code]

    def of_kind(self, kind: str) -> Iterator[int]:
        """The lines of a kind."""
        codes = {code for code, shape in enumerate(self.shapes) if shape.kind == kind}
        return (index for index, code in enumerate(self._shape_of) if code in codes)

    def sealing(self, name: str) -> int:
        """How many entries seal a field of this name."""
        codes = {code for code, shape in enumerate(self.shapes) if name in shape.sealed}
        return sum(code in codes for code in self._shape_of)

    def shape(self, index: int) -> Shape | None:
        """The shape of a line; `None` if it could not be read."""
        code = self._shape_of[index]
        return None if code == NOTHING else self.shapes[code]

    def named_all(self) -> bytes:
        """The digest of all ids and kinds, as `Names` has it."""
        kinds, names = [shape.kind for shape in self.shapes], Names()
        for start in range(0, self.size, _FOUND):
            codes = self._shape_of[start : start + _FOUND]
            each = ("" if code == NOTHING else kinds[code] for code in codes)
            names.add(self.ids.hex(start, start + len(codes)), each)
        return names.digest()

    def named(self, index: int, end: str) -> int | None:
        """The entry that one names, if it is there and earlier."""
        found = self._named[end][index]
        return None if found == NOTHING else found

    @cached_property
    def digests(self) -> list[str]:
        """Of the text streams, by their numbers."""
        return list(self._streams)

    def stream(self, index: int) -> int | None:
        """The number of the text stream that a record names."""
        found = self._stream_of[index]
        return None if found == NOTHING else found

    def find(self, id_: str) -> Standing | None:
        """Where the entry with this id stands."""
        place = self._found.get(id_)
        if place is None:
            index = self.ids.find(bytes.fromhex(id_))
            shape = None if index is None else self.shape(index)
            if index is None or shape is None:
                return None
            place = Standing(index, shape.kind)
            if len(self._found) >= _FOUND:
                self._found.clear()
            self._found[id_] = place
        return place

    @cached_property
    def tree(self) -> Subtrees:
        """The tree over all lines; asked for when all of them were read."""
        return Subtrees(self.leaves)

    def root_at(self, size: int) -> bytes | None:
        """The root over the first `size` entries; `None` for 0, and for more than there are."""
        return self.tree.root(size) if 0 < size <= self.size else None

    @cached_property
    def erased(self) -> set[int]:
        """The records that an erasure names."""
        return self._named_by("erasure")

    @cached_property
    def retracted(self) -> set[int]:
        """The records that a retraction names."""
        return self._named_by("retraction")

    def _named_by(self, kind: str) -> set[int]:
        named = (self.named(index, "to") for index in self.of_kind(kind))
        return {index for index in named if index is not None}

    def claims(self) -> Iterator[int]:
        """The published claims: those of which the statement is disclosed."""
        for index in self.of_kind("claim"):
            shape = self.shape(index)
            if shape is not None and "statement" in shape.disclosed:
                yield index

    def raw(self, indexes: Iterable[int] | None = None) -> Iterator[tuple[int, bytes]]:
        """Lines read again without their newlines, ascending; all where no indexes are given.

        Raises:
            FormatError: one of them is not what it was when it was first read.
        """
        with self.place.open(LOG) as file:
            at = 0
            for index in range(self.size) if indexes is None else sorted(indexes):
                start, end = self.offsets[index], self.offsets[index + 1]
                if start != at:
                    file.seek(start)
                at = end
                data = file.read(end - start)
                if len(data) != end - start:
                    raise FormatError("log.jsonl was changed while it was read.")
                yield index, data[:-1]

    def lines(self, indexes: Iterable[int] | None = None) -> Iterator[tuple[int, Line]]:
        """The same, parsed."""
        for index, data in self.raw(indexes):
            yield index, parse(data, checked=True)

    def opened(self, indexes: Iterable[int]) -> Iterator[tuple[Opened, Entry]]:
        """Entries read again, with those of their disclosed values that can be believed."""
        for index, line in self.lines(indexes):
            entry = parse_entry(line.entry)
            values = {} if index in self.distrusted else line.body
            yield Opened(index, self.ids[index].hex(), entry, values), entry


def named_by(facts: Facts) -> dict[str, str]:
    """The ids of other entries that one names, by `ENDS`."""
    found = {end: facts.open[end] for end in ("from", "to") if end in facts.open}
    if (artifact := facts.values.get("artifact")) is not None:
        found["artifact"] = artifact
    return found


def measure(place: Place) -> tuple[array[int], bool]:
    """Where the lines of the log begin and the last one ends; and whether each ends in LF.

    Raises:
        FormatError: a line is longer than it may be, or there are too many.
        StorageError: the log can't be read.
    """
    offsets, at = array("Q", [0]), 0
    with place.open(LOG) as file:
        while block := file.read(_AT_ONCE):
            end = 0
            while end := block.find(b"\n", end) + 1:
                _check_length(offsets, at + end)
                offsets.append(at + end)
            at += len(block)
            _check_number(len(offsets), at)
            _check_length(offsets, at)
    if at == offsets[-1]:
        return offsets, True
    offsets.append(at)
    return offsets, False


def _check_number(lines: int, size: int) -> None:
    """Refuse more lines than entries go into so many bytes, since something is kept of each."""
    if lines > _FOUND + size // _SHORT:
        raise FormatError("log.jsonl has more lines than entries go into so many bytes.")


def _check_length(offsets: array[int], end: int) -> None:
    """Refuse a line that begins where the last one ended, if it has too much before `end`."""
    if end - offsets[-1] > LARGEST:
        raise FormatError(
            f"Line {len(offsets) - 1} of log.jsonl has more than {LARGEST >> 20} MiB."
        )
