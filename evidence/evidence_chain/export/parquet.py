"""Parquet: the lines of a log with all that opens them, for verification on many machines.

One row group holds the lines of one stretch of the log. It holds what a case holds, seeds and
withheld values too, so it stays in the newsroom: what leaves it is an edition.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow

LEVEL = 12
"""A row group holds up to `2**LEVEL` entries, from a multiple of that on."""
COMPRESSION, STRENGTH = "zstd", 1
_ABOUT = b"evidence-chain"
_VERSION = 1
_INTEGERS = ("artifact_idx", "from_idx", "to_idx")
_WORDS = ("table", "kind", "relation", "verdict")
"""What hardly differs from row to row."""


class Line(NamedTuple):
    """A line of the log, with what opens it and what the tables show of it."""

    idx: int
    id: str
    entry: str
    body: str | None
    salts: str | None
    seed: bytes | None
    table: str | None
    """The table that shows it; `None` if none does."""
    shown: Mapping[str, Any]
    """The columns of that table that are not generated from the body."""


def schema(origin: str, size: int) -> pyarrow.Schema:
    """What the columns of such a file are, and what it says of itself.

    Args:
        origin: The name of the log.
        size: The number of its entries.
    """
    import pyarrow as pa

    plain = {"idx": pa.int64(), "id": pa.string(), "entry": pa.string(), "body": pa.string()}
    opened = {"salts": pa.string(), "seed": pa.binary()}
    words, integers = dict.fromkeys(_WORDS, pa.string()), dict.fromkeys(_INTEGERS, pa.int64())
    about = json.dumps({"version": _VERSION, "origin": origin, "size": size})
    return pa.schema(plain | opened | words | integers, metadata={_ABOUT: about})


def about(found: pyarrow.Schema) -> tuple[str, int]:
    """The name of the log that a file is of, and its size.

    Raises:
        FormatError: it is no such file.
    """
    try:
        said = json.loads((found.metadata or {})[_ABOUT])
        origin, size, version = said["origin"], said["size"], said["version"]
        known = version == _VERSION and isinstance(origin, str) and type(size) is int
        if known and size >= 0 and found.equals(schema(origin, size)):
            return origin, size
    except (KeyError, TypeError, ValueError):
        pass
    raise FormatError("It is no export of a log's lines that this version knows.")


def batch(lines: Iterable[Line], columns: pyarrow.Schema) -> pyarrow.RecordBatch:
    """Lines as columns.

    Raises:
        FormatError: a value is of a foreign type.
    """
    import pyarrow as pa

    rows = [
        {**line._asdict(), **line.shown, "shown": None} if line.shown else line._asdict()
        for line in lines
    ]
    try:
        return pa.RecordBatch.from_pylist(rows, columns)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise FormatError(f"A value is of a foreign type: {error}") from error


def lines(rows: pyarrow.Table, shown: Mapping[str, tuple[str, ...]]) -> Iterator[Line]:
    """The lines of rows.

    Args:
        rows: Rows of such a file.
        shown: The plain columns of each table that has some.
    """
    for row in rows.to_pylist():
        columns = shown.get(row["table"], ())
        shared = {name: row[name] for name in Line._fields[:-1]}
        yield Line(**shared, shown={name: row[name] for name in columns})


def options() -> dict[str, Any]:
    """How pyarrow is to write such a file: ids and digests are all different."""
    return {
        "compression": COMPRESSION,
        "compression_level": STRENGTH,
        "use_dictionary": list(_WORDS),
    }
