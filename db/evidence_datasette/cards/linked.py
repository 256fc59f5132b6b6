"""What stands on every card: what sets it apart, what is withheld of it, and who linked it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, escaped, filters, isolated, joined
from evidence_datasette.cards.notices import linked_by, uncovered, why_ended
from evidence_datasette.graph.outcomes import standings
from evidence_datasette.words.badges import outcome
from evidence_datasette.words.claim_words import titled, why_withheld

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_LOOK_AGAIN = Html(
    '<p class="caution">This link was carried from another wording of the claim. It is to be '
    "looked at again.</p>\n"
)


def standing(link: Json) -> Html:
    """What sets a link apart, in a few words each."""
    return joined(
        Html(
            f'<span class="standing {escaped(one.name)}">'
            f'<span aria-hidden="true">{escaped(one.sign)}</span> {escaped(one.words)}</span> '
        )
        for one in standings(link)
    )


def withheld(link: Json) -> Html:
    """What an edition withholds of a link's record."""
    said = why_withheld(link)
    return Html(f'<p class="withheld">{isolated(said)}</p>\n') if said else NONE


def linked(link: Json, to: To) -> Html:
    """Who linked a record, and what is to be known of that link."""
    why = link.get("withheld")
    return joined(
        (
            Html(
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


def _uncovered(part: Json, name: str) -> Html:
    if not part.get("uncovered"):
        return NONE
    return Html(f'<p class="why">{escaped(name)} is {uncovered(part)}.</p>\n')


def finding(one: Json) -> Html:
    """A check that failed or could not be made, with what it is of."""
    of, said, shows = one["of"], NONE, NONE
    is_named = bool(of) and one["detail"].startswith(of.get("kind") or "link")
    if of and not is_named:
        said = Html(f"{_leading(isolated(titled(of)), one['card'])}: ")
    if one["card"] and is_named:
        shows = Html(f' <a class="on-screen" href="#link-{one["card"]:d}">Show it</a>')
    return Html(
        f"<li>{outcome(one['outcome'])} {said}"
        f'<span dir="auto">{escaped(one["detail"])}</span>{shows} '
        f'<span class="about">What is checked: {escaped(one["means"])}</span></li>'
    )


def _leading(called: Html, card: int | None) -> Html:
    return Html(f'<a href="#link-{card:d}">{called}</a>') if card else called


FILTERS = filters(finding_html=finding)
