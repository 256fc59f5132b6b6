"""Records of which one look tells that all holds; the others are for `records` to explain.

Nothing is reported here. A record that is taken for right would have been so in each of the
checks one by one (steps 3, 5 and 6), and that is all that may be said of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import b3
from evidence_chain.entry import is_evidence
from evidence_chain.errors import RuleError
from evidence_chain.rules import check_link
from evidence_chain.values import fit
from evidence_chain.verify.resealed import reseal
from evidence_db.verifying.queries import PLAIN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from evidence_chain.rules import Place
    from evidence_chain.verify.resealed import Resealed
    from evidence_db.reading.records import Row
    from evidence_db.verifying.queries import Shown

TOLD = (("entry", "entries"), ("commitment", "records"), ("rules", "entries"))
"""The checks that a record passes which is right, with what is counted of them."""
_ALONE = frozenset({"artifact", "original", "claim", "case"})
"""The kinds whose records name no other."""
_EVIDENCE, _LINK = PLAIN_COLUMNS["evidence"], PLAIN_COLUMNS["link"]


def resealed(rows: Iterable[Row]) -> dict[int, Resealed]:
    """The records that values and seeds give as they are in the log, by index."""
    found = {}
    for row in rows:
        if (said := _resealed(row)) is not None and _is_known(said.kind):
            found[row.idx] = said
    return found


def _resealed(row: Row) -> Resealed | None:
    if not (type(row.entry) is type(row.body) is str and type(row.seed) is bytes):
        return None
    said = reseal(row.entry, row.body, row.seed, row.salts)
    return said if said is not None and b3(row.entry.encode()).hex() == row.id else None


@lru_cache(maxsize=1024)
def _is_known(kind: str) -> bool:
    """Whether this tells of records of a kind; of the others there are few."""
    return kind in _ALONE or kind == "link" or is_evidence(kind)


def named(found: Mapping[int, Resealed]) -> set[str]:
    """The ids that these records name."""
    ids: set[str] = set()
    for said in found.values():
        if said.kind == "link":
            ids.update((said.open["from"], said.open["to"]))
        elif type(artifact := said.values.get("artifact")) is str:
            ids.add(artifact)
    return ids


def right(
    found: Mapping[int, Resealed],
    shown: Mapping[int, Shown],
    find: Callable[[str], Place | None],
) -> set[int]:
    """Those of which nothing is wrong.

    Args:
        found: Records that are what values and seeds give, by index.
        shown: The plain columns that the tables show of records.
        find: The place of an id in the log, if it is one of those that they name.
    """
    return {
        index
        for index, said in found.items()
        if shown.get(index) == _shown(index, said, find) and fit(said.kind, said.values)
    }


def _shown(index: int, said: Resealed, find: Callable[[str], Place | None]) -> Shown | None:
    """What the tables must show of a record that names what it may name; `None` if it doesn't."""
    if said.kind == "link":
        return _link_shown(index, said.open, find)
    if said.kind in _ALONE:
        return (), ()
    artifact: Any = said.values.get("artifact")
    if artifact is None:
        return _EVIDENCE, (said.kind, None)
    place = find(artifact) if type(artifact) is str else None
    if place is None or place.kind != "artifact" or place.index >= index:
        return None
    return _EVIDENCE, (said.kind, place.index)


def _link_shown(
    index: int, link: Mapping[str, str], find: Callable[[str], Place | None]
) -> Shown | None:
    from_, to = find(link["from"]), find(link["to"])
    if from_ is None or to is None or from_.index >= index or to.index >= index:
        return None
    if link["from"] == link["to"] or not _may_join(link["relation"], from_.kind, to.kind):
        return None
    return _LINK, (link["relation"], from_.index, to.index)


@lru_cache(maxsize=1024)
def _may_join(relation: str, from_kind: str, to_kind: str) -> bool:
    try:
        check_link(relation, from_kind, to_kind)
    except RuleError:
        return False
    return True
