"""What stands on every card: what sets it apart, what is withheld of it, and who linked it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evidence_datasette.cards.html import NONE, html, isolated, joined
from evidence_datasette.cards.notices import linked_by, uncovered, why_ended
from evidence_datasette.graph.outcomes import standings
from evidence_datasette.words.badges import outcome
from evidence_datasette.words.claim_words import titled, why_withheld
from evidence_datasette.words.shown_text import shown

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_LOOK_AGAIN = Markup(
    '<p class="caution">This link was carried from another wording of the claim. It is to be '
    "looked at again.</p>\n"
)


def standing(link: Json) -> Markup:
    """What sets a link apart, in a few words each."""
    return joined(
        html(
            f'<span class="standing {escape(one.name)}"><span aria-hidden="true">{escape(one.sign)}'
            f"</span> {shown(one.words)}</span> "
        )
        for one in standings(link)
    )


def withheld(link: Json) -> Markup:
    """What an edition withholds of a link's record."""
    said = why_withheld(link)
    return html(f'<p class="withheld">{isolated(said)}</p>\n') if said else NONE


def linked(link: Json, to: To) -> Markup:
    """Who linked a record, and what is to be known of that link."""
    why = link.get("withheld")
    return joined(
        (
            html(
                '<p class="withheld">Something of this link is withheld: '
                f"{isolated(why['reason'])}</p>\n"
            )
            if why
            else NONE,
            _uncovered(link, "This link"),
            _uncovered(link["record"], "This record"),
            why_ended(link, "This link", to),
            _LOOK_AGAIN if link.get("look_again") else NONE,
            linked_by(link["recorded_by"], link["recorded_at"], link["note"]),
        )
    )


def _uncovered(part: Json, name: str) -> Markup:
    if not part.get("uncovered"):
        return NONE
    return html(f'<p class="why">{escape(name)} is {uncovered(part)}.</p>\n')


def finding(one: Json) -> Markup:
    """A check that failed or could not be made, with what it is of."""
    of, said, shows = one["of"], NONE, NONE
    is_named = bool(of) and one["detail"].startswith(of.get("kind") or "link")
    if of and not is_named:
        said = html(f"{_leading(isolated(titled(of)), one['card'])}: ")
    if one["card"] and is_named:
        shows = html(f' <a class="on-screen" href="#link-{one["card"]:d}">Show it</a>')
    return html(
        f'<li>{outcome(one["outcome"])} {said}<span dir="auto">{shown(one["detail"])}</span>{shows} '
        f'<span class="about">What is checked: {escape(one["means"])}</span></li>'
    )


def _leading(called: Markup, card: int | None) -> Markup:
    return html(f'<a href="#link-{card:d}">{called}</a>') if card else called


FILTERS = {"finding_html": finding}
