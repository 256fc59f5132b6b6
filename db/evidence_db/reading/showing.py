"""One record as JSON: its fields and its links (`evidence show`, and its page)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_db.reading.references import describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.graph import Link
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record


def shown(reader: Reader, record: Record, links: Iterable[Link]) -> dict[str, Any]:
    """The record with these of its links: `id`, `index`, `kind`, `ended`, `fields`, `links`."""
    return {
        **named(reader, record),
        "fields": record.body,
        "links": [_link(reader, record, link) for link in links],
    }


def named(reader: Reader, record: Record) -> dict[str, Any]:
    """What tells which record is meant, and whether it stands: `id`, `index`, `kind`, `ended`."""
    return {
        "id": record.id,
        "index": record.index,
        "kind": record.kind,
        "ended": reader.is_ended(record.index),
    }


def _link(reader: Reader, record: Record, link: Link) -> dict[str, Any]:
    outward = link.from_ == record.index
    other = reader.record(link.to if outward else link.from_)
    return {
        "id": reader.record(link.index).id,
        "relation": link.relation,
        "direction": "to" if outward else "from",
        "other": other.id,
        "describes": describe(other),
        "ended": reader.is_ended(link.index),
    }
