"""What there is to look at in a case, one by one, and what each costs to look at."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.verifying.records import LEVEL, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.verifying.queries import Audit

TABLES = ("pages", "search", "sets", "rows", "name")
"""The checks that go through all tables, each one unit at the beginning of the log."""
UNTOLD = 100_000
"""Bytes that a text stream or a picture counts as, since no record says how large it is."""
_TAG = 16


class Unit(NamedTuple):
    """A preserved file with the passages in it, a stretch of the log, or a check of all tables."""

    kind: str
    """`file`, `stream`, `crop`, `records`, or one of `TABLES`."""
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    """The first record that names it; the first entry of a stretch."""
    tag: bytes
    """What it was when it was looked at: a look at anything else does not count for it."""
    cost: int
    """Bytes that are read for it, about."""
    name: str | None = None
    """The BLAKE3 of a file, in hex."""
    size: int | None = None
    """Bytes of a file; entries of a stretch."""
    sha256: str | None = None


def units_of(reader: Audit, size: int) -> Iterator[Unit]:
    """Everything that there is to look at in a log of `size` entries."""
    (pages,), (page,) = (
        reader.connection.execute(f"PRAGMA {one}").fetchone() for one in ("page_count", "page_size")
    )
    database = int(pages) * int(page)
    yield from (Unit(kind, 0, kind.encode(), database) for kind in TABLES)
    yield from _stretches(reader, size, database // max(size, 1) + 1)
    yield from _files(reader)


def _stretches(reader: Audit, size: int, of_entry: int) -> Iterator[Unit]:
    """Stretches by the hash over them; the last one, which still grows, by how long it is."""
    hashes = dict(
        reader.connection.execute("SELECT n, hash FROM tree_node WHERE level = ?", (LEVEL,))
    )
    for start, stop in stretches(size, set()):
        long = stop - start
        hash_ = hashes.get(start >> LEVEL) if long == 1 << LEVEL else None
        tag = hash_[:_TAG] if isinstance(hash_, bytes) else str(stop).encode()
        yield Unit("records", start, tag, long * of_entry, None, long)


def _files(reader: Audit) -> Iterator[Unit]:
    for index, _, name, sha256, size in reader.preserved():
        long = size if isinstance(size, int) and size > 0 else UNTOLD
        yield Unit("file", index, _tag(reader, index, name, size), long, str(name), size, sha256)
    for kind, found in (("stream", reader.streams()), ("crop", reader.crops())):
        before = None
        for index, name in chain(found):
            if name != before:
                yield Unit(kind, index, _tag(reader, index, name, None), UNTOLD, str(name))
            before = name


def _tag(reader: Audit, index: int, name: str, size: int | None) -> bytes:
    """Digest and size, under the record's seed: when that was erased, nothing can be told by it."""
    return reader.under_seed(index, f"{name} {size}")
