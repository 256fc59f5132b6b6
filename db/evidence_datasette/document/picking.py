"""Words that somebody picked in a document: how they match, before anything is recorded."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.extract import SIGN_OFF, TextStream
from evidence_chain.text import STANDS, match
from evidence_datasette.document.marked_text import overlapping
from evidence_datasette.document.texts import chosen_of, streams_of, text_of
from evidence_datasette.words.field_words import needs_person, of_marks, of_match
from evidence_datasette.words.shown_text import is_hostile, plain
from evidence_db.recording.passages.found import PassageRefusedError
from evidence_db.recording.passages.picking import words

if TYPE_CHECKING:
    from evidence_chain.text import Match
    from evidence_datasette.document.texts import Text
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Json = dict[str, Any]
LONGEST = 20_000
"""Characters of a passage that is looked for."""
QUOTE = "evidence/quote"
_UNKNOWN = (
    "What is deleted, hidden or quoted in this text is not known here. Recording it draws the text "
    "anew, and tells."
)

_NO_LINE = (
    "It holds characters that a terminal might act on, so there is no command to copy. Record it "
    "from a file: evidence quote, with --text-file."
)


def picked(
    case: Case, reader: Reader, document: Record, digest: str, asked: str | tuple[int, int]
) -> Json:
    """What would be recorded of words that were typed, or of a slice of the text that is shown.

    `status` and `said` tell how they match, `stands` whether they may be recorded; `text` is how
    they would be typed, and `shown` that with what is invisible as code points, `at` where they
    begin, `command` what records them, if it is safe to paste. `needs_person` is
    `None` where that is not known here. `overlaps` are the records that share characters.

    Args:
        case: The case.
        reader: A state of it.
        document: The preserved file.
        digest: The beginning of the digest of the text that is shown.
        asked: Words, or start and end in code points.

    Raises:
        InputError: there is no text, or no such slice of it; or it is too long.
    """
    stream = chosen_of(streams_of(case, reader, document), digest)
    found = None if stream is None else text_of(case, document, stream)
    if stream is None or found is None:
        raise InputError("No text of this document is kept here, so nothing can be picked in it.")
    typed, near = _typed(found, asked)
    matched = match(typed, found.text, near=near)
    if matched.status not in STANDS:
        refused = PassageRefusedError(str(document.body.get("filename")), matched)
        said = {"text": typed, "shown": plain(typed), "said": [plain(refused.on_page)]}
        return {"status": str(matched.status), "stands": False, **said}
    start = matched.fragments[0][0]
    command = _command(document, typed, start if matched.occurrences > 1 else None)
    return {
        "status": str(matched.status),
        "stands": True,
        "text": typed,
        "shown": plain(typed),
        "at": start,
        "fragments": [list(one) for one in matched.fragments],
        "occurrences": matched.occurrences,
        **_known(matched, found, [] if command else [_NO_LINE]),
        "overlaps": overlapping(reader, document.index, stream, found, matched.fragments),
        "command": command,
    }


def _command(document: Record, typed: str, at: int | None) -> str | None:
    """The line that records it; `None` if a terminal that it is pasted into would act on it.

    What a document holds may end a paste, and what follows would be run.
    """
    if is_hostile(typed) or "\t" in typed:
        return None
    several = [] if at is None else ["--at", str(at)]
    ends = ["--"] if typed.startswith("-") else []
    return shlex.join(["evidence", "quote", *several, *ends, document.id[:12], typed])


def _typed(found: Text, asked: str | tuple[int, int]) -> tuple[str, tuple[int, int] | None]:
    if isinstance(asked, str):
        typed, near = asked.strip(), None
        length = len(typed)
    else:
        start, end = near = _without_edges(found.text, *asked)
        length = end - start
        typed = words(_plain(found), start, end).strip() if 0 < length <= LONGEST else ""
    if not typed and length <= LONGEST:
        raise InputError("Which words? Select some in the text, or type them.")
    if length > LONGEST:
        raise InputError(f"A passage has at most {LONGEST:,} characters here. Select less.")
    return typed, near


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """A slice without the spaces that it begins or ends with, which are no part of a passage.

    Raises:
        InputError: the text has no such slice.
    """
    if not 0 <= start < end <= len(text):
        raise InputError("The text has no such place. Load the page anew, and select again.")
    if end - start > LONGEST:
        return start, end
    there = text[start:end]
    first = start + len(there) - len(there.lstrip())
    return first, max(first, end - len(there) + len(there.rstrip()))


def _plain(found: Text) -> TextStream:
    return TextStream(found.text, {}, found.marks or [])


def _known(matched: Match, found: Text, more: list[str]) -> Json:
    """What the comparison and the marks come to, in sentences."""
    marks = [] if found.marks is None else _plain(found).marked(matched.fragments)
    notes = [*matched.notes, *dict.fromkeys(one.kind for one in marks if one.kind in SIGN_OFF)]
    body = {"match": {"status": str(matched.status), "notes": [str(note) for note in notes]}}
    listed = [{"kind": str(one.kind), "detail": one.detail} for one in marks]
    person = needs_person(body, [])
    unknown = [_UNKNOWN] if found.marks is None else []
    said = [*of_match(body, kind=QUOTE, compared=True), *of_marks(listed), *unknown, *more]
    return {
        "notes": body["match"]["notes"],
        "needs_person": None if unknown and not person else person,
        "said": list(map(plain, said)),
    }
