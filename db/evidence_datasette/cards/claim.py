"""The card of a claim that speaks to another: what it says, and what speaks to it in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, cut, escaped, joined
from evidence_datasette.cards.in_short import gone_or_said, named
from evidence_datasette.cards.linked import linked, standing, withheld
from evidence_datasette.cards.notices import erased, why_ended
from evidence_datasette.cards.proof import proof
from evidence_datasette.words.badges import status

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_SHOWN = 8
"""Links to it of which its card tells; the others are on its page."""
_LONGEST = 180
"""Characters of a passage that are shown in one line."""
_LEFT_OUT = {
    "shown-already": "What does is shown elsewhere on this page.",
    "too-deep": "What does is shown on the page of that claim.",
}


def about_claim(link: Json, to: To) -> Html:
    """What the card of a claim shows."""
    record = link["record"]
    there = escaped(to.claim(record["slug"], record["id"]))
    gone = "was erased" if record["erased"] else "is withheld"
    said = escaped(record["statement"] or f"A claim whose statement {gone}")
    return Html(
        f'<h3 dir="auto"><a href="{there}">{said}</a></h3>\n'
        f'<p class="about">A claim, {escaped(link["relation"])} it {standing(link)}</p>\n'
        f"{withheld(link)}{why_ended(record, 'The claim', to)}{erased(record, to)}\n"
        f"{linked(link, to)}\n"
        f"<p>{status(record['status'])} by what speaks to it in turn:</p>\n"
        f"{_in_turn(link)}"
        f'<p class="on-screen"><a class="go" href="{there}">All that this claim rests on</a></p>\n'
        f"{proof(link, to)}"
    )


def _in_turn(link: Json) -> Html:
    chain, left_out = link["chain"], link["left_out"]
    if not chain:
        return Html(f"<p>{escaped(_LEFT_OUT[left_out] if left_out else 'Nothing does.')}</p>\n")
    left = len(chain) - _SHOWN
    more = Html(f"<p>{left:,} more speak to it.</p>\n") if left > 0 else NONE
    return Html(f'<ul class="nested">\n{joined(map(_further, chain[:_SHOWN]))}</ul>\n{more}')


def _further(link: Json) -> Html:
    relation = escaped(link["relation"])
    classes = NONE if link["counts"] else Html(" is-ended")
    return Html(
        f'<li class="{relation}{classes}"><span class="label">{relation}:</span>\n'
        f"{_in_short(link['record'])}\n{standing(link)}</li>\n"
    )


def _in_short(record: Json) -> Html:
    if record["kind"] == "claim":
        return Html(f'<span dir="auto">{escaped(gone_or_said(record))}</span>')
    by = named(record)
    if not record["text"]:
        return by
    return Html(f'{by}: <q dir="auto">{escaped(cut(record["text"], _LONGEST))}</q>')
