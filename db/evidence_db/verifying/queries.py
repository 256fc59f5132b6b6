"""The questions that only a verification asks of the database, in plain SQL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from blake3 import blake3

from evidence_chain.rules import Place
from evidence_db.reading.lines import rows_between
from evidence_db.reading.notices.erasures import erasures
from evidence_db.reading.reader import Reader
from evidence_db.store.tables.schema import READABLE, kinds_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from evidence_db.reading.records import Row

PLAIN_COLUMNS = {
    "evidence": ("kind", "artifact_idx"),
    "link": ("relation", "from_idx", "to_idx"),
    "retraction": ("to_idx",),
    "amendment": ("to_idx",),
    "review": ("verdict", "to_idx"),
    "erasure": ("to_idx",),
}
"""The columns beside a body that are not generated from it."""
Shown = tuple[tuple[str, ...], tuple[Any, ...]]
"""The names of such columns, and their values in a row."""
INWARD = ("supports", "contradicts", "qualifies", "replaces", "preserves", "translates")
"""The relations that say something of what a link leads to."""
OUTWARD = ("derives-from", "preserves", "translates", "answers")
"""Those that say something of what it comes from."""
_WANTED = "json_each(:wanted) AS wanted CROSS JOIN"
_SAID_BY_LOG = f"""
SELECT wanted.key, entry.idx FROM {_WANTED} entry ON entry ->> '$.open.to' = wanted.value
    WHERE entry ->> '$.open.relation' IN {INWARD}
UNION
SELECT wanted.key, entry.idx FROM {_WANTED} entry ON entry ->> '$.open.to' = wanted.value
    WHERE entry ->> '$.open.relation' IS NULL
    AND kind IN ('retraction', 'amendment', 'review', 'erasure')
UNION
SELECT wanted.key, entry.idx FROM {_WANTED} entry ON entry ->> '$.open.from' = wanted.value
    WHERE entry ->> '$.open.relation' IN {OUTWARD}
"""  # noqa: S608
_SAID_BY_TABLES = f"""
SELECT wanted.key, link.idx FROM {_WANTED} link ON to_idx = +wanted.key
    WHERE relation IN {INWARD}
UNION
SELECT wanted.key, retraction.idx FROM {_WANTED} retraction ON to_idx = +wanted.key
UNION
SELECT wanted.key, amendment.idx FROM {_WANTED} amendment ON to_idx = +wanted.key
UNION
SELECT wanted.key, review.idx FROM {_WANTED} review ON to_idx = +wanted.key
UNION
SELECT wanted.key, erasure.idx FROM {_WANTED} erasure ON to_idx = +wanted.key
UNION
SELECT wanted.key, link.idx FROM {_WANTED} link ON from_idx = +wanted.key
    WHERE relation IN {OUTWARD}
