"""The JSON-LD of our pages: `.jsonld` of a claim or a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.entry import is_evidence
from evidence_chain.export.jsonld import Named, annotation, claim, document, joined
from evidence_db.reading.references import find_record
from evidence_db.resolving.resolution import resolve

if TYPE_CHECKING:
    from evidence_datasette.answering.page import Json, View


def of_claim(view: View, data: Json) -> dict[str, Any]:
    """A claim with what bears on it; `data` is that of its page."""
    return claim(data, view.to.record)


def of_record(view: View, data: Json) -> dict[str, Any]:
    """A record of any kind; `data` is that of its page."""
    record, at = find_record(view.reader, data["id"]), view.to.record
    if "relation" in data:
        return joined(data["relation"], data.get("from", record.id), data["to"], at)
    if record.kind == "claim":
        return claim(resolve(view.case, view.reader, record.index), at)
    named = Named(record.id, record.body)
    if is_evidence(record.kind):
        return annotation(named, _file(view, record.body.get("artifact")), at)
    return document(named, at)


def _file(view: View, artifact: str | None) -> Named | None:
    place = view.reader.place(str(artifact))
    if place is None:
        return None
    record = view.reader.record(place.index)
    return Named(record.id, record.body)
