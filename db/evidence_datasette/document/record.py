"""What a page tells of a record of any kind: fields in words, links, its entry in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain import kinds
from evidence_chain.entry import RELATIONS, is_evidence, parse
from evidence_chain.errors import InputError
from evidence_chain.graph import Link
from evidence_chain.kinds.fields import RECORDED, Field
from evidence_datasette.document.passage import passage
from evidence_datasette.words.field_words import RELATIONS as CALLED
from evidence_datasette.words.field_words import of_signature, of_warning
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.notices.withheld import reasons_of
from evidence_db.reading.references import find_record
from evidence_db.reading.showing import named, shown
from evidence_db.resolving.integrity import integrity_of
from evidence_db.resolving.single import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_datasette.answering.page import Json, View
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

LINKS = 200
"""Links of a record that are shown."""
_LINKS = """
SELECT idx, relation, from_idx, to_idx FROM link WHERE from_idx = :index
UNION SELECT idx, relation, from_idx, to_idx FROM link WHERE to_idx = :index
ORDER BY idx LIMIT :most
"""
_ABOUT = (
    *("text", "statement", "title", "filename", "blake3", "sha256"),
    *("language", "translator", "sender", "recipient"),
    *("date", "subject", "until", "reason", "reviewer", "note", "recorded_at", "recorded_by"),
)


def told_of_record(view: View) -> Json:
    """The record as `evidence show --json` shows it, without the path of its file here, and more.

    Of more than `LINKS` links the first are shown, and `more_links` is true. `values` are its
    fields with their labels, and whether each is `disclosed`, `empty`, `withheld` or `erased`;
    `joined` the records that it is linked to, by relation; `ends` what retracted or replaced it;
    `about` what an event of custody names;
    `passage`, `signatures` and `warnings` what such fields say in words; `entry` what the log has;
    `integrity` what came of checking the record, and the file that it is or stands in;
    `why_withheld` what an edition withholds of it, each with the reason.
    """
    reader, record = view.reader, find_record(view.reader, view.parts["reference"])
    entry = reader.row(record.index).entry
    links = _links(reader, record.index)
    chain = checked(view.case, reader, record)
    return {
        **shown(reader, record, links[:LINKS]),
        **({"more_links": True} if len(links) > LINKS else {}),
        **_joins(reader, record),
        "label": kinds.label_of(record.kind),
        "values": _values(record, set(parse(entry.encode()).sealed)),
        "joined": _joined(view, record, links[:LINKS]),
        "ends": _ends(reader, record.index),
        "integrity": integrity_of(chain.total()) if chain.reports else None,
        "passage": _passage(reader, record, compared=record.index in chain.comparison.compared),
        "signatures": _signatures(record),
        "about": _custody_of(reader, record),
        "warnings": [of_warning(one) for one in record.body.get("warnings") or []],
        "entry": entry,
        "size": reader.size(),
        "checkpoint": _covering(reader, record.index),
        "why_withheld": [why.as_json() for why in reasons_of(view.case.edition).of(record.index)],
    }


def _kind(kind: str) -> kinds.Kind | None:
    try:
        return kinds.kind_called(kind)
    except InputError:
        return None  # a kind that somebody else's package knows


def _links(reader: Reader, index: int) -> list[Link]:
    rows = reader.connection.execute(_LINKS, {"index": index, "most": LINKS + 1})
    return [Link(*row) for row in rows]


def _joins(reader: Reader, record: Record) -> dict[str, Any]:
    """What a link or a notice joins: relation, and both ends."""
    if (joined := reader.ends(record.index)) is None:
        return {}
    relation, from_, to = joined
    ends = {"relation": relation, "to": reader.record(to).id, "joins": [_about(reader, to)]}
    if from_ is None:
        return ends
    from_about = _about(reader, from_)
    return ends | {"from": from_about["id"], "joins": [from_about, *ends["joins"]]}


def _about(reader: Reader, index: int) -> dict[str, Any]:
    """A record in short, as far as it is disclosed."""
    record = reader.record(index)
    said = {name: record.body[name] for name in _ABOUT if record.body.get(name)}
    about = {"label": kinds.label_of(record.kind), "fields": said, "hidden": not record.body}
    return named(reader, record) | about


def _custody_of(reader: Reader, record: Record) -> list[dict[str, Any]]:
    """What an event of custody is about: the first `LINKS` records that it names."""
    named = record.body.get("subjects") if record.kind == "custody" else None
    places = (reader.place(str(id_)) for id_ in (named or [])[:LINKS])
    return [_about(reader, place.index) for place in places if place is not None]


def _values(record: Record, sealed: set[str]) -> list[dict[str, Any]]:
    """Every field that is sealed, in the order of its kind, those that it does not know last."""
    kind = _kind(record.kind)
    known = {field.name: field for field in (kind.fields if kind else RECORDED)}
    names = [name for name in known if name in sealed | record.body.keys()]
    names += sorted((sealed | record.body.keys()) - known.keys())
    return [_value(record, name, known.get(name)) for name in names]


def _value(record: Record, name: str, field: Field | None) -> dict[str, Any]:
    value = record.body.get(name)
    if name not in record.body:
        state = "erased" if record.erased else "withheld"
    else:
        state = "empty" if value in (None, "", []) else "disclosed"
    called = field.label if field else name.replace("_", " ")
    return {"name": name, "label": called, "state": state, "value": value}


def _joined(view: View, record: Record, links: list[Link]) -> list[dict[str, Any]]:
    """The records at the other ends of links, grouped by relation and direction."""
    reader = view.reader
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    again = to_look_at_again(reader.connection, (link.index for link in links))
    stands = view.case.edition is None and not reader.is_ended(record.index)
    for link in links:
        inward = link.from_ != record.index
        about = _about(reader, link.from_ if inward else link.to)
        there = groups.setdefault((link.relation, inward), [])
        linked = _about(reader, link.index) | {"look_again": link.index in again}
        linked["wants_note"] = stands and _wants_note(link, about, linked)
        there.append({"record": about, "link": linked})
    order = [(relation, inward) for relation in RELATIONS for inward in (False, True)]
    return [
        {"relation": relation, "called": CALLED[relation][inward], "records": groups[key]}
        for key in order
        if key in groups
        for relation, inward in (key,)
    ]


def _wants_note(link: Link, about: Mapping[str, Any], linked: Mapping[str, Any]) -> bool:
    """Whether the gate may ask of a link how the newsroom dealt with what it says."""
    stands = not (about["ended"] or linked["ended"] or linked["hidden"])
    return link.relation == "contradicts" and stands and not linked["fields"].get("note")


def _ends(reader: Reader, index: int) -> list[dict[str, Any]]:
    """What retracted or replaced a record, and still stands."""
    newest = max((one.size for one in reader.checkpoints()), default=None)

    def end(how: str, by: int, of: int) -> dict[str, Any]:
        uncovered = newest is not None and max(by, of) >= newest
        return {"how": how, "uncovered": uncovered, **_about(reader, by)}

    replacing = reader.connection.execute(
        "SELECT from_idx, idx FROM link WHERE to_idx = ? AND relation = 'replaces' ORDER BY idx",
        (index,),
    ).fetchall()
    return [end("retracted", one, one) for one in reader.retractions(index)] + [
        end("replaced", by, link) for by, link in replacing if not reader.retractions(link)
    ]


def _passage(reader: Reader, record: Record, *, compared: bool) -> Json:
    """The passage of evidence with the document that it stands in."""
    if not is_evidence(record.kind):
        return None
    artifact = record.body.get("artifact")
    place = reader.place(artifact) if isinstance(artifact, str) else None
    document = None if place is None else _about(reader, place.index)
    return passage(reader, record, compared=compared) | {"document": document}


def _signatures(record: Record) -> list[dict[str, Any]]:
    """The verdicts on an e-mail's signatures, each in a sentence, with all that it says."""
    verdicts = record.body.get("dkim") or []
    return [of_signature(one) for one in verdicts if isinstance(one, dict)]


def _covering(reader: Reader, index: int) -> int | None:
    """The size of the first checkpoint that covers an entry."""
    return next((one.size for one in reader.checkpoints() if one.size > index), None)
