"""`evidence add no-response` and `evidence add translation`: evidence made from other evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_cli.kind_command import field_options, read_text, tell_captured
from evidence_cli.options.claims import bearing_of, claim_options
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import paint, say

_MAIL_FIELDS = {"text", "subject", "sender", "recipient", "cc", "message_id", "in_reply_to"}


def _options(kind: str, *left_out: str) -> list[click.Parameter]:
    asked = kinds.evidence_kind(kind).asked
    return [*field_options(field for field in asked if field.name not in left_out)]


@click.command("translation", params=_options("translation", "text"))
@click.option("--of", required=True, metavar="REF", help="The passage that is translated.")
@click.option("--text", help="The translation; - reads it from standard input.")
@click.option("--text-file", type=click.Path(path_type=Path), help="A file with the translation.")
@common
@pass_session
def translation(
    session: Session,
    /,
    of: str,
    text: str | None,
    text_file: Path | None,
    **said: Any,  # noqa: ANN401
) -> None:
    """Record a translation of a passage. The passage in its own language stays the evidence."""
    from evidence_db.reading.references import find_record
    from evidence_db.recording.translating import add_translation

    words = read_text(text, text_file)
    if not words:
        raise InputError("What is the translation? Give --text or --text-file.")
    if not said.get("language"):
        raise InputError("Which language is the translation in? Give --language, such as en.")
    case = session.case()
    with case.reader() as reader:
        original = find_record(reader, of, "evidence", files=case.files)
    values = {name: value for name, value in said.items() if value}
    with session.writer(case) as writer:
        recorded = add_translation(case, writer, original, {**values, "text": words})
    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "evidence/translation",
            "new": recorded.new,
            "translates": original.id,
        },
        [recorded.id],
        lambda: say(
            f"{'Recorded' if recorded.new else 'Recorded already:'} translation "
            f"{paint(recorded.id[:8], bold=True)} of {original.id[:8]}."
        ),
    )


@click.command("no-response", params=[*_options("no-response", *_MAIL_FIELDS), *claim_options()])
@click.option("--to", required=True, metavar="REF", help="The request: its record, or the e-mail.")
@common
@pass_session
def no_response(session: Session, /, to: str, **said: Any) -> None:  # noqa: ANN401
    """Record that nothing came back to a request. The request has to be preserved."""
    from evidence_db.recording.preserving.capturing import capture_silence

    case = session.case()
    bearing = bearing_of(session, said)
    values = {name: value for name, value in said.items() if value}
    captured = capture_silence(case, session.writer(case), to, values, bearing)
    tell_captured(session, kinds.evidence_kind("no-response"), captured)
