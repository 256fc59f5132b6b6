"""`evidence show`."""

from __future__ import annotations

import json
from typing import Any

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, paint, say, wrapped
from evidence_cli.views.integrity import failures, in_numbers, reasons
from evidence_cli.views.records.amended import note
from evidence_cli.views.records.custody import custody_lines
from evidence_cli.views.records.erased import sentence
from evidence_cli.views.records.reviews import before_lines, review_lines


@click.command()
@click.argument("reference", metavar="REF")
@common
@pass_session
def command(session: Session, reference: str) -> None:
    """Show one record: all its fields, its entry in the log, and its links.

    It is checked with the file that it is or stands in. What failed is told; the exit code is 0.
    """
    from evidence_db.reading.references import find_record
    from evidence_db.reading.showing import shown
    from evidence_db.resolving.integrity import integrity_of
    from evidence_db.resolving.single import checked

    case = session.case(published=True)
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
        result = shown(reader, record, reader.links(record.index))
        chain = checked(case, reader, record)
        result["integrity"] = integrity_of(chain.total()) if chain.reports else None
        if record.kind == "artifact" and record.body.get("blake3"):
            result["path"] = case.files.place(record.body["blake3"])
    session.answer(result, [record.id], lambda: _tell(result))


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tell(result: dict[str, Any]) -> None:
    ended = paint("  no longer counts", fg="yellow") if result["ended"] else ""
    say(f"{paint(result['kind'], bold=True)} {result['id']}{ended}")
    say(f"entry {result['index']}")
    if result["erased"]:
        say(wrapped(sentence(result["erased"])))
    if integrity := result["integrity"]:
        say(f"integrity {in_numbers(integrity)}")
        for line in failures(integrity):
            say(f"  {line}")
        for line in reasons(integrity):
            say(wrapped(line, "  "))
    if result.get("look_again"):
        say(paint("Carried from another wording: to be looked at again.", fg="yellow"))
    for line in (*review_lines(result["reviews"]), *before_lines(result["objected_before"])):
        say(line)
    _tell_fields(result)
    for line in custody_lines(result["custody"]):
        say(line)
    for link in result["links"]:
        arrow = "→" if link["direction"] == "to" else "←"
        gone = " (no longer counts)" if link["ended"] else ""
        again = paint(" (to be looked at again)", fg="yellow") if link["look_again"] else ""
        say(f"  {arrow} {link['relation']} {arrow} {flat(link['describes'])}{gone}{again}")


def _tell_fields(result: dict[str, Any]) -> None:
    """The fields of a record, and what was corrected of them."""
    for name, value in result["fields"].items():
        amended = result["amended"].get(name)
        if value not in (None, "", []) or amended:
            say(f"  {name:14} {flat(_text(value)) if value else '–'}")
        if amended:
            say(f"  {'':14} {note(amended)}")
    if "path" in result:
        say(f"  {'kept at':14} {clean(result['path'])}")
    for one in result["amendments"]:
        if one["changes"] is None:
            say(f"  An amendment ({one['id'][:8]}) withholds what it corrects.")
