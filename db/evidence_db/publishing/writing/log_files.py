"""The files of an edition that are made from its log: lines, tiles, checkpoints, proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.edition.layout import LOG
from evidence_chain.edition.line import LARGEST, Line
from evidence_chain.entry import salts_in_hex
from evidence_chain.errors import RuleError
from evidence_chain.log.merkle import EMPTY_ROOT, Subtrees, leaf_hash
from evidence_chain.log.proof import inclusion_proof
from evidence_chain.log.tiles import WIDTH, Tile, bundle, hashes, tiles_of
from evidence_chain.log.travelling import TravellingProof
from evidence_db.reading.records import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.publishing.writing.folder import Folder
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Row

BATCH = 4096
"""Lines that are read at once; a multiple of the width of a tile."""


class Told(NamedTuple):
    """One line of an edition's log, and what it is of."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    kind: str
    sealed: frozenset[str]
    line: Line
    opening: tuple[bytes, bytes]
    """What the line has of the record, as `Line.opening` gives it."""

    def encoded(self) -> bytes:
        """The line as it stands in the log, without its newline."""
        return self.line.encoded(self.opening)


def lines(reader: Reader, selection: Selection, size: int) -> Iterator[Told]:
    """Every line of the log, with what is disclosed of it.

    Raises:
        FormatError: the database has what is no record.
    """
    for start in range(0, size, BATCH):
        for row in reader.rows(start, min(start + BATCH, size)):
            yield told(row, selection)


def told(row: Row, selection: Selection) -> Told:
    """One line of the log.

    Raises:
        StorageError: what the database has beside it is no values and seed.
    """
    entry = row.entry.encode()
    said = canonical.decode(entry, profile=False)
    sealed = frozenset(said["sealed"])
    body = canonical.decode(row.body.encode(), profile=False) if row.body else {}
    if not isinstance(body, dict) or (body and row.seed is None):
        raise missing(row.idx)
    names = selection.names(row.idx, sealed) & body.keys()
    salts = salts_in_hex(row.seed, sealed) if row.seed is not None and body else {}
    line = Line(
        entry,
        {name: value for name, value in body.items() if name in names},
        {name: salt for name, salt in salts.items() if name in names},
    )
    return Told(row.idx, row.id, said["kind"], sealed, line, line.opening())


class LogFiles:
    """Writes the lines one by one, with the bundles of entries that they fill.

    Args:
        folder: Where they go.
        size: The size of the log.
        sizes: The sizes of all checkpoints that the edition has.
    """

    def __init__(self, folder: Folder, size: int, sizes: Iterable[int]) -> None:
        self._folder = folder
        self._size = size
        self._tiles = tiles_of(sizes)
        self._bundles: dict[int, list[Tile]] = {}
        for tile in self._tiles:
            if tile.level < 0:
                self._bundles.setdefault(tile.number, []).append(tile)
        self._held: list[bytes] = []
        self.leaves = bytearray()
        self.root = EMPTY_ROOT
        """The root over the lines, when all are written."""

    def write(self, all_lines: Iterable[Told]) -> Iterator[Told]:
        """Write each line to `log.jsonl`, and hand it on."""
        with self._folder.writing(LOG) as out:
            for one in all_lines:
                data = one.encoded() + b"\n"
                if len(data) > LARGEST:
                    raise RuleError(
                        f"Entry {one.index} has more than {LARGEST >> 20} MiB of values, which no "
                        "edition holds. Withhold its longest field, or publish other claims."
                    )
                out.write(data)
                self._append(one.line.entry)
                yield one
        self._flush()
        tree = Subtrees(self.leaves)
        for tile in sorted(self._tiles):
            if tile.level >= 0:
                self._folder.put(f"data/{tile.path}", hashes(tile, tree))
        self.root = tree.root(self._size)

    def _append(self, entry: bytes) -> None:
        self.leaves += leaf_hash(entry)
        self._held.append(entry)
        if len(self._held) == WIDTH:
            self._flush()

    def _flush(self) -> None:
        if not self._held:
            return
        number = (len(self.leaves) // 32 - 1) // WIDTH
        for tile in self._bundles.get(number, ()):
            self._folder.put(f"data/{tile.path}", bundle(self._held[: tile.width]))
        self._held.clear()


def proof(reader: Reader, one: Told, size: int, note: str) -> bytes:
    """The proof of an entry that travels alone, under the checkpoint of `size` entries."""
    path_up = inclusion_proof(one.index, size, reader.hash_at)
    return TravellingProof(one.encoded(), one.index, path_up, note).to_text().encode()
