"""All pages of a site, one after the other: from what data and with which template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.kinds import label_of
from evidence_datasette.document.marked_text import CHARACTERS
from evidence_datasette.document.record import told_of_record
from evidence_datasette.pages.claims import claim, claims
from evidence_datasette.pages.documents import document
from evidence_datasette.pages.search import called
from evidence_datasette.site import listed
from evidence_datasette.site.file_page import FilePage, Found
from evidence_datasette.site.published import document_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_datasette.site.file_page import ViewOf
    from evidence_datasette.site.published import Published
    from evidence_db.reading.records import Record

CLAIMS = 25
"""Claims on a page of the index."""


def pages(known: Published, view: ViewOf) -> Iterator[FilePage]:
    """Every page but that of the search; no two are held at once."""
    yield from _index(known, view)
    for index in range(known.reader.size()):
        if not known.hides(index):
            yield from _of_record(known, view, known.reader.record(index))
    yield from listed.log(known, view)
    yield from listed.withheld(known)


def _index(known: Published, view: ViewOf) -> Iterator[FilePage]:
    """The published claims, the last recorded first."""
    rows = known.reader.connection.execute(
        "SELECT idx FROM claim WHERE statement IS NOT NULL ORDER BY idx DESC"
    )
    there = [index for (index,) in rows]
    every = known.reader.connection.execute("SELECT count(*) FROM claim").fetchone()[0]
    for start in range(0, max(1, len(there)), CLAIMS):
        shown = there[start : start + CLAIMS]
        name = f"claims/before-{there[start - 1]}.html" if start else "index.html"
        data = claims.told(view(name), shown) | {
            "withheld": every - len(there),
            "before": shown[-1] if start + CLAIMS < len(there) else None,
            "words": "",
            "status": None,
            "orders": claims.ORDERS,
            "order": claims.ORDERS[0],
        }
        yield FilePage(name, "claims.html", data, "claims")


def _of_record(known: Published, view: ViewOf, record: Record) -> Iterator[FilePage]:
    id_, index = record.id, record.index
    name = f"record/{id_}.html"
    found = {}
    if record.kind == "original" or (is_evidence(record.kind) and record.body.get("text")):
        found[name] = _found(record)
    data = told_of_record(view(name, id_))
    yield FilePage(name, "record.html", data, "record", found=found, done=index)
    if id_ in known.claims:
        name = f"claim/{id_}.html"
        data = claim.read(view(name, id_))
        yield FilePage(name, "claim.html", data, "claim", found={name: _found(record)})
        name = f"card/{id_}.html"
        yield FilePage(name, "site/card.html", data, "card")
    if record.kind == "artifact":
        yield from _document(known, view, record)


def _document(known: Published, view: ViewOf, record: Record) -> Iterator[FilePage]:
    """The pages of a file: for each part of each of its texts, and for further passages."""
    id_, place = record.id, known.reader.place(record.id)
    texts = known.stretches(id_, place) if place else {}
    for number, (text, count) in enumerate((texts or {"": 1}).items()):
        for stretch in range(count):
            name = document_name(id_, text if number else "", stretch)
            asked: dict[str, object] = {"at": stretch * CHARACTERS} if stretch else {}
            asked |= {"text": text} if number else {}
            page = _part(view, record, name, asked)
            yield page
            if not asked:
                yield from _further(view, record, page.data["passages_after"])


def _further(view: ViewOf, record: Record, after: int | None) -> Iterator[FilePage]:
    while after:
        name = document_name(record.id, after=after)
        page = _part(view, record, name, {"after": after})
        yield page
        after = page.data["passages_after"]


def _part(view: ViewOf, record: Record, name: str, asked: Mapping[str, object]) -> FilePage:
    data = document.read(view(name, record.id, **asked))
    text = data["text"] or {}
    found = Found(label_of(record.kind), called(record), f"{called(record)} {text.get('part', '')}")
    if text.get("length", 0) > CHARACTERS:
        span = f", characters {text['start']:,}–{text['end']:,}"
        found = found._replace(title=found.title + span)
    there = {} if "after" in asked else {name: found}
    written = {key: str(value) for key, value in asked.items()}
    return FilePage(name, "document.html", data, "document", written, there)


def _found(record: Record) -> Found:
    body = record.body
    names = ("statement", "slug", "text", "title", "speaker", "sender", "recipient", "subject")
    words = [str(body[name]) for name in names if body.get(name)]
    return Found(label_of(record.kind), called(record), " ".join(words))
