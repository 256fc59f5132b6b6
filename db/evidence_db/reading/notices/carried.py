"""Links that were carried to another wording of a claim, and are to be looked at again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_CARRIED = """
WITH RECURSIVE before(link, old) AS (
    SELECT value, value FROM json_each(:links)
    UNION
    SELECT before.link, replacing.to_idx FROM before
        JOIN link AS replacing ON replacing.from_idx = before.old
        WHERE replacing.relation = 'replaces' AND NOT EXISTS
            (SELECT 1 FROM retraction WHERE retraction.to_idx = replacing.idx)
)
SELECT DISTINCT new.idx FROM before
JOIN link AS new ON new.idx = before.link
JOIN link AS old ON old.idx = before.old
LEFT JOIN claim AS now_to ON now_to.idx = new.to_idx
LEFT JOIN claim AS once_to ON once_to.idx = old.to_idx
LEFT JOIN claim AS now_from ON now_from.idx = new.from_idx
LEFT JOIN claim AS once_from ON once_from.idx = old.from_idx
WHERE old.idx <> new.idx AND (
    (new.to_idx <> old.to_idx AND now_to.statement IS NOT once_to.statement)
    OR (new.from_idx <> old.from_idx AND now_from.statement IS NOT once_from.statement)
) AND NOT EXISTS (
    SELECT 1 FROM review AS looked WHERE looked.to_idx = new.to_idx
    AND looked.verdict = 'approved' AND looked.size > new.idx
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = looked.idx)
    AND NOT EXISTS (SELECT 1 FROM review AS since WHERE since.to_idx = new.to_idx
        AND since.verdict = 'rejected' AND since.idx > looked.idx)
)
"""


def to_look_at_again(connection: sqlite3.Connection, links: Iterable[int]) -> frozenset[int]:
    """Those of `links` that replace a link of a claim with another wording, directly or not.

    A wording that is withheld counts as another one. Who approved the claim with such a link in
    sight has looked at it (docs/format.md, section 4).
    """
    rows = connection.execute(_CARRIED, {"links": json.dumps(list(links))})
    return frozenset(index for (index,) in rows)
