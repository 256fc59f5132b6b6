"""The passages of a claim whose words nobody has looked up in their file for its page, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.text import STANDS
from evidence_datasette.words.mark_words import match_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_OF_FILE = frozenset(("file", "stream"))
"""The checks by which a file, and the text that was drawn from it, are here and intact."""
_WHY = {
    "withheld": "the file is withheld or erased",
    "absent": "the file was left out of this edition",
    "not-here": "the file, or the text drawn from it, is not here or not intact",
    "unread": "the text of the file could not be had when it was recorded",
    "not-compared": "the file is of a type, or a size, that is read only when all is verified",
}


def not_looked_up(resolved: Json) -> dict[str, list[Json]]:
    """The links to passages whose words can't be looked up, by the reason in words.

    Passages that are withheld or erased themselves are told where they stand.
    """
    found: dict[str, list[Json]] = {}
    for link in _passages(resolved["chain"]):
        if why := _why(link["record"]):
            found.setdefault(why, []).append(link)
    return {_WHY[why]: found[why] for why in _WHY if why in found}


def _passages(chain: list[Json]) -> Iterator[Json]:
    return (link for link in chain if link["record"]["kind"] != "claim" and link["record"]["text"])


def _why(record: Json) -> str:
    document = record["document"]
    if document is None:
        return "withheld"
    if document.get("absent") is not None:
        return "absent"
    found = [*record["integrity"]["findings"], *document["integrity"]["findings"]]
    if any(one["check"] in _OF_FILE for one in found):
        return "not-here"
    status = match_of(record).get("status")
    if status == "unverifiable":
        return "unread"
    return "" if record["compared"] or status not in STANDS else "not-compared"


FILTERS = {"not_looked_up": not_looked_up}