"""  # noqa: S608


class Audit(Reader):
    """A reader that answers these, too: `Audit(reader.connection)`."""

    def said_of(
        self, ids: Mapping[int, str], by_log: Mapping[str, set[int]] | None = None
    ) -> dict[int, tuple[set[int], set[int]]]:
        """The entries that say what `graph` needs to know of records, by the log and by tables.

        Those are the links that speak to a record, replace, preserve or translate it, its
        retractions, amendments and reviews, and the links that say what it derives from, preserves,
        translates or answers. The two sets are the same where the tables leave nothing out and
        put nothing in.

        Args:
            ids: Their ids by index.
            by_log: What the log says of each record by its id, if it was read whole. An edition
                has no index that would tell, so that every entry is looked at otherwise.
        """
        said: dict[int, tuple[set[int], set[int]]] = {
            index: (set((by_log or {}).get(id_, ())), set()) for index, id_ in ids.items()
        }
        wanted = {"wanted": json.dumps(ids)}
        queries = ((0, _SAID_BY_LOG), (1, _SAID_BY_TABLES))
        for which, query in queries if by_log is None else queries[1:]:
            for index, idx in self.connection.execute(query, wanted):
                said[int(index)][which].add(idx)
        return said

    def places_of(self, ids: Iterable[str], kinds: Mapping[int, str]) -> dict[str, Place]:
        """Like `places`; the kinds of entries that were read needn't be read again.

        Args:
            ids: The ids; those that are not there are left out, and those that a damaged index
                names where there is no entry.
            kinds: The kinds that entries say, by index.
        """
        found = self.connection.execute(
            "SELECT wanted.value, entry.idx FROM json_each(?) AS wanted "
            "CROSS JOIN entry ON entry.id = wanted.value",
            (json.dumps(sorted(ids)),),
        ).fetchall()
        others = json.dumps([idx for _, idx in found if idx not in kinds])
        query = "SELECT idx, kind FROM json_each(?) AS wanted CROSS JOIN entry ON idx = value"
        kinds = {**kinds, **dict(self.connection.execute(query, (others,)))}
        return {id_: Place(idx, kinds[idx]) for id_, idx in found if idx in kinds}

    def erased(self) -> dict[int, int]:
        """The first erasure of each record that was erased, by index, as the log has them."""
        return erasures(self.connection)

    def entry_at(self, index: int) -> bytes | None:
        """The entry at an index, whatever it is worth."""
        row = self._one("SELECT CAST(entry AS BLOB) FROM entry WHERE idx = ?", index)
        return None if row is None else bytes(row[0])

    def lines(self, start: int, stop: int) -> tuple[list[Row], dict[int, Shown]]:
        """The lines `[start, stop)` of the log, and the plain columns that the tables show of them.

        The lines are in order, with what opens them.
        """
        bodies: dict[int, str | None] = {}
        shown: dict[int, Shown] = {}
        for table in READABLE:
            columns = PLAIN_COLUMNS.get(table, ())
            named = ", ".join(("idx", "body", *columns))
            query = f"SELECT {named} FROM {table} WHERE idx >= ? AND idx < ?"  # noqa: S608
            for row in self.connection.execute(query, (start, stop)):
                idx = row[0]
                bodies[idx] = row[1]
                shown[idx] = columns, row[2:]
        return rows_between(self.connection, start, stop, bodies), shown

    def projections_of(self, indexes: Iterable[int]) -> dict[int, Shown]:
        """The plain columns that the tables show of these records."""
        wanted = json.dumps(list(indexes))
        shown: dict[int, Shown] = {}
        for table in READABLE:
            columns = PLAIN_COLUMNS.get(table, ())
            named = ", ".join(f"{table}.{column}" for column in ("idx", *columns))
            rows = self.connection.execute(
                f"SELECT {named} FROM json_each(?) AS wanted "  # noqa: S608
                f"CROSS JOIN {table} ON {table}.idx = wanted.value",
                (wanted,),
            )
            shown.update((idx, (columns, tuple(plain))) for idx, *plain in rows)
        return shown

    def under_seed(self, index: int, said: str) -> bytes:
        """A digest of 16 bytes, which tells nobody anything when the record was erased."""
        row = self._one("SELECT seed FROM seal WHERE idx = ?", index)
        seed = row[0] if row and isinstance(row[0], bytes) else b""
        return blake3(said.encode(), key=blake3(seed).digest()).digest(16)

    def ids_at(self, indexes: Sequence[int]) -> list[str]:
        """The ids of the entries at these places, in the order of the log."""
        rows = self.connection.execute(
            "SELECT entry.id FROM json_each(?) AS wanted "
            "CROSS JOIN entry ON entry.idx = wanted.value ORDER BY entry.idx",
            (json.dumps(indexes),),
        )
        return [id_ for (id_,) in rows]

    def files_of(self, passages: Sequence[int]) -> set[str]:
        """The digests of the text streams and pictures of passages."""
        rows = self.connection.execute(
            "WITH wanted AS (SELECT extracted, body FROM json_each(?) AS wanted "
            "CROSS JOIN evidence ON idx = wanted.value) "
            "SELECT extracted FROM wanted UNION SELECT region.value ->> '$.crop' "
            "FROM wanted, json_each(body, '$.regions') AS region",
            (json.dumps(passages),),
        )
        return {str(digest) for (digest,) in rows if digest is not None}

    def hashes(self, level: int, first: int, last: int) -> list[bytes]:
        """The stored nodes `[first, last)` of a level of the tree, in order."""
        rows = self.connection.execute(
            "SELECT hash FROM tree_node WHERE level = ? AND n >= ? AND n < ? ORDER BY n",
            (level, first, last),
        )
        return [hash_ for (hash_,) in rows]

    def tree_nodes(self, wanted: Iterable[tuple[int, int]]) -> set[tuple[tuple[int, int], bytes]]:
        """The stored nodes among those that are wanted, by level and number."""
        spans: dict[int, tuple[int, int]] = {}
        for level, n in wanted:
            low, high = spans.get(level, (n, n))
            spans[level] = min(low, n), max(high, n)
        return {
            ((level, n), hash_)
            for level, (low, high) in spans.items()
            for n, hash_ in self.connection.execute(
                "SELECT n, hash FROM tree_node WHERE level = ? AND n BETWEEN ? AND ?",
                (level, low, high),
            )
        }

    def ids_twice(self) -> list[tuple[str, int]]:
        """Ids that more than one entry has, and how many have it."""
        query = "SELECT id, count(*) FROM entry GROUP BY id HAVING count(*) > 1"
        return self.connection.execute(query).fetchall()

    def links_twice(self) -> list[tuple[str, int, int]]:
        """Relation, first and last index of standing links that join the same two records."""
        return self.connection.execute(
            "SELECT relation, min(idx), max(idx) FROM link WHERE NOT EXISTS "
            "(SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx) "
            "GROUP BY to_idx, relation, from_idx HAVING count(*) > 1"
        ).fetchall()

    def claim_support(self) -> list[tuple[int, int]]:
        """Supporting and supported claim of every such link."""
        return self.connection.execute(
            "SELECT from_idx, to_idx FROM claim JOIN link ON link.from_idx = claim.idx "
            "WHERE relation = 'supports'"
        ).fetchall()

    def reviews_of(self, index: int) -> list[int]:
        """The reviews of a record."""
        return self._indexes("SELECT idx FROM review WHERE to_idx = ? ORDER BY idx", index)

    def passages_among(self, indexes: Iterable[int]) -> int:
        """How many of these records are evidence."""
        wanted = json.dumps(list(indexes))
        query = "SELECT count(*) FROM json_each(?) AS wanted JOIN evidence ON idx = wanted.value"
        return int(self._one(query, wanted)[0])

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        ((count,),) = self.connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(count)

    def preserved(self) -> Iterator[tuple[int, str, str, str, int]]:
        """Index, id, BLAKE3, SHA-256 and size of every disclosed preserved file."""
        return self.connection.execute(
            "SELECT artifact.idx, entry.id, blake3, sha256, size "
            "FROM artifact JOIN entry USING (idx) WHERE blake3 IS NOT NULL ORDER BY artifact.idx"
        )

    def preserved_as(self, artifact: int) -> tuple[str, str, int]:
        """BLAKE3, SHA-256 and size of one of them."""
        found: tuple[str, str, int] = self.connection.execute(
            "SELECT blake3, sha256, size FROM artifact WHERE idx = ?", (artifact,)
        ).fetchone()
        return found

    def streams(self) -> Iterator[tuple[int, str]]:
        """Every passage with the digest of its text stream if that is no preserved file.

        The passages of one stream follow each other.
        """
        return self.connection.execute(
            "SELECT evidence.idx, extracted FROM evidence "
            "LEFT JOIN artifact ON artifact.idx = artifact_idx "
            "WHERE extracted IS NOT NULL AND extracted IS NOT artifact.blake3 ORDER BY extracted"
        )

    def crops(self) -> Iterator[tuple[int, str]]:
        """Every passage with the digest of each of its pictures, those of one picture together."""
        return self.connection.execute(
            "SELECT evidence.idx, region.value ->> '$.crop' AS crop "
            "FROM evidence, json_each(body, '$.regions') AS region "
            "WHERE length(crop) = 64 AND crop NOT GLOB '*[^0-9a-f]*' ORDER BY crop"
        )

    def names_of(self, blake3: str) -> list[str]:
        """The file names under which a file was preserved."""
        rows = self.connection.execute(
            "SELECT DISTINCT filename FROM artifact WHERE blake3 = ?", (blake3,)
        )
        return [name for (name,) in rows if name]

    def taken_out_of(self, container: int) -> list[int]:
        """The preserved files that came into the log after this one, each with its link to it."""
        rows = self.connection.execute(
            "SELECT artifact.idx FROM link JOIN artifact ON artifact.idx = link.from_idx "
            "WHERE link.to_idx = :container AND relation = 'derives-from' "
            "AND link.idx = artifact.idx + 1 AND artifact.idx > :container",
            {"container": container},
        )
        return [idx for (idx,) in rows]

    def claims(self) -> Iterator[int]:
        """Every claim."""
        for (idx,) in self.connection.execute("SELECT idx FROM claim ORDER BY idx"):
            yield idx

    def strays(self, table: str) -> list[int]:
        """The first rows of a table that no entry of a fitting kind accounts for."""
        kind = "%" if table == "seal" else kinds_in(table)
        rows = self.connection.execute(
            f"SELECT {table}.idx FROM {table} LEFT JOIN entry ON entry.idx = {table}.idx "  # noqa: S608
            "AND (:kind = '%' OR entry.kind LIKE :kind) WHERE entry.idx IS NULL LIMIT 20",
            {"kind": kind},
        )
        return [idx for (idx,) in rows]
