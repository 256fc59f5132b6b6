"""The home of a case: every claim, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.rules import SPEAKS
from evidence_datasette.page import Page
from evidence_datasette.scanning import ENDED, LENGTH, STATUSES, stretch
from evidence_datasette.text import marked, terms

if TYPE_CHECKING:
    from evidence_chain.graph import Graph
    from evidence_datasette.page import Json, View
    from evidence_db.reading import Reader, Record


def read(view: View) -> Json:
    """The claims of a page, newest first.

    Query parameters: `q` (words of the statement), `status` (of the structure, or `ended`),
    `before` (an entry: where the last page ended).
    """
    words, status = view.words(), view.query.get("status") or None
    if status not in (None, *STATUSES):
        raise InputError(f"There is no status {status!r}; there are {', '.join(STATUSES)}.")
    found = stretch(view.reader, words, status, view.number("before"))
    claims, end = [], found.end
    for index in found.claims:
        claim = _claim(view.reader, index)
        if status in (None, claim["status"], claim["ended"] and ENDED):
            claims.append(claim)
        if len(claims) == LENGTH and index != found.claims[-1]:
            end = index
            break
    newest = view.reader.checkpoints()[-1:]
    return {
        "size": view.reader.size(),
        "checkpoint": newest[0].size if newest else None,
        "words": words,
        "status": status,
        "statuses": list(STATUSES),
        "claims": [
            claim | {"statement_pieces": marked(claim["statement"] or "", terms(words))}
            for claim in claims
        ],
        "before": end,
    }


def _claim(reader: Reader, index: int) -> dict[str, Any]:
    record, graph = reader.record(index), reader.graph(index)
    structure = graph.structure(index)
    return {
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
        "ended": graph.ended(index),
        "newest": _newest(reader, graph, record),
    }


def _newest(reader: Reader, graph: Graph, claim: Record) -> dict[str, Any]:
    """The newest entry that says something of a claim: itself, a link to it, or an end of one."""
    links = [link.index for name in SPEAKS for link in graph.links_to(claim.index, name)]
    links += [link.index for link in graph.links_to(claim.index, "replaces")]
    spoke = [link.from_ for name in SPEAKS for link in graph.links_to(claim.index, name)]
    ends = [graph.retracted[i] for i in (claim.index, *links, *spoke) if i in graph.retracted]
    index = max(claim.index, *links, *ends) if links or ends else claim.index
    record = reader.record(index)
    return {"index": index, "kind": record.kind, "recorded_at": record.body.get("recorded_at")}


PAGE = Page("claims", "claims.html", read, ("claim", "evidence", "artifact", "link", "retraction"))
