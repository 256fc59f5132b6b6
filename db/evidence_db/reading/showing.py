"""One record as JSON: its fields and its links (`evidence show`, and its page)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_db.reading.attested.before import objections_before
from evidence_db.reading.attested.custody import custody_of
from evidence_db.reading.attested.reviewed import reviews_of
from evidence_db.reading.notices.amendments import amendment
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.notices.erasures import as_json
from evidence_db.reading.references import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence_chain.graph import Link
    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record


def shown(reader: Reader, record: Record, links: Iterable[Link]) -> dict[str, Any]:
    """The record with these of its links: `id`, `index`, `kind`, `ended`, `fields`, `links`.

    `fields` has what amended fields were corrected to, and `amended` what they were. A link has
    `look_again` too: whether it was carried from another wording of a claim.
    """
    return {
        **named(reader, record),
        "fields": record.body,
        "amended": amended_of(record, _newest(reader)),
        "amendments": [_amendment(reader, index) for index in reader.amendments(record.index)],
        "links": [_link(reader, record, link) for link in links],
        "reviews": [one.as_json() for one in _reviews(reader, record.index)],
        "objected_before": [one.as_json() for one in objections_before(reader, record.index)],
        "custody": [one.as_json() for one in custody_of(reader, [record])],
        **({"look_again": _again(reader, record.index)} if record.kind == "link" else {}),
    }


def named(reader: Reader, record: Record) -> dict[str, Any]:
    """What tells which record is meant, and what became of it: `ended`, `erased`."""
    return {
        "id": record.id,
        "index": record.index,
        "kind": record.kind,
        "ended": reader.is_ended(record.index),
        "erased": as_json(record.erased),
    }


def amended_of(record: Record, newest: int | None) -> dict[str, Any]:
    """What was corrected of a record: `value`, what it `was`, and by whom, when and why.

    It is `uncovered` where it came after the checkpoint of size `newest`.
    """
    return {
        name: {
            "value": one.value,
            "was": one.was,
            "by": one.amendment.by,
            "at": one.amendment.at,
            "reason": one.amendment.reason,
            "id": one.amendment.id,
            "uncovered": newest is not None and one.amendment.index >= newest,
        }
        for name, one in record.amended.items()
    }


def _amendment(reader: Reader, index: int) -> dict[str, Any]:
    """One amendment, whether it stands or not: `changes` is `None` where it is withheld."""
    one = amendment(reader.record(index))
    told = {"changes": one.changes, "by": one.by, "at": one.at, "reason": one.reason}
    return {"id": one.id, "index": index, "ended": reader.is_ended(index), **told}


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
        "look_again": _again(reader, link.index),
    }


def _reviews(reader: Reader, index: int) -> list[Reviewed]:
    return reviews_of(reader, [index]).get(index, [])


def _newest(reader: Reader) -> int | None:
    return max((one.size for one in reader.checkpoints()), default=None)


def _again(reader: Reader, link: int) -> bool:
    return bool(to_look_at_again(reader.connection, [link]))


_CALLED = ("statement", "text", "title", "filename")


def joined(reader: Reader, record: Record) -> dict[str, str]:
    """What a link or notice joins: `relation`, and the ids `from` and `to`; else nothing."""
    found = reader.ends(record.index)
    if found is None:
        return {}
    relation, from_, to = found
    ends = {"relation": relation, "to": reader.record(to).id}
    return ends if from_ is None else ends | {"from": reader.record(from_).id}


def in_words(record: Record, ends: Mapping[str, str]) -> str:
    """What a record says, as far as one line of a list has room for it, uncut.

    Args:
        record: The record.
        ends: What it joins, as `joined` has it.
    """
    body = record.body
    if ends:
        why = str(body.get("note") or body.get("reason") or "")
        told = f"{ends.get('from', '')[:8]} {ends['relation']} {ends['to'][:8]}".strip()
        return f"{told}: {why}" if why else told
    words = str(next((body[name] for name in _CALLED if body.get(name)), ""))
    return f"{body['slug']} · {words}" if body.get("slug") else words
