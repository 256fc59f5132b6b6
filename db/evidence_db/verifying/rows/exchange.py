"""What is of no stretch alone: ids, references, erasures and links of a whole export, by DuckDB.

It reads the columns that it needs, sorts on the disk what does not fit into `MEMORY`, and hands
each stretch what the others say of the ids that it names.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import StorageError, UncheckedError
from evidence_chain.export.parquet import LEVEL
from evidence_chain.rules import Place
from evidence_db.verifying.rows.exported import Beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

MEMORY = "256MB"
"""What DuckDB keeps in memory; the rest lies in a directory that is gone afterwards."""
_ROWS = 4096
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "preserve_insertion_order": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_LOG = """
CREATE VIEW log AS SELECT idx, id, entry, body, "table", relation, from_idx, to_idx,
    CASE WHEN json_valid(entry) THEN entry ->> '$.kind' END AS kind
FROM read_parquet('{}')
"""
_PLACES = f"""
CREATE TABLE place AS SELECT id, min(idx) AS idx, arg_min(kind, idx) AS kind
FROM log GROUP BY id;
CREATE TABLE named AS
SELECT DISTINCT idx >> {LEVEL} AS stretch, unnest(
    regexp_extract_all(entry, '"(?:from|to)":"([0-9a-f]{{64}})"', 1)
    || coalesce(regexp_extract_all(body, '"artifact":"([0-9a-f]{{64}})"', 1), [])
    || CASE WHEN kind = 'custody' THEN coalesce(regexp_extract_all(body, '[0-9a-f]{{64}}'), [])
       ELSE [] END
) AS id FROM log
"""  # noqa: S608
_NAMED = """
COPY (SELECT stretch, id, place.idx, place.kind FROM named JOIN place USING (id) ORDER BY stretch)
TO '{}' (FORMAT parquet, ROW_GROUP_SIZE 20480)
"""
_ERASED = f"""
SELECT old.idx >> {LEVEL} AS stretch, old.idx, min(log.idx) FROM log JOIN place AS old
    ON old.id = CASE WHEN log.kind = 'erasure' THEN entry ->> '$.open.to' END
GROUP BY old.idx ORDER BY stretch
"""  # noqa: S608
_IDS_TWICE = "SELECT id, count(*) FROM log GROUP BY id HAVING count(*) > 1 ORDER BY id"
_LINKS_TWICE = """
SELECT relation, min(idx), max(idx) FROM log WHERE "table" = 'link' AND idx NOT IN
    (SELECT to_idx FROM log WHERE "table" = 'retraction' AND to_idx IS NOT NULL)
GROUP BY to_idx, relation, from_idx HAVING count(*) > 1 ORDER BY to_idx, relation, from_idx
"""
_SUPPORT = """
SELECT link.from_idx, link.to_idx FROM log AS link JOIN log AS claim ON claim.idx = link.from_idx
WHERE link."table" = 'link' AND link.relation = 'supports' AND claim."table" = 'claim'
ORDER BY link.from_idx, link.idx
"""
_KEYS = "SELECT idx, entry FROM log WHERE kind = 'key' ORDER BY idx"


class Exchange:
    """Questions about a whole export."""

    def __init__(self, connection: DuckDBPyConnection, place: Path) -> None:
        self._connection = connection
        self._place = place

    def see(self, path: Path) -> None:
        """Have an export asked.

        Raises:
            StorageError: it can't be read.
        """
        self._run(_LOG.format(path))

    def beyond(self, stretches: int) -> Iterator[Beyond]:
        """What each stretch is to know of the others, one after the other."""
        self._run(_PLACES)
        erased = {
            stretch: {idx: by for _, idx, by in some}
            for stretch, some in groupby(self._all(_ERASED), itemgetter(0))
        }
        named = groupby(self._named(), itemgetter("stretch"))
        following = next(named, None)
        for stretch in range(stretches):
            places = {}
            if following is not None and following[0] == stretch:
                places = {one["id"]: Place(one["idx"], one["kind"]) for one in following[1]}
                following = next(named, None)
            yield Beyond(places, erased.get(stretch, {}))

    def _named(self) -> Iterator[dict[str, Any]]:
        """The ids that each stretch names, and their places, in the order of stretches."""
        from pyarrow.parquet import ParquetFile

        path = self._place / "named.parquet"
        self._run(_NAMED.format(path))
        with ParquetFile(path) as file:
            for rows in file.iter_batches(_ROWS):
                yield from rows.to_pylist()

    def ids_twice(self) -> list[tuple[str, int]]:
        """Ids that more than one entry has, and how many have it."""
        return self._all(_IDS_TWICE)

    def links_twice(self) -> list[tuple[str, int, int]]:
        """Relation, first and last index of standing links that join the same two records."""
        return self._all(_LINKS_TWICE)

    def claim_support(self) -> list[tuple[int, int]]:
        """Supporting and supported claim of every such link."""
        return self._all(_SUPPORT)

    def key_changes(self) -> list[tuple[int, str]]:
        """Index and entry of each change of keys."""
        return self._all(_KEYS)

    def _all(self, query: str) -> list[Any]:
        return self._run(query).fetchall()

    def _run(self, query: str) -> DuckDBPyConnection:
        import duckdb

        try:
            return self._connection.execute(query)
        except duckdb.Error as error:
            raise StorageError(f"The export can't be read: {error}") from error


@contextmanager
def exchange(path: Path) -> Iterator[Exchange]:
    """Ask an export as a whole.

    Raises:
        UncheckedError: the extra `cluster` is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UncheckedError(
            "References are looked up in an export by DuckDB, which is not installed: "
            "pip install 'evidence-chain[cluster]'."
        ) from error
    with TemporaryDirectory(prefix="evidence-rows-") as directory:
        place = Path(directory)
        link = place / "rows.parquet"  # in whose name nothing has a meaning of its own
        link.symlink_to(path.absolute())
        with duckdb.connect(place / "rows.duckdb", config=_SETTINGS) as connection:
            connection.execute("SET temp_directory = ?", [directory])
            asked = Exchange(connection, place)
            asked.see(link)
            yield asked
