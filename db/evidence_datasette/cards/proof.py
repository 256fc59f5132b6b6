"""The part of a card that is folded: digests, places in the log, and what came of the checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, digest, escaped, joined
from evidence_datasette.words.badges import outcome
from evidence_datasette.words.claim_words import further, integrity_words
from evidence_datasette.words.shown_text import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.answering.links import To

Json = dict[str, Any]


def proof(link: Json, to: To) -> Html:
    """What lets a reader check a link with its record and file elsewhere."""
    record = link["record"]
    parts = (("The record", record), ("The link", link), ("The file", record.get("document")))
    checked = joined(_checked(name, part) for name, part in parts if part)
    return Html(
        '<details class="proof">\n<summary>Digests, place in the log, checks</summary>\n'
        f'<dl class="fields">\n{joined(_places(link, record, to))}{checked}</dl>\n</details>\n'
    )


def _places(link: Json, record: Json, to: To) -> Iterator[Html]:
    document = record.get("document")
    if document and document["blake3"]:
        of = digest(document["blake3"], "BLAKE3 of the file")
        yield Html(f"<dt>BLAKE3 of the file</dt><dd>{of}</dd>\n")
    fields = Html(
        f'<a class="on-screen" href="{escaped(to.record(record["id"]))}">all its fields</a>'
    )
    yield Html(
        f"<dt>Record</dt><dd>{_entry(record, to)}, {digest(record['id'], 'id of the record')} "
        f"{fields}</dd>\n"
    )
    yield Html(
        f"<dt>Link</dt><dd>{_entry(link, to)}, {digest(link['id'], 'id of the link')}</dd>\n"
    )
    if document:
        id_ = digest(document["id"], "id of the file's record")
        yield Html(f"<dt>File</dt><dd>{_entry(document, to)}, {id_}</dd>\n")
    if fragments := record.get("fragments"):
        spans = joined((Html(f"{one['start']:,}–{one['end']:,}") for one in fragments), ", ")
        yield Html(f"<dt>Characters</dt><dd>{spans} of the file's text</dd>\n")
    if isinstance(record.get("fields"), Mapping):
        for name, value in further(record).items():
            called = escaped(name.replace("_", " "))
            yield Html(f'<dt>{called}</dt><dd dir="auto">{escaped(as_text(value))}</dd>\n')


def _entry(part: Json, to: To) -> Html:
    there = escaped(to.entry(part["index"]))
    return Html(f'<a href="{there}">entry {part["index"]:,}</a> of the log')


def _checked(name: str, part: Json) -> Html:
    integrity = part["integrity"]
    found = joined(
        Html(f'<li>{outcome(one["outcome"])} <span dir="auto">{escaped(one["detail"])}</span></li>')
        for one in integrity["findings"]
    )
    findings = Html(f'<ul class="findings">{found}</ul>') if found else NONE
    return Html(
        f"<dt>{escaped(name)}</dt><dd>{outcome(integrity['outcome'])} "
        f"{escaped(integrity_words(integrity))}\n{findings}</dd>\n"
    )
