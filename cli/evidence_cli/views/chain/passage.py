"""A passage of a chain for people: its words, their translations, where and how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.extract.stream import mark_words
from evidence_chain.text import STANDS
from evidence_chain.wording.moment import dated
from evidence_cli.terminal import flat, outcome, paint, wrapped
from evidence_cli.views.chain.ended import ended
from evidence_cli.views.records.erased import gone
from evidence_db.resolving.comparison import NOT_HERE

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_MARKS = {
    "ocr": "read off a picture by",
    "revisions": "changed after it was made:",
    "time": "spoken at second",
}
"""What is said instead of the name of a mark."""


def passage_lines(record: Json) -> Iterator[str]:
    """What a record of evidence says and where it stands, if its words are here."""
    said = record["fields"]
    yield from _words(record)
    yield from _tongues(record)
    yield _place(record)
    yield from _further(said)
    yield from _marked(said)
    yield from _signatures(record)
    yield from _answered(record)


def _words(record: Json) -> Iterator[str]:
    """The passage; if it differs from what the file says, both, and the file's words first."""
    exact = " … ".join(part["exact"] for part in record["fragments"])
    if record["match"] is None or record["match"].get("status") in STANDS:
        yield from wrapped(f"“{record['text']}”").splitlines()
        if record["match"] is None:
            yield "How it compares with the file is withheld."
        return
    yield paint("ALTERED: the words as recorded are not those of the file", fg="red", bold=True)
    yield from wrapped(f"the file says: “{exact}”").splitlines()
    yield from wrapped(f"recorded as:   “{record['text']}”").splitlines()


def _tongues(record: Json) -> Iterator[str]:
    """Translations of the passage, or what it translates: which one is the evidence."""
    for one in record["translations"]:
        by = f" by {flat(one['translator'])}" if one["translator"] else ""
        yield f"translated into {flat(one['language'] or '?')}{by} · {one['id'][:8]}{ended(one)}"
        yield from wrapped(f"“{one['text'] or gone(one, 'passage')}”", "  ").splitlines()
    if record["translations"]:
        yield "  The passage in its own language is the evidence."
    for one in record["translates"]:
        yield f"This is a translation. The evidence is {one['id'][:8]}{ended(one)}:"
        yield from wrapped(f"“{one['text'] or gone(one, 'passage')}”", "  ").splitlines()


def _marked(said: Json) -> Iterator[str]:
    """What the file marks where the passage stands, and the picture of it."""
    marks = [mark for mark in said.get("marks", ()) if isinstance(mark, dict)]
    for mark in (one for one in marks if not said.get(str(one.get("kind")))):
        kind = str(mark.get("kind"))
        yield f"{_MARKS.get(kind, f'{flat(kind)}:')} {flat(mark_words(kind, mark.get('detail')))}"
    for region in said.get("regions", ()):
        if isinstance(region, dict) and region.get("crop"):
            yield f"picture of it on page {region.get('page')}: {str(region['crop'])[:8]}…"


def _signatures(record: Json) -> Iterator[str]:
    if record["kind"] == "evidence/request-email":
        return  # it is the newsroom's own
    for one in record["fields"].get("dkim", ()):
        if isinstance(one, dict):
            from evidence_chain.mail import describe

            yield f"signature of {flat(describe(one))}"


def _answered(record: Json) -> Iterator[str]:
    for one in record["answers"]:
        about = " · ".join(map(flat, filter(None, (dated(one["date"]), one["subject"]))))
        yield f"answers {one['id'][:8]}{f' ({about})' if about else ''}{ended(one)}"


def _place(record: Json) -> str:
    where = ", ".join(f"{part['start']}–{part['end']}" for part in record["fragments"])
    match = record["match"] or {}
    notes = f" ({flat(', '.join(match['notes']))})" if match.get("notes") else ""
    status = flat(match.get("status", "unknown"))
    if record["kind"] == "evidence/no-response" and status in STANDS:
        status = "the head of the request"
    checked = outcome(record["integrity"]["outcome"])
    is_missed = record["integrity"]["outcome"] == "not-checked"
    if is_missed and record["match"] and not record["compared"]:
        checked = paint(NOT_HERE, fg="yellow")
    place = f"entry {record['index']} · {checked}"
    if not where:
        return place
    return f"stands at characters {where} · {status}{notes} · {place}"


def _further(said: Json) -> Iterator[str]:
    for name in (
        *("clause", "tender", "authority", "page", "subject", "until", "role"),
        *("flags", "note"),
    ):
        if value := said.get(name):
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"{name}: {flat(shown)}"
