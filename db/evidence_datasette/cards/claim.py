"""The card of a claim that speaks to another: what it says, and what speaks to it in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evidence_datasette.cards.html import NONE, cut, html, isolated, joined
from evidence_datasette.cards.linked import linked, standing, withheld
from evidence_datasette.cards.notices import erased, why_ended
from evidence_datasette.cards.proof import proof
from evidence_datasette.words.badges import kind, status
from evidence_datasette.words.claim_words import who
from evidence_datasette.words.shown_text import shown

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


def about_claim(link: Json, to: To) -> Markup:
    """What the card of a claim shows."""
    record = link["record"]
    there = escape(to.claim(record["slug"], record["id"]))
    gone = "was erased" if record["erased"] else "is withheld"
    said = shown(record["statement"] or f"A claim whose statement {gone}")
    return html(
        f'<h3 dir="auto"><a href="{there}">{said}</a></h3>\n'
        f'<p class="about">A claim, {escape(link["relation"])} it {standing(link)}</p>\n'
        f"{withheld(link)}{why_ended(record, 'The claim', to)}{erased(record, to)}\n"
        f"{linked(link, to)}\n"
        f"<p>{status(record['status'])} by what speaks to it in turn:</p>\n"
        f"{_in_turn(link)}"
        f'<p class="on-screen"><a class="go" href="{there}">All that this claim rests on</a></p>\n'
        f"{proof(link, to)}"
    )


def _in_turn(link: Json) -> Markup:
    chain, left_out = link["chain"], link["left_out"]
    if not chain:
        return html(f"<p>{escape(_LEFT_OUT[left_out] if left_out else 'Nothing does.')}</p>\n")
    left = len(chain) - _SHOWN
    more = html(f"<p>{left:,} more speak to it.</p>\n") if left > 0 else NONE
    return html(f'<ul class="nested">\n{joined(map(_further, chain[:_SHOWN]))}</ul>\n{more}')


def _further(link: Json) -> Markup:
    relation = escape(link["relation"])
    classes = NONE if link["counts"] else Markup(" is-ended")
    return html(
        f'<li class="{relation}{classes}"><span class="label">{relation}:</span>\n'
        f"{_in_short(link['record'])}\n{standing(link)}</li>\n"
    )


def _in_short(record: Json) -> Markup:
    if record["kind"] == "claim":
        gone = "that was erased" if record["erased"] else "whose statement is withheld"
        said = shown(record["statement"] or f"a claim {gone}")
        return html(f'<span dir="auto">{said}</span>')
    by = isolated(who(record) or kind(record["kind"]))
    if not record["text"]:
        return by
    return html(f'{by}: <q dir="auto">{shown(cut(record["text"], _LONGEST))}</q>')
