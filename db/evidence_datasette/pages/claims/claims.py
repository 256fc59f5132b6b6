"""The home of a case: every claim, and what it rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import InputError, StorageError
from evidence_chain.rules import SPEAKS
from evidence_datasette.answering.page import Page
from evidence_datasette.claims.latest_changes import Event, events
from evidence_datasette.claims.listing import ENDED, LENGTH, STATUSES, stretch
from evidence_datasette.words.shown_text import marked
from evidence_db.reading.attested.reviewed import reviews_of, signed_off
from evidence_db.reading.finding import holder, terms
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.notices.erasures import as_json
from evidence_db.resolving.resolution import chain_of, rests_on
from evidence_db.resolving.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evidence_chain.graph import Graph
    from evidence_datasette.answering.page import Json, View
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

CHECKED = 400
"""Entries that are checked for one page at most."""
ORDERS = ("recorded", "changed")
"""First the claim that was recorded last, or the one of which something was said last."""

_MATCHES = """
SELECT evidence.idx, CASE WHEN json_valid(body) THEN body -> '$.match' END
FROM json_each(?) AS wanted CROSS JOIN evidence ON evidence.idx = wanted.value
"""


class _Listed(NamedTuple):
    """A claim as a page lists it, and the entries that it rests on."""

    claim: dict[str, Any]
    rests_on: list[int]
    speakers: list[int]
    """What speaks to it, or to a claim that does, once for each link."""
    links: list[int]
    """Those links."""


def read(view: View) -> Json:
    """The claims of a page, newest first.

    Query parameters: `q` (words of the statement), `status` (of the structure, or `ended`),
    `order` (one of `ORDERS`), `before` and `claim` (the entry, and in the order `changed` the
    claim, with which the last page ended).

    What a claim rests on is checked as far as a page has room for it: `integrity` has `outcome`
    and `counts`, and is null where nothing was checked. A claim that can't be read has its
    `index` and `damaged`, which says why. `is_kept_up` is false for an edition.
    """
    words = view.words()
    status = _one_of(view, "status", STATUSES)
    order = _one_of(view, "order", ORDERS) or ORDERS[0]
    listed, end = _page(view, words, status, order)
    return {
        **_log(view.reader),
        "words": words,
        "status": status,
        "statuses": list(STATUSES),
        "order": order,
        "orders": list(ORDERS),
        "claims": _told(view, listed, words),
        "is_kept_up": view.case.edition is None,
        "before": end and end.index,
        "before_claim": end and end.claim,
    }


def told(view: View, indexes: Sequence[int]) -> Json:
    """The same of these claims, whatever the page."""
    listed = [_listed(view.reader, index) for index in indexes]
    return {**_log(view.reader), "claims": _told(view, listed, "")}


def _log(reader: Reader) -> dict[str, Any]:
    newest = reader.checkpoints()[-1:]
    return {"size": reader.size(), "checkpoint": newest[0].size if newest else None}


def _told(view: View, listed: list[_Listed], words: str) -> list[dict[str, Any]]:
    _check(view, listed)
    _count_to_sign(view.reader, listed)
    return [
        claim | {"statement_pieces": marked(claim.get("statement") or "", terms(words))}
        for claim, *_ in listed
    ]


def _one_of(view: View, name: str, known: Sequence[str]) -> str | None:
    given = view.query.get(name) or None
    if given not in (None, *known):
        raise InputError(f"There is no {name} {given!r}; there are {', '.join(known)}.")
    return given


def _page(
    view: View, words: str, status: str | None, order: str
) -> tuple[list[_Listed], Event | None]:
    """The claims to be shown, and where the next page goes on."""
    if order == "changed":
        (found, end), holds = _changed(view), holder(terms(words))
    else:
        (found, end), holds = _recorded(view, words, status), None
    shown: list[_Listed] = []
    for event in found:
        listed = _listed(view.reader, event.claim)
        if _has_status(listed.claim, status) and (holds is None or _is_due(listed, event, holds)):
            shown.append(listed)
        if len(shown) == LENGTH and event != found[-1]:
            return shown, event
    return shown, end


def _recorded(view: View, words: str, status: str | None) -> tuple[list[Event], Event | None]:
    found = stretch(view.reader, words, status, view.number("before"))
    end = None if found.end is None else Event(found.end, found.end)
    return [Event(claim, claim) for claim in found.claims], end


def _changed(view: View) -> tuple[list[Event], Event | None]:
    before, claim = view.number("before"), view.number("claim")
    return events(view.reader, None if before is None else Event(before, claim or 0))


def _has_status(claim: dict[str, Any], status: str | None) -> bool:
    if "damaged" in claim:
        return status is None
    return status in (None, claim["status"], claim["ended"] and ENDED)


def _is_due(listed: _Listed, event: Event, holds: Callable[[str], object]) -> bool:
    """Whether this event is the newest of a claim that holds the words."""
    claim = listed.claim
    if "damaged" in claim:
        return True
    return claim["newest"]["index"] == event.index and bool(holds(claim["statement"] or ""))


def _listed(reader: Reader, index: int) -> _Listed:
    try:
        record, graph = reader.record(index), reader.graph(index)
        newest = _newest(reader, graph, record)
    except StorageError as error:
        return _Listed({"index": index, "damaged": str(error), "integrity": None}, [], [], [])
    structure = graph.structure(index)
    claim = {
        "id": record.id,
        "index": index,
        "slug": record.body.get("slug"),
        "statement": record.body.get("statement"),
        "status": structure.status,
        "supports": structure.supports,
        "contradicts": structure.contradicts,
        "qualifies": structure.qualifies,
        "origins": structure.origins,
        "documents": structure.documents,
        "integrity": None,
        "ended": graph.ended(index),
        "erased": as_json(record.erased),
        "newest": newest,
    }
    links = [link for link in graph.links if link.relation in SPEAKS and graph.counts(link)]
    speakers, indexes = [link.from_ for link in links], [link.index for link in links]
    return _Listed(claim, rests_on(graph), speakers, indexes)


def _newest(reader: Reader, graph: Graph, claim: Record) -> dict[str, Any]:
    """The newest entry that says something of a claim: itself, a link to it, or an end of one."""
    links = [link.index for name in SPEAKS for link in graph.links_to(claim.index, name)]
    links += [link.index for link in graph.links_to(claim.index, "replaces")]
    spoke = [link.from_ for name in SPEAKS for link in graph.links_to(claim.index, name)]
    ends = [graph.retracted[i] for i in (claim.index, *links, *spoke) if i in graph.retracted]
    index = max(claim.index, *links, *ends) if links or ends else claim.index
    record = reader.record(index)
    return {"index": index, "kind": record.kind, "recorded_at": record.body.get("recorded_at")}


def _check(view: View, listed: list[_Listed]) -> None:
    """Check what the claims rest on, from the first on, as long as there is room."""
    chain = chain_of(view.case, view.reader)
    left = CHECKED
    for claim, entries, *_ in listed:
        if not entries or len(entries) > left:
            continue
        left -= len(entries)
        try:
            chain.check(entries)
        except StorageError as error:
            claim["damaged"] = str(error)
        else:
            total = chain.total(entries)
            claim["integrity"] = {"outcome": total.outcome, "counts": total.counts}
    view.files.update(chain.files)


def _count_to_sign(reader: Reader, listed: list[_Listed]) -> None:
    """Count the passages and links that a person has to look at before they are published."""
    wanted = json.dumps(sorted({index for one in listed for index in one.speakers}))
    matches = reader.connection.execute(_MATCHES, (wanted,)).fetchall()
    doubtful = {index for index, match in matches if match and sign_off(json.loads(match))}
    doubtful -= {index for index, said in reviews_of(reader, doubtful).items() if signed_off(said)}
    again = to_look_at_again(reader.connection, {link for one in listed for link in one.links})
    for claim, _, speakers, links in listed:
        claim["to_sign"] = sum(index in doubtful for index in speakers)
        claim["to_look_at"] = len(again.intersection(links))


TABLES = ("claim", "evidence", "artifact", "link", "retraction", "review")
ASKED = frozenset(("q", "status", "order", "before", "claim"))
PAGE = Page("claims", "claims.html", read, TABLES, remembered=ASKED)
