"""A passage on its card: its words, how they compare, in other tongues, as the file shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_datasette.cards.html import NONE, Html, attribute, escaped, isolated, joined, short
from evidence_datasette.cards.notices import ended, pieces, reviews, time
from evidence_datasette.document.context import differs, in_context
from evidence_datasette.words.badges import outcome
from evidence_datasette.words.claim_words import comparison, is_silence, pictures
from evidence_datasette.words.mark_words import cautions, marks
from evidence_datasette.words.shown_text import as_text

if TYPE_CHECKING:
    from evidence_datasette.answering.links import To

Json = dict[str, Any]
_CAUTION = Html('<p class="caution">A person has to look at this before it is published.</p>\n')
_CHANGED = Html(
    ' <span class="why">That was found when it was recorded; now a check of it fails.</span>'
)
_IN_ITS_OWN = Html(
    '<p class="label">This passage, in its own language, is the evidence. It was translated:</p>\n'
)
_UNCHANGED = Html("unchanged since it was recorded. Nobody here has compared it with the original.")


def passage(record: Json) -> Html:
    """The words of a passage where they stand, and what is to be known of them."""
    found = in_context(record)
    where = "passage" if found else "passage unfound"
    words = pieces(found) if found else escaped(record["text"])
    recorded = _typed(record) if found and differs(record) else NONE
    return Html(
        f'<blockquote class="{escaped(where)}" dir="auto">{words}</blockquote>\n'
        f"{recorded}{_compared(record)}{_cautions(record)}{_marks(record)}"
    )


def _typed(record: Json) -> Html:
    return Html(
        '<p class="typed"><span class="label">Recorded as:</span> '
        f'<q dir="auto">{escaped(record["text"])}</q></p>\n'
    )


def _compared(record: Json) -> Html:
    match, status = record["match"] or {}, NONE
    name = match.get("status") if isinstance(match, dict) else None
    if name and not (is_silence(record) and name == "verbatim"):
        status = Html(f' <span class="label">({escaped(name)})</span>')
    outcomes = {part["integrity"]["outcome"] for part in (record, record["document"] or record)}
    changed = _CHANGED if match and "failed" in outcomes else NONE
    return Html(f'<p class="match">{escaped(comparison(record))}{status}{changed}</p>\n')


def _cautions(record: Json) -> Html:
    if not (careful := cautions(record)):
        return NONE
    listed = joined(Html(f"<li>{escaped(one)}</li>") for one in careful)
    return Html(f'<p class="label">To be known besides:</p><ul class="cautions">{listed}</ul>\n')


def _marks(record: Json) -> Html:
    if not (marked := marks(record)):
        return NONE
    listed = joined(
        Html(f'<span><span class="label">{escaped(name)}</span> <bdi>{time(detail)}</bdi></span> ')
        for name, detail in marked
    )
    return Html(f'<p class="marks">{listed}</p>\n')


def said_of(record: Json, to: To) -> Html:
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


def _flagged(flags: list[object] | None) -> Html:
    if not flags:
        return NONE
    return Html(
        '<p class="note"><span class="label">Flagged by whoever recorded it:</span> '
        f"<b>{escaped(', '.join(map(str, flags)))}</b></p>\n"
    )


def note(what: str, said: object) -> Html:
    """What somebody noted on a passage or a file."""
    if not said:
        return NONE
    return Html(
        f'<p class="note"><span class="label">{escaped(what)}:</span> '
        f'<span dir="auto">{escaped(as_text(said))}</span></p>\n'
    )


def tongues(record: Json, to: To) -> Html:
    """A passage's translations, or what it is a translation of."""
    into = joined(_translation(one, to) for one in record["translations"] or ())
    of = joined(_translated(one, to) for one in record["translates"] or ())
    return Html(f"{_IN_ITS_OWN if into else NONE}{into}{of}")


def _translation(one: Json, to: To) -> Html:
    language = one["language"]
    tongue = Html(f' lang="{attribute(language)}"') if language else NONE
    by = Html(f" by {isolated(one['translator'])}") if one["translator"] else NONE
    came = one["integrity"]["outcome"]
    return Html(
        f'<blockquote class="translation" dir="auto"{tongue}>'
        f"{escaped(one['text'] or 'The translation is withheld.')}</blockquote>\n"
        f'<p class="about">Into {escaped(language or "a language that is not told")}{by} · '
        f'<a href="{escaped(to.record(one["id"]))}">record {short(one["id"])}</a>, '
        f"{_UNCHANGED if came == 'holds' else outcome(came)} {ended(one, to)}</p>\n"
    )


def _translated(one: Json, to: To) -> Html:
    return Html(
        '<p class="label">This is a translation. The evidence is '
        f'<a href="{escaped(to.record(one["id"]))}">record {short(one["id"])}</a> '
        f"{ended(one, to)}:</p>\n"
        f'<blockquote class="translation" dir="auto">'
        f"{escaped(one['text'] or 'The passage is withheld.')}</blockquote>\n"
    )


def shown_as(record: Json, to: To) -> Html:
    """The pictures of a passage."""
    return joined(_picture(one, record["index"], to) for one in pictures(record))


def _picture(one: Json, index: int, to: To) -> Html:
    page, there = one.get("page"), escaped(to.picture(one["crop"], index))
    is_number = isinstance(page, int) and not isinstance(page, bool)
    on = Html(f" on page {escaped(page)}") if is_number else NONE
    of = Html(f", page {escaped(page)}") if is_number else NONE
    return Html(
        f'<figure class="crop"><a href="{there}"><img src="{there}" '
        f'alt="Picture of the passage{on}" loading="lazy"></a>\n'
        f"<figcaption>How the file shows it{of}</figcaption></figure>\n"
    )
