"""What in a log bears on a claim or a passage, to tell which reviews of it are stale."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.reviews.staleness import Chains, Entry

if TYPE_CHECKING:
    import sqlite3

_ABOUT = """
SELECT link.idx, 'link', relation, from_idx, to_idx, NULL
    FROM json_each(:wanted) AS wanted CROSS JOIN link ON link.to_idx = wanted.value
UNION ALL SELECT retraction.idx, 'retraction', NULL, NULL, to_idx, NULL
    FROM json_each(:wanted) AS wanted CROSS JOIN retraction ON retraction.to_idx = wanted.value
UNION ALL SELECT amendment.idx, 'amendment', NULL, NULL, to_idx, NULL
    FROM json_each(:wanted) AS wanted CROSS JOIN amendment ON amendment.to_idx = wanted.value
UNION ALL SELECT review.idx, 'review', NULL, NULL, to_idx, verdict
    FROM json_each(:wanted) AS wanted CROSS JOIN review ON review.to_idx = wanted.value
UNION ALL SELECT erasure.idx, 'erasure', NULL, NULL, to_idx, NULL
    FROM json_each(:wanted) AS wanted CROSS JOIN erasure ON erasure.to_idx = wanted.value
"""
_ORIGINS = """
SELECT link.idx, 'link', relation, from_idx, to_idx, NULL
FROM json_each(:wanted) AS wanted CROSS JOIN link ON link.from_idx = wanted.value
WHERE relation IN ('derives-from', 'preserves')
"""
_NODES = """
SELECT entry.idx, entry.kind, artifact_idx
FROM json_each(:wanted) AS wanted CROSS JOIN entry ON entry.idx = wanted.value
LEFT JOIN evidence ON evidence.idx = entry.idx
"""


class Surroundings:
    """The part of a log that tells which reviews of one record are stale."""

    def __init__(self, connection: sqlite3.Connection, subject: int) -> None:
        self._connection = connection
        self._entries: dict[int, Entry] = {}
        leading = self._leading({subject})
        members = self._origins(leading | self._files(leading))
        self._files(members - leading)
        self._ask(_ABOUT, members - leading)
        self._indexes = sorted(self._entries)
        self._chains = Chains([self._moved(self._entries[index]) for index in self._indexes])

    def stale_by(self, review: int, size: int) -> list[int]:
        """What makes a review stale that is of the subject, by index."""
        found = self._chains.stale_by(self._position(review), self._position(size))
        return [self._indexes[position] for position in found]

    def called(self, index: int) -> str:
        """What an entry that makes a review stale is, in a word or two."""
        entry = self._entries[index]
        return {
            "link": f"a link “{(entry.relation or '').replace('-', ' ')}”",
            "review": f"a review “{entry.verdict}”",
            "retraction": "a retraction",
            "amendment": "an amendment",
            "erasure": "an erasure",
        }.get(entry.kind, entry.kind)

    def _position(self, index: int) -> int:
        return bisect_left(self._indexes, index)

    def _moved(self, entry: Entry) -> Entry:
        """The same, that names positions among these entries in the place of indexes."""

        def position(index: int | None) -> int | None:
            return self._position(index) if index in self._entries else None

        kept = (entry.kind, position(entry.to), position(entry.from_), entry.relation)
        return Entry(*kept, entry.verdict, position(entry.artifact))

    def _leading(self, start: set[int]) -> set[int]:
        """The records from which the subject is reached, with the links on the way."""
        found, pending = set(start), set(start)
        while pending:
            links = [one for one in self._ask(_ABOUT, pending) if one[1].kind == "link"]
            reached = {
                end
                for index, link in links
                if link.relation != "replaces"
                for end in (index, link.from_)
                if end is not None
            }
            pending = reached - found
            found |= pending
        return found

    def _origins(self, start: set[int]) -> set[int]:
        """What these derive from or preserve, and that in turn, with the links on the way."""
        found, pending = set(start), set(start)
        while pending:
            links = self._ask(_ORIGINS, pending)
            reached = {end for index, link in links for end in (index, link.to) if end is not None}
            pending = reached - found
            found |= pending
        return found

    def _files(self, indexes: set[int]) -> set[int]:
        """The preserved files of these; what each of these is, is kept."""
        files = set()
        wanted = {"wanted": json.dumps(sorted(indexes))}
        for index, kind, artifact in self._connection.execute(_NODES, wanted):
            self._entries.setdefault(index, Entry(kind, artifact=artifact))
            if is_evidence(kind) and artifact is not None:
                files.add(artifact)
        return files

    def _ask(self, query: str, indexes: set[int]) -> list[tuple[int, Entry]]:
        wanted = {"wanted": json.dumps(sorted(indexes))}
        found = [
            (index, Entry(kind, to, from_, relation, verdict))
            for index, kind, relation, from_, to, verdict in self._connection.execute(query, wanted)
        ]
        self._entries.update(found)
        return found
