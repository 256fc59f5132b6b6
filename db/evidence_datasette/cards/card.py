"""One link to a claim as a card: what it says, where that stands, and what was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.claim import about_claim
from evidence_datasette.cards.html import NONE, Html, escaped, filters, isolated, joined
from evidence_datasette.cards.linked import linked, standing, withheld
from evidence_datasette.cards.notices import amended, ended, erased, why_ended
from evidence_datasette.cards.passage import note, passage, said_of, shown_as, tongues
from evidence_datasette.cards.proof import proof
from evidence_datasette.graph.timeline import date_words
from evidence_datasette.words.badges import kind
from evidence_datasette.words.claim_words import name_of, signatures, who
from evidence_datasette.words.shown_text import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_WITHHELD = Html('<p class="withheld">The passage is withheld.</p>\n')
_NOT_TOLD = Html(
    '<p class="file"><span class="label">Which file it stands in is withheld.</span></p>\n'
)
_NOT_HELD = Html(
    ' <span class="standing not-held"><span aria-hidden="true">◌</span> original not held</span>'
)


def card(link: Json, to: To) -> Html:
    """A record or a claim that speaks to the claim of the page."""
    about = about_claim if link["record"]["kind"] == "claim" else about_passage
    classes = Html("card") if link["counts"] else Html("card is-ended")
    within: Html = about(link, to)
    return Html(
        f'<article class="{classes}" id="link-{link["index"]:d}" tabindex="-1">\n'
        f"{within}</article>\n"
    )


def about_passage(link: Json, to: To) -> Html:
    """What the card of a passage shows."""
    record = link["record"]
    amendments = amended(record.get("amended"), to)
    return joined(
        (
            _head(link),
            withheld(link) if record["withheld"] else NONE,
            why_ended(record, "This record", to),
            _words(record, to),
            said_of(record, to),
            amendments,
            tongues(record, to),
            linked(link, to),
            shown_as(record, to),
            *(_answers(one, to) for one in record["answers"] or ()),
            *map(_signed, signatures(record)),
            _file(record, to),
            *_whence(record, to),
            proof(link, to),
        )
    )


def _head(link: Json) -> Html:
    record, date = link["record"], link["record"]["fields"].get("date")
    role = record["fields"].get("role")
    as_role = Html(f", {isolated(as_text(role))}") if role else NONE
    when = Html(f" · {escaped(date_words(date))}") if date else NONE
    return Html(
        f"<h3>{isolated(who(record) or kind(record['kind']))}</h3>\n"
        f'<p class="about">{kind(record["kind"])}{as_role}{when} · {escaped(link["relation"])} it '
        f"{standing(link)}</p>\n"
    )


def _words(record: Json, to: To) -> Html:
    if record["erased"]:
        return erased(record, to)
    return _WITHHELD if record["text"] is None else passage(record)


def _answers(one: Json, to: To) -> Html:
    when = Html(f", {escaped(date_words(one['date']))}") if one["date"] else NONE
    return Html(
        f'<p>Answers <a href="{escaped(to.record(one["id"]))}">'
        f"{isolated(one['subject'] or one['id'][:8])}</a>{when} {ended(one, to)}</p>\n"
    )


def _signed(said: str) -> Html:
    return Html(
        f'<p class="signature"><span class="label">Signature of the e-mail</span> {isolated(said)}'
        "</p>\n"
    )


def _file(record: Json, to: To) -> Html:
    """The preserved file that a passage stands in."""
    if not (document := record["document"]):
        return _NOT_TOLD
    told = (document["publisher"], date_words(document["published"]))
    about = joined(Html(f", {isolated(value)}") for value in told if value)
    is_titled = document["filename"] and document["title"]
    called = (
        Html(f'<span class="about">({isolated(document["filename"])})</span>')
        if is_titled
        else NONE
    )
    absent = document.get("absent")
    left_out = (
        Html(
            '<p class="note">The file is not in this edition. It was left out: '
            f"{isolated(absent)}</p>\n"
        )
        if absent
        else NONE
    )
    there = escaped(to.document(document["id"]))
    return Html(
        f'<p class="file"><span class="label">In</span> '
        f'<a href="{there}">{isolated(name_of(document))}</a>{about}\n'
        f"{called}\n{_there(record, to)}</p>\n"
        f"{why_ended(document, 'The file', to)}{left_out}{amended(document.get('amended'), to)}"
        f"{note('Note on the file', document.get('note'))}"
    )


def _there(record: Json, to: To) -> Html:
    """The way to a passage in its document."""
    if not (fragments := record["fragments"]):
        return NONE
    document = to.document(record["document"]["id"], at=fragments[0]["start"])
    return Html(
        f'<span class="on-screen"> · <a href="{escaped(document)}#passage-{escaped(record["id"])}">'
        "Show it there</a></span>"
    )


def _whence(record: Json, to: To) -> Iterator[Html]:
    """What a passage or its file derives from."""
    direct, document = record["derives_from"] or [], record["document"] or {}
    for origin in direct + (document.get("derives_from") or []):
        yield _origin("Comes from" if origin in direct else "The file comes from", origin, to)


def _origin(how: str, origin: Json, to: To) -> Html:
    held = NONE if origin["held"] else _NOT_HELD
    return Html(
        f'<p class="origin"><span class="label">{escaped(how)}</span> '
        f'<a href="{escaped(to.of(origin["kind"], origin["id"]))}">{isolated(name_of(origin))}</a>'
        f"{held}</p>\n{why_ended(origin, 'That', to)}{amended(origin['amended'], to)}"
    )


FILTERS = filters(card=card)
