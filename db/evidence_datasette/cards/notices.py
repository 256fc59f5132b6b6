"""What became of a record, as several pages show it: ended, erased, amended, reviewed, linked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, escaped, filters, isolated, joined, short
from evidence_datasette.graph.timeline import date_words
from evidence_datasette.words.shown_text import as_text, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_datasette.answering.links import To
    from evidence_datasette.words.shown_text import Piece

Json = dict[str, Any]
_STALE = 5
"""Entries that are named which came after a review."""
_UNCOVERED = Html('<span class="uncovered">not covered by a checkpoint</span>')


def time(value: object) -> Html:
    """A recorded moment in words, or what else stands in its place."""
    day = date_words(value)
    if isinstance(value, str) and value[10:11] == "T" and value[-1:] == "Z" and day != value:
        return Html(f"{escaped(day)}, {escaped(value[11:-1])} UTC")
    return escaped(value)


def uncovered(part: Json, before: str = "") -> Html:
    """That no checkpoint covers it yet."""
    return Html(f"{escaped(before)}{_UNCOVERED}") if part.get("uncovered") else NONE


def pieces(found: Iterable[Piece]) -> Html:
    """Text in which what was looked for is marked."""
    return joined(
        Html(f"<mark>{quoted(one['text'])}</mark>") if one["marked"] else quoted(one["text"])
        for one in found
    )


def ended(part: Json, to: To) -> Html:
    """That a record was retracted or replaced."""
    said, how = NONE, part.get("ended")
    if isinstance(how, Mapping) and how["how"] == "retracted":
        since = uncovered(dict(how), "; ")
        said = Html(f'<span class="ended">retracted: {escaped(how["reason"])}{since}</span>')
    elif isinstance(how, Mapping):
        by = Html(f'<a href="{escaped(to.record(how["by"]))}">{escaped(how["by"][:8])}</a>')
        said = Html(f'<span class="ended">replaced by {by}{uncovered(dict(how), "; ")}</span>')
    elif how:
        said = Html('<span class="ended">no longer counts</span>')
    erased = Html(' <span class="ended">erased</span>') if part.get("erased") else NONE
    return Html(f"{said}{erased}")


def erased(part: Json, to: To) -> Html:
    """That what was recorded was destroyed, and why."""
    if not (by := part.get("erased")):
        return NONE
    when = Html(f" {time(by['at'])}") if by["at"] else NONE
    return Html(
        '<p class="withheld"><span class="ended">erased</span> What was recorded here was '
        f'destroyed{when}, says <a href="{escaped(to.record(by["id"]))}">entry {by["index"]:,}'
        f"</a>: {isolated(by['reason'] or 'the reason is withheld')} {uncovered(by)} "
        "Its entry stays in the log, with a commitment that shows nothing of it.</p>"
    )


def amended(changes: Mapping[str, Json] | None, to: To) -> Html:
    """What was corrected of a record, and what it was before."""
    return joined(_amended(name, one, to) for name, one in (changes or {}).items())


def _amended(name: str, one: Json, to: To) -> Html:
    when = Html(f", {time(one['at'])}") if one["at"] else NONE
    by = isolated(one["by"] or "somebody whose name is withheld")
    since = Html("; not covered by a checkpoint") if one.get("uncovered") else NONE
    was = Html("empty")
    if one["was"] is not None and one["was"] != "":
        was = Html(f'<q dir="auto">{escaped(as_text(one["was"]))}</q>')
    return Html(
        f'<details class="amended"><summary>{escaped(name.replace("_", " "))} amended{when}, '
        f"by {by}{since}</summary>\n"
        f"<p>Before, it was {was}. Why: {isolated(one['reason'] or 'the reason is withheld')} "
        f'<a href="{escaped(to.record(one["id"]))}">The amendment</a></p></details>\n'
    )


def linked_by(who: object, when: object, why: object) -> Html:
    """Who linked a record to another, as far as it is disclosed."""
    if not (who or when or why):
        return NONE
    by = Html(f" by {isolated(who)}") if who else NONE
    at = Html(f"{', ' if who else ' '}{time(when)}") if when else NONE
    note = Html(f' <span dir="auto">{escaped(why)}</span>') if why else NONE
    end = ":" if why else "."
    return Html(
        f'<p class="note"><span class="label">Linked{by}{at}{escaped(end)}</span>{note}</p>'
    )


def reviews(found: Iterable[Json], to: To) -> Html:
    """Who looked at a claim or a passage, and whether that stands."""
    standing = (one for one in found if not one.get("replaced") and not one.get("taken_back"))
    return joined(_review(one, to) for one in standing)


def _review(one: Json, to: To) -> Html:
    name = "note" if one["stands"] and one["verdict"] == "approved" else "caution"
    who = isolated(one["reviewer"] or "somebody whose name is withheld")
    when = Html(f", {time(one['at'])}") if one["at"] else NONE
    note = Html(f' – <span dir="auto">{escaped(one["note"])}</span>') if one["note"] else NONE
    about = joined((_retracted(one), _signature(one), _stale(one, to)))
    return Html(
        f'<p class="{escaped(name)}">Looked at by {who}{when}: '
        f'<a href="{escaped(to.record(one["id"]))}"><b>{escaped(one["verdict"])}</b></a>'
        f"{note}{about}.</p>\n"
    )


def _retracted(one: Json) -> Html:
    if not one.get("ended"):
        return NONE
    by = joined((isolated(each["by"] or "somebody") for each in one["retracted"]), " and ")
    objects = "which takes no objection back" if one["objects"] else "so it does not count"
    return Html(f"; retracted by {by}, {escaped(objects)}")


def _signature(one: Json) -> Html:
    if one.get("holds") is False:
        return Html("; its signature does not hold, so it does not count")
    return Html("; signed") if one.get("signed") else NONE


def _stale(one: Json, to: To) -> Html:
    if one["size"] is None:
        return Html("; which state they looked at is withheld")
    came: Sequence[int] = one["stale_by"] or ()
    if not came:
        return NONE
    named = joined(
        (
            Html(f'<a href="{escaped(to.entry(at))}">{escaped(what)} (entry {at:,})</a>')
            for at, what in zip(came[:_STALE], one["came_after"], strict=False)
        ),
        ", ",
    )
    more = Html(" and more") if len(came) > _STALE else NONE
    return Html(f"; stale, since {named}{more} came after: to be looked at again")


def why_ended(part: Json, what: str, to: To) -> Html:
    """Why a record of a card no longer counts."""
    if not (how := part.get("ended")):
        return NONE
    if how["how"] == "retracted":
        reason = escaped(how["reason"] or "the reason is withheld")
        said = Html(f'retracted: <span dir="auto">{reason}</span>')
    else:
        by = Html(f'<a href="{escaped(to.record(how["by"]))}">record {short(how["by"])}</a>')
        said = Html(f"replaced by {by}.")
    return Html(f'<p class="why">{escaped(what)} was {said} {uncovered(how)}</p>\n')


FILTERS = filters(
    time_html=time,
    uncovered_html=uncovered,
    pieces_html=pieces,
    ended_html=ended,
    erased_html=erased,
    amended_html=amended,
    linked_by_html=linked_by,
    reviews_html=reviews,
)
