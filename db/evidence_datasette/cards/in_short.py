"""A link to a claim in one line: folded, in the table of the drawing, or below another claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, cut, escaped, filters, isolated, joined
from evidence_datasette.graph.outcomes import standings
from evidence_datasette.graph.timeline import date_words
from evidence_datasette.words.badges import kind
from evidence_datasette.words.claim_words import name_of, whence, who

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_CLAIM, _PASSAGE = 120, 90
"""Characters of what is folded that are shown."""
_UNCOUNTED = Html(' <span class="about">does not count</span>')


def named(record: Json) -> Html:
    """Who speaks in a passage, else what kind of record it is."""
    return isolated(who(record) or kind(record["kind"]))


def gone_or_said(record: Json) -> str:
    """The statement of a claim, or why there is none."""
    gone = "that was erased" if record["erased"] else "whose statement is withheld"
    return str(record["statement"] or f"a claim {gone}")


def folded(link: Json) -> Html:
    """What a folded card says of its record."""
    record = link["record"]
    counts = NONE if link["counts"] else _UNCOUNTED
    if record["kind"] == "claim":
        said = cut(record["statement"] or "a claim whose statement is not shown", _CLAIM, "...")
        return Html(f"{isolated(said)}{counts}")
    date, text = record["fields"].get("date"), record["text"]
    when = Html(f"{escaped(date_words(date))} · ") if date else NONE
    quoted = Html(f'<q dir="auto">{escaped(cut(text, _PASSAGE))}</q>') if text else NONE
    about = quoted or escaped(kind(record["kind"]))
    return Html(f'{named(record)} <span class="about">{when}{about}</span>{counts}')


def row(link: Json, to: To) -> Html:
    """A link as a row of the table that says what the drawing shows."""
    record = link["record"]
    is_claim = record["kind"] == "claim"
    called = isolated(gone_or_said(record)) if is_claim else named(record)
    sets_apart = joined(Html(f"; {escaped(one.words)}") for one in standings(link))
    about = _about_claim(record, to) if is_claim else _about_passage(record)
    return Html(
        f'<tr><th scope="row"><a href="#link-{link["index"]:d}">{called}</a></th>\n'
        f"<td>{escaped(link['relation'])} it{sets_apart}</td>\n{about}</tr>\n"
    )


def _about_claim(record: Json, to: To) -> Html:
    there = escaped(to.claim(record["slug"], record["id"]))
    return Html(
        f'<td colspan="2">a claim, {escaped(record["status"])}: '
        f'<a href="{there}">what it rests on</a></td>'
    )


def _about_passage(record: Json) -> Html:
    file = Html("erased" if record["erased"] else "withheld")
    if document := record["document"]:
        file = isolated(name_of(document))
    roots = joined(
        (
            Html(f"{isolated(name_of(root))} ({escaped(whence(root, record))})")
            for root in record["roots"]
        ),
        "; ",
    )
    return Html(f"<td>{file}</td>\n<td>{roots}</td>")


FILTERS = filters(folded=folded, row=row)
