"""The part of a card that is folded: digests, places in the log, and what came of the checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evidence_datasette.cards.html import NONE, html, joined
from evidence_datasette.words.badges import digest, outcome
from evidence_datasette.words.claim_words import further, integrity_words
from evidence_datasette.words.shown_text import as_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.answering.links import To

Json = dict[str, Any]


def proof(link: Json, to: To) -> Markup:
    """What lets a reader check a link with its record and file elsewhere."""
    record = link["record"]
    parts = (("The record", record), ("The link", link), ("The file", record.get("document")))
    checked = joined(_checked(name, part) for name, part in parts if part)
    return html(
        '<details class="proof">\n<summary>Digests, place in the log, checks</summary>\n'
        f'<dl class="fields">\n{joined(_places(link, record, to))}{checked}</dl>\n</details>\n'
    )


def _places(link: Json, record: Json, to: To) -> Iterator[Markup]:
    document = record.get("document")
    if document and document["blake3"]:
        of = digest(document["blake3"], "BLAKE3 of the file")
        yield html(f"<dt>BLAKE3 of the file</dt><dd>{of}</dd>\n")
    fields = html(f'<a class="on-screen" href="{escape(to.record(record["id"]))}">all its fields</a>')
    yield html(
        f"<dt>Record</dt><dd>{_entry(record, to)}, {digest(record['id'], 'id of the record')} "
        f"{fields}</dd>\n"
    )
    yield html(f"<dt>Link</dt><dd>{_entry(link, to)}, {digest(link['id'], 'id of the link')}</dd>\n")
    if document:
        id_ = digest(document["id"], "id of the file's record")
        yield html(f"<dt>File</dt><dd>{_entry(document, to)}, {id_}</dd>\n")
    if fragments := record.get("fragments"):
        spans = joined((html(f"{one['start']:,}–{one['end']:,}") for one in fragments), ", ")
        yield html(f"<dt>Characters</dt><dd>{spans} of the file's text</dd>\n")
    if isinstance(record.get("fields"), Mapping):
        for name, value in further(record).items():
            called = shown(name.replace("_", " "))
            yield html(f'<dt>{called}</dt><dd dir="auto">{shown(as_text(value))}</dd>\n')


def _entry(part: Json, to: To) -> Markup:
    there = escape(to.entry(part["index"]))
    return html(f'<a href="{there}">entry {part["index"]:,}</a> of the log')


def _checked(name: str, part: Json) -> Markup:
    integrity = part["integrity"]
    found = joined(
        html(f'<li>{outcome(one["outcome"])} <span dir="auto">{shown(one["detail"])}</span></li>')
        for one in integrity["findings"]
    )
    findings = html(f'<ul class="findings">{found}</ul>') if found else NONE
    return html(
        f"<dt>{escape(name)}</dt><dd>{outcome(integrity['outcome'])} "
        f"{shown(integrity_words(integrity))}\n{findings}</dd>\n"
    )
