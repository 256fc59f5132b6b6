"""What an edition would disclose, claim by claim, for whoever is about to publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, say, wrapped
from evidence_cli.views.published.look_first import to_look_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.publishing.previewing import Part, Preview, Row

_CALLED = ("statement", "text", "title", "filename", "note", "reason")
_WORDS = 44
_COLOURS = {"disclosed": "green", "partly": "yellow", "withheld": "red"}


def as_json(found: Preview) -> dict[str, Any]:
    """All of it for programs."""
    selection = found.selection
    return {
        "counts": dict(found.counts),
        "everywhere": {
            "fields": list(selection.everywhere),
            "reason": selection.reason_everywhere,
        },
        "claims": [_claim(found, part) for part in found.parts],
        "records": [_record(found, row) for row in found.rows.values()],
        "absent": [{"blake3": one, "reason": why} for one, why in sorted(selection.absent.items())],
        "gate": [line.as_json() for line in found.lines],
        "warnings": [
            {
                "rule": one.rule,
                "id": None if one.index is None else _id(found, one.index),
                "detail": one.detail,
            }
            for one in found.warnings
        ],
    }


def _id(found: Preview, index: int) -> str:
    return found.rows[index].told.known.id


def _claim(found: Preview, part: Part) -> dict[str, Any]:
    return {
        "id": None if part.claim is None else _id(found, part.claim),
        "counts": dict(part.counts),
        "instead": list(part.instead),
        "records": [_id(found, index) for index in part.records],
    }


def _record(found: Preview, row: Row) -> dict[str, Any]:
    known = row.told.known
    return {
        "id": known.id,
        "index": known.index,
        "kind": known.kind,
        "how": row.how,
        "reason": row.reason,
        "published": sorted(row.told.shown),
        "withheld": [
            {"field": name, "reason": why, "goes_with": None if of is None else _id(found, of)}
            for name, (why, of) in row.withheld.items()
        ],
    }


def tell(found: Preview) -> None:
    """All of it for people: each claim, what it rests on, and what to look at."""
    for part in found.parts:
        for line in _part(found, part):
            say(line)
    everywhere = ", ".join(found.selection.everywhere)
    if everywhere:
        say(wrapped(f"In every record withheld: {everywhere}. {found.selection.reason_everywhere}"))
    counts = found.counts
    say(
        f"Of {counted(counts['entries'], 'record')} {counts['disclosed']:,} are disclosed, "
        f"{counts['partly']:,} partly, {counts['withheld']:,} withheld."
    )
    for line in _to_look_at(found):
        say(line)


def _part(found: Preview, part: Part) -> Iterator[str]:
    if part.claim is not None:
        body = found.rows[part.claim].told.body
        name = f"{flat(body.get('slug'))} · {flat(body.get('statement'))}"
        yield paint(wrapped(f"claim {name}"), bold=True)
    elif part.records:
        yield paint("What bears on no claim that is published", bold=True)
    else:
        return
    counts = part.counts
    yield (
        f"  {counted(counts['entries'], 'record')}: {counts['disclosed']:,} disclosed, "
        f"{counts['partly']:,} partly, {counts['withheld']:,} withheld"
    )
    if part.instead:
        yield "  A reader sees in their place:"
    for sentence in part.instead:
        yield wrapped(sentence, "    ")
    for index in part.records:
        yield from _row(found.rows[index])
    yield ""


def _row(row: Row) -> Iterator[str]:
    known, body = row.told.known, row.told.body
    kind = known.kind.removeprefix("evidence/")
    words = flat(next((body[name] for name in _CALLED if body.get(name)), ""))
    if known.relation:
        words = f"{known.relation} {words}".rstrip()
    words = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    how = paint(f"{row.how:9}", fg=_COLOURS[row.how])
    yield f"  @{known.index:<6}{how}  {known.id[:8]}  {kind:14}  {words}".rstrip()
    if row.how == "partly":
        yield wrapped(f"published: {', '.join(sorted(row.told.shown))}", "          ")
    reasons: dict[tuple[str, int | None], list[str]] = {}
    for name, cause in row.withheld.items():
        reasons.setdefault(cause, []).append(name)
    for (why, of), names in reasons.items():
        shown = "all of it" if row.how == "withheld" and len(reasons) == 1 else ", ".join(names)
        along = "" if of is None else f" (with @{of})"
        yield wrapped(f"withheld: {shown}: {why}{along}", "          ")


def _to_look_at(found: Preview) -> Iterator[str]:
    for line in found.lines:
        if line.outcome == "unmet":
            yield wrapped(f"This keeps the gate shut ({line.rule}): {line.detail}")
    yield from to_look_at(found.warnings)
