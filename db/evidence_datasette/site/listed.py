"""The pages of a site that list what Datasette pages one by one: the log, and what is withheld."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from evidence_chain.log.merkle import leaf_hash
from evidence_datasette.pages import withheld as served_withheld
from evidence_datasette.pages.log import log as served_log
from evidence_datasette.site.file_page import FilePage
from evidence_datasette.site.published import ENTRIES, page_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.site.file_page import ViewOf
    from evidence_datasette.site.published import Published


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
    every, size = sorted(known.withheld.values(), key=lambda one: one["idx"]), known.reader.size()
    pages = [(start, list(group)) for start, group in groupby(every, _page)]
    data = served_withheld.summed(known.reader, known.said) | {
        "pages": [{"start": start, "count": len(group)} for start, group in pages]
    }
    yield FilePage("withheld.html", "withheld.html", data, "withheld", done=size)
    for number, (start, group) in enumerate(pages):
        shown = {
            "start": start,
            "previous": pages[number - 1][0] if number else None,
            "next": pages[number + 1][0] if number + 1 < len(pages) else None,
            "records": [served_withheld.hidden(known.reader, one) for one in group],
        }
        name = f"withheld/{start}.html"
        yield FilePage(name, "site/withheld_entries.html", shown, "withheld", done=size)


def _page(one: dict[str, Any]) -> int:
    return page_start(one["idx"])
