"""The pages of a site that list what Datasette pages one by one: the log, and what is withheld."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from evidence_chain.log.merkle import leaf_hash
from evidence_datasette.pages.log import log as served_log
from evidence_datasette.site.file_page import FilePage
from evidence_datasette.site.published import ENTRIES, page_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.site.file_page import ViewOf
    from evidence_datasette.site.published import Published
    from evidence_db.reading.records import Record


_OF_FILE = "SELECT idx FROM artifact WHERE blake3 = ? LIMIT 1"
_OF_TEXT = "SELECT artifact_idx FROM evidence WHERE extracted = ? LIMIT 1"


def log(known: Published, view: ViewOf) -> Iterator[FilePage]:
    """The log with its checkpoints, and the pages of its entries, the first of them first."""
    size = known.reader.size()
    starts = list(range(0, size, ENTRIES))
    stretches = [(start, min(start + ENTRIES, size)) for start in starts]
    data = served_log.read(view("log.html")) | {"stretches": stretches[::-1]}
    yield FilePage("log.html", "log.html", data, "log", done=size)
    for start, stop in stretches:
        entries = [_entry(known, index) for index in range(start, stop)]
        data = {"start": start, "stop": stop, "size": size, "entries": entries}
        data |= {"previous": start - ENTRIES if start else None}
        data |= {"next": stop if stop < size else None}
        yield FilePage(f"log/{start}.html", "site/entries.html", data, "log", done=size)


def _entry(known: Published, index: int) -> dict[str, Any]:
    entry = known.reader.row(index).entry
    listed = served_log.entry(known.reader, index)
    return listed | {
        "said": served_log.said_of(known.reader, listed),
        "entry": entry,
        "leaf": leaf_hash(entry.encode()).hex(),
        "hidden": known.hides(index),
    }


def withheld(known: Published) -> Iterator[FilePage]:
    """What is withheld, in all and entry by entry, each with its reason."""
    said, size = known.said, known.reader.size()
    every = sorted(known.withheld.values(), key=lambda one: one["idx"])
    pages = [(start, list(group)) for start, group in groupby(every, _page)]
    reasons = Counter((one["reason"], one["fields"] is None) for one in every)
    summed = sorted({reason for reason, _ in reasons})
    data = {
        "counts": said["counts"],
        "everywhere": said["everywhere"],
        "reasons": [
            {"reason": one, "whole": reasons[one, True], "partly": reasons[one, False]}
            for one in summed
        ],
        "absent": [one | _file_of(known, one["blake3"]) for one in said["absent"]],
        "overridden": [
            one | _subject_of(known, one["subject"])
            for one in said["gate"]
            if one["outcome"] == "overridden"
        ],
        "pages": [{"start": start, "count": len(group)} for start, group in pages],
    }
    yield FilePage("withheld.html", "site/withheld.html", data, "withheld", done=size)
    for number, (start, group) in enumerate(pages):
        shown = {
            "start": start,
            "previous": pages[number - 1][0] if number else None,
            "next": pages[number + 1][0] if number + 1 < len(pages) else None,
            "records": [_hidden(known, one) for one in group],
        }
        name = f"withheld/{start}.html"
        yield FilePage(name, "site/withheld_entries.html", shown, "withheld", done=size)


def _file_of(known: Published, digest: str) -> dict[str, Any]:
    """Which file a digest is of, and what that is called as far as that is disclosed."""
    for query, is_text in ((_OF_FILE, False), (_OF_TEXT, True)):
        row = known.reader.connection.execute(query, (digest,)).fetchone()
        if row is not None and row[0] is not None:
            record = known.reader.record(row[0])
            return {"id": record.id, "called": _called(record), "is_text": is_text}
    return {"id": None, "called": "", "is_text": False}


def _subject_of(known: Published, id_: str | None) -> dict[str, Any]:
    """What a rule was asked of: its kind, and what it is called as far as that is disclosed."""
    place = known.reader.place(id_) if id_ else None
    if place is None:
        return {"kind": None, "called": ""}
    return {"kind": place.kind, "called": _called(known.reader.record(place.index))}


def _called(record: Record) -> str:
    names = ("slug", "title", "filename")
    return next((str(record.body[one]) for one in names if record.body.get(one)), record.id[:8])


def _page(one: dict[str, Any]) -> int:
    return page_start(one["idx"])


def _hidden(known: Published, one: dict[str, Any]) -> dict[str, Any]:
    row = known.reader.row(one["idx"])
    return one | {"id": row.id, "kind": known.reader.record(one["idx"]).kind}
