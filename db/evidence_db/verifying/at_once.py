"""Records of which one look tells that all holds; the others are for `records` to explain.

Nothing is reported here. A record that is taken for right would have been so in each of the
checks one by one (steps 3, 5 and 6), and that is all that may be said of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.entry import is_evidence
from evidence_chain.errors import RuleError
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.rules import check_link
from evidence_chain.values import fit
from evidence_chain.verify.resealed import reseal
from evidence_db.verifying.queries import PLAIN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from evidence_chain.canonical import Json
    from evidence_chain.rules import Place
    from evidence_db.reading.records import Row
    from evidence_db.verifying.queries import Shown

TOLD = (("entry", "entries"), ("commitment", "records"), ("rules", "entries"))
"""The checks that a record passes which is right, with what is counted of them."""
_ALONE = frozenset({"artifact", "original", "claim", "case"})
"""The kinds whose records name no other."""
_EVIDENCE, _LINK = PLAIN_COLUMNS["evidence"], PLAIN_COLUMNS["link"]
_RETRACTION = PLAIN_COLUMNS["retraction"]
_NOTHING: Shown = (), ()

Values = dict[str, "Json"]
"""What a record says, by field."""


class Said(NamedTuple):
    """What is kept of a record that values and seed give as it is in the log."""

    leaf: bytes
    """The hash of its entry in the tree."""
    kind: str
    open: Mapping[str, str]
    artifact: object
    """The preserved file that its values name, if it is evidence."""


def resealed(rows: Iterable[Row], values: dict[int, Values] | None = None) -> dict[int, Said]:
    """The records that values and seeds give as they are in the log, by index.

    Their values have the types that they should. They go into `values`, if that is given, and are
    let go else: there are many.
    """
    found = {}
    for row in rows:
        if (known := _resealed(row)) is not None:
            found[row.idx] = known[0]
            if values is not None:
                values[row.idx] = known[1]
    return found


def _resealed(row: Row) -> tuple[Said, Values] | None:
    _, id_, entry, body, salts, seed = row
    if not (type(entry) is type(body) is str and type(seed) is bytes):
        return None
    said = reseal(entry, body, seed, salts)
    if said is None:
        return None
    encoded = entry.encode()
    kind, public, values = said
    if b3(encoded).hex() != id_ or not _is_known(kind) or not fit(kind, values):
        return None
    artifact = values.get("artifact") if kind not in _ALONE else None
    return Said(leaf_hash(encoded), kind, public, artifact), values


@lru_cache(maxsize=1024)
def _is_known(kind: str) -> bool:
    """Whether this tells of records of a kind; of the others there are few."""
    return kind in _ALONE or kind in ("link", "retraction") or is_evidence(kind)


def named(found: Mapping[int, Said]) -> set[str]:
    """The ids that these records name."""
    ids: set[str] = set()
    for _, kind, public, artifact in found.values():
        if kind == "link":
            ids.update((public["from"], public["to"]))
        elif kind == "retraction":
            ids.add(public["to"])
        elif type(artifact) is str:
            ids.add(artifact)
    return ids


def right(
    found: Mapping[int, Said],
    shown: Mapping[int, Shown],
    find: Callable[[str], Place | None],
) -> set[int]:
    """Those of which nothing is wrong.

    Args:
        found: Records that are what values and seeds give, by index.
        shown: The plain columns that the tables show of records.
        find: The place of an id in the log, if it is one of those that they name.
    """
    return {index for index, said in found.items() if shown.get(index) == _shown(index, said, find)}


def _shown(index: int, said: Said, find: Callable[[str], Place | None]) -> Shown | None:
    """What the tables must show of a record that names what it may name; `None` if it doesn't."""
    _, kind, public, artifact = said
    if kind == "link":
        return _link_shown(index, public, find)
    if kind in _ALONE:
        return _NOTHING
    if kind == "retraction":
        return _retraction_shown(index, public["to"], find)
    if artifact is None:
        return _EVIDENCE, (kind, None)
    place = find(artifact) if type(artifact) is str else None
    if place is None or place.kind != "artifact" or place.index >= index:
        return None
    return _EVIDENCE, (kind, place.index)


def _retraction_shown(index: int, to: str, find: Callable[[str], Place | None]) -> Shown | None:
    place = find(to)
    if place is None or place.index >= index or place.kind == "key":
        return None
    return _RETRACTION, (place.index,)


def _link_shown(
    index: int, link: Mapping[str, str], find: Callable[[str], Place | None]
) -> Shown | None:
    from_, to, relation = link["from"], link["to"], link["relation"]
    source, target = find(from_), find(to)
    if source is None or target is None or source.index >= index or target.index >= index:
        return None
    if from_ == to or not _may_join(relation, source.kind, target.kind):
        return None
    return _LINK, (relation, source.index, target.index)


@lru_cache(maxsize=1024)
def _may_join(relation: str, from_kind: str, to_kind: str) -> bool:
    try:
        check_link(relation, from_kind, to_kind)
    except RuleError:
        return False
    return True
