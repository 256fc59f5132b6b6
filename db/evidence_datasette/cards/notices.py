"""What became of a record, as several pages show it: ended, erased, amended, reviewed, linked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evidence_datasette.cards.html import NONE, html, isolated, joined, short
from evidence_datasette.graph.timeline import date_words
from evidence_datasette.words.shown_text import as_text, quoted, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_datasette.answering.links import To
    from evidence_datasette.words.shown_text import Piece

Json = dict[str, Any]
_STALE = 5
"""Entries that are named which came after a review."""
_UNCOVERED = Markup('<span class="uncovered">not covered by a checkpoint</span>')


def time(value: object) -> Markup:
    """A recorded moment in words, or what else stands in its place."""
    day = date_words(value)
    if isinstance(value, str) and value[10:11] == "T" and value[-1:] == "Z" and day != value:
        return html(f"{shown(day)}, {shown(value[11:-1])} UTC")
    return shown(value)


def uncovered(part: Json, before: str = "") -> Markup:
    """That no checkpoint covers it yet."""
    return html(f"{escape(before)}{_UNCOVERED}") if part.get("uncovered") else NONE


def pieces(found: Iterable[Piece]) -> Markup:
    """Text in which what was looked for is marked."""
    return joined(
        html(f"<mark>{quoted(one['text'])}</mark>") if one["marked"] else quoted(one["text"])
        for one in found
    )


def ended(part: Json, to: To) -> Markup:
    """That a record was retracted or replaced."""
    said, how = NONE, part.get("ended")
    if isinstance(how, Mapping) and how["how"] == "retracted":
        since = uncovered(dict(how), "; ")
        said = html(f'<span class="ended">retracted: {shown(how["reason"])}{since}</span>')
    elif isinstance(how, Mapping):
        by = html(f'<a href="{escape(to.record(how["by"]))}">{escape(how["by"][:8])}</a>')
        said = html(f'<span class="ended">replaced by {by}{uncovered(dict(how), "; ")}</span>')
    elif how:
        said = Markup('<span class="ended">no longer counts</span>')
    erased = Markup(' <span class="ended">erased</span>') if part.get("erased") else NONE
    return html(f"{said}{erased}")


def erased(part: Json, to: To) -> Markup:
    """That what was recorded was destroyed, and why."""
    if not (by := part.get("erased")):
        return NONE
    when = html(f" {time(by['at'])}") if by["at"] else NONE
    return html(
        '<p class="withheld"><span class="ended">erased</span> What was recorded here was '
        f'destroyed{when}, says <a href="{escape(to.record(by["id"]))}">entry {by["index"]:,}'
        f"</a>: {isolated(by['reason'] or 'the reason is withheld')} {uncovered(by)} "
        "Its entry stays in the log, with a commitment that shows nothing of it.</p>"
    )


def amended(changes: Mapping[str, Json] | None, to: To) -> Markup:
    """What was corrected of a record, and what it was before."""
    return joined(_amended(name, one, to) for name, one in (changes or {}).items())


def _amended(name: str, one: Json, to: To) -> Markup:
    when = html(f", {time(one['at'])}") if one["at"] else NONE
    by = isolated(one["by"] or "somebody whose name is withheld")
    since = Markup("; not covered by a checkpoint") if one.get("uncovered") else NONE
    was = Markup("empty")
    if one["was"] is not None and one["was"] != "":
        was = html(f'<q dir="auto">{shown(as_text(one["was"]))}</q>')
    return html(
        f'<details class="amended"><summary>{shown(name.replace("_", " "))} amended{when}, '
        f"by {by}{since}</summary>\n"
        f"<p>Before, it was {was}. Why: {isolated(one['reason'] or 'the reason is withheld')} "
        f'<a href="{escape(to.record(one["id"]))}">The amendment</a></p></details>\n'
    )


def linked_by(who: object, when: object, why: object) -> Markup:
    """Who linked a record to another, as far as it is disclosed."""
    if not (who or when or why):
        return NONE
    by = html(f" by {isolated(who)}") if who else NONE
    at = html(f"{', ' if who else ' '}{time(when)}") if when else NONE
    note = html(f' <span dir="auto">{shown(why)}</span>') if why else NONE
    end = ":" if why else "."
    return html(
        f'<p class="note"><span class="label">Linked{by}{at}{escape(end)}</span>{note}</p>'
    )


def reviews(found: Iterable[Json], to: To) -> Markup:
    """Who looked at a claim or a passage, and whether that stands."""
    standing = (one for one in found if not one.get("replaced") and not one.get("taken_back"))
    return joined(_review(one, to) for one in standing)


def _review(one: Json, to: To) -> Markup:
    name = "note" if one["stands"] and one["verdict"] == "approved" else "caution"
    who = isolated(one["reviewer"] or "somebody whose name is withheld")
    when = html(f", {time(one['at'])}") if one["at"] else NONE
    note = html(f' – <span dir="auto">{shown(one["note"])}</span>') if one["note"] else NONE
    about = joined((_retracted(one), _signature(one), _stale(one, to)))
    return html(
        f'<p class="{escape(name)}">Looked at by {who}{when}: '
        f'<a href="{escape(to.record(one["id"]))}"><b>{escape(one["verdict"])}</b></a>'
        f"{note}{about}.</p>\n"
    )


def _retracted(one: Json) -> Markup:
    if not one.get("ended"):
        return NONE
    by = joined((isolated(each["by"] or "somebody") for each in one["retracted"]), " and ")
    objects = "which takes no objection back" if one["objects"] else "so it does not count"
    return html(f"; retracted by {by}, {escape(objects)}")


def _signature(one: Json) -> Markup:
    if one.get("holds") is False:
        return Markup("; its signature does not hold, so it does not count")
    return Markup("; signed") if one.get("signed") else NONE


def _stale(one: Json, to: To) -> Markup:
    if one["size"] is None:
        return Markup("; which state they looked at is withheld")
    came: Sequence[int] = one["stale_by"] or ()
    if not came:
        return NONE
    named = joined(
        (
            html(f'<a href="{escape(to.entry(at))}">{shown(what)} (entry {at:,})</a>')
            for at, what in zip(came[:_STALE], one["came_after"], strict=False)
        ),
        ", ",
    )
    more = Markup(" and more") if len(came) > _STALE else NONE
    return html(f"; stale, since {named}{more} came after: to be looked at again")


def why_ended(part: Json, what: str, to: To) -> Markup:
    """Why a record of a card no longer counts."""
    if not (how := part.get("ended")):
        return NONE
    if how["how"] == "retracted":
        reason = shown(how["reason"] or "the reason is withheld")
        said = html(f'retracted: <span dir="auto">{reason}</span>')
    else:
        by = html(f'<a href="{escape(to.record(how["by"]))}">record {short(how["by"])}</a>')
        said = html(f"replaced by {by}.")
    return html(f'<p class="why">{escape(what)} was {said} {uncovered(how)}</p>\n')


FILTERS = {
    "time_html": time,
    "uncovered_html": uncovered,
    "pieces_html": pieces,
    "ended_html": ended,
    "erased_html": erased,
    "amended_html": amended,
    "linked_by_html": linked_by,
    "reviews_html": reviews,
}
