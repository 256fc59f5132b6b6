"""A passage on its card: its words, how they compare, in other tongues, as the file shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evidence_datasette.cards.html import NONE, attribute, html, isolated, joined, short
from evidence_datasette.cards.notices import ended, pieces, reviews, time
from evidence_datasette.document.context import differs, in_context
from evidence_datasette.words.badges import outcome
from evidence_datasette.words.claim_words import comparison, is_silence, pictures
from evidence_datasette.words.mark_words import cautions, marks
from evidence_datasette.words.shown_text import as_text, shown

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_CAUTION = Markup('<p class="caution">A person has to look at this before it is published.</p>\n')
_CHANGED = Markup(
    ' <span class="why">That was found when it was recorded; now a check of it fails.</span>'
)
_IN_ITS_OWN = Markup(
    '<p class="label">This passage, in its own language, is the evidence. It was translated:</p>\n'
)
_UNCHANGED = Markup(
    "unchanged since it was recorded. Nobody here has compared it with the original."
)


def passage(record: Json) -> Markup:
    """The words of a passage where they stand, and what is to be known of them."""
    found = in_context(record)
    where = "passage" if found else "passage unfound"
    words = pieces(found) if found else shown(record["text"])
    typed = shown(record["text"]) if found and differs(record) else None
    recorded = (
        NONE
        if typed is None
        else html(
            '<p class="typed"><span class="label">Recorded as:</span> '
            f'<q dir="auto">{typed}</q></p>\n'
        )
    )
    return html(
        f'<blockquote class="{escape(where)}" dir="auto">{words}</blockquote>\n'
        f"{recorded}{_compared(record)}{_cautions(record)}{_marks(record)}"
    )


def _compared(record: Json) -> Markup:
    match, status = record["match"] or {}, NONE
    name = match.get("status") if isinstance(match, dict) else None
    if name and not (is_silence(record) and name == "verbatim"):
        status = html(f' <span class="label">({shown(name)})</span>')
    outcomes = {part["integrity"]["outcome"] for part in (record, record["document"] or record)}
    changed = _CHANGED if match and "failed" in outcomes else NONE
    return html(f'<p class="match">{shown(comparison(record))}{status}{changed}</p>\n')


def _cautions(record: Json) -> Markup:
    if not (careful := cautions(record)):
        return NONE
    listed = joined(html(f"<li>{shown(one)}</li>") for one in careful)
    return html(
        f'<p class="label">To be known besides:</p><ul class="cautions">{listed}</ul>\n'
    )


def _marks(record: Json) -> Markup:
    if not (marked := marks(record)):
        return NONE
    listed = joined(
        html(f'<span><span class="label">{shown(name)}</span> <bdi>{time(detail)}</bdi></span> ')
        for name, detail in marked
    )
    return html(f'<p class="marks">{listed}</p>\n')


def said_of(record: Json, to: To) -> Markup:
    """What people said of a passage: who looked at it, flags and notes."""
    fields = record["fields"]
    caution = _CAUTION if record.get("sign_off") and not record.get("signed_off") else NONE
    return joined(
        (
            caution,
            reviews(record["reviews"] or (), to),
            _flagged(fields.get("flags")),
            note("Note on the passage", fields.get("note")),
        )
    )


def _flagged(flags: list[object] | None) -> Markup:
    if not flags:
        return NONE
    return html(
        '<p class="note"><span class="label">Flagged by whoever recorded it:</span> '
        f"<b>{shown(', '.join(map(str, flags)))}</b></p>\n"
    )


def note(what: str, said: object) -> Markup:
    """What somebody noted on a passage or a file."""
    if not said:
        return NONE
    return html(
        f'<p class="note"><span class="label">{escape(what)}:</span> '
        f'<span dir="auto">{shown(as_text(said))}</span></p>\n'
    )


def tongues(record: Json, to: To) -> Markup:
    """A passage's translations, or what it is a translation of."""
    into = joined(_translation(one, to) for one in record["translations"] or ())
    of = joined(_translated(one, to) for one in record["translates"] or ())
    return html(f"{_IN_ITS_OWN if into else NONE}{into}{of}")


def _translation(one: Json, to: To) -> Markup:
    language = one["language"]
    tongue = html(f' lang="{attribute(language)}"') if language else NONE
    by = html(f" by {isolated(one['translator'])}") if one["translator"] else NONE
    came = one["integrity"]["outcome"]
    return html(
        f'<blockquote class="translation" dir="auto"{tongue}>'
        f"{shown(one['text'] or 'The translation is withheld.')}</blockquote>\n"
        f'<p class="about">Into {shown(language or "a language that is not told")}{by} · '
        f'<a href="{escape(to.record(one["id"]))}">record {short(one["id"])}</a>, '
        f"{_UNCHANGED if came == 'holds' else outcome(came)} {ended(one, to)}</p>\n"
    )


def _translated(one: Json, to: To) -> Markup:
    return html(
        '<p class="label">This is a translation. The evidence is '
        f'<a href="{escape(to.record(one["id"]))}">record {short(one["id"])}</a> '
        f"{ended(one, to)}:</p>\n"
        f'<blockquote class="translation" dir="auto">'
        f"{shown(one['text'] or 'The passage is withheld.')}</blockquote>\n"
    )


def shown_as(record: Json, to: To) -> Markup:
    """The pictures of a passage."""
    return joined(_picture(one, record["index"], to) for one in pictures(record))


def _picture(one: Json, index: int, to: To) -> Markup:
    page, there = one.get("page"), escape(to.picture(one["crop"], index))
    is_number = isinstance(page, int) and not isinstance(page, bool)
    on = html(f" on page {escape(page)}") if is_number else NONE
    of = html(f", page {escape(page)}") if is_number else NONE
    return html(
        f'<figure class="crop"><a href="{there}"><img src="{there}" '
        f'alt="Picture of the passage{on}" loading="lazy"></a>\n'
        f"<figcaption>How the file shows it{of}</figcaption></figure>\n"
    )
