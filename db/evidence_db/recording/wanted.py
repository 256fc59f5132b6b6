"""What a person asked to be recorded, and whether the document itself says the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.extract.sniffing import MAIL
from evidence_db.recording.bearing import NOTHING, Bearing
from evidence_db.recording.passages.outline import Where

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evidence_chain.kinds import Kind
    from evidence_chain.text import Ends


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked to be recorded."""

    kind: Kind
    source: Path | str
    """The document: a file that is preserved along with the passage, or a reference to one."""
    text: str | None = None
    """The passage; `None` for the whole message, or for what `ends` pick."""
    where: Where = field(default_factory=Where)
    as_altered: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """References to what it derives from or answers, by relation."""
    bearing: Bearing = NOTHING
    """The claims that it is linked to."""
    about: dict[str, Any] = field(default_factory=dict)
    """What describes the document, if it is new."""
    ends: Ends | None = None
    """What picks the passage by its ends, unless `text` stands there as it was typed."""
    read_signatures: Callable[[bytes], list[Any]] | None = None
    """Checks the signatures of an e-mail, and returns what is to be sealed of them."""
    rendered: bool = False
    """Whether the document is shown, to see whether the passage is seen."""


def check_type(kind: Kind, media_type: str, filename: str, *, reported: bool = False) -> None:
    """Check that a document is of a type that the kind of evidence stands in.

    Args:
        kind: The kind of evidence.
        media_type: The type of the document.
        filename: What it is called.
        reported: Whether the document but reports what the passage derives from.

    Raises:
        InputError: it is of another type.
    """
    if kind.media_types and media_type not in kind.media_types and not reported:
        raise InputError(
            f"{filename} is {media_type}, but {kind.one()} stands in {kind.media_types[0]}. "
            "Save the e-mail itself from the mail program (as .eml, else as .msg), with all its "
            "headers; for other documents there are `evidence add letter` and `evidence add quote`."
        )


def with_headers(wanted: Wanted, content: bytes, media_type: str) -> Wanted:
    """What is wanted, with the fields that the document itself has and what its signatures say.

    Raises:
        InputError: what was typed contradicts the document.
        ExtractionError: the document can't be read.
    """
    kind = wanted.kind
    if kind.from_document is None or media_type not in kind.media_types:
        return wanted
    known = {field.name: field.label for field in kind.asked}
    headers = kind.from_document(content)
    found: dict[str, Any] = {
        name: value for name, value in headers.items() if value and name in known
    }
    for name in found.keys() & wanted.values.keys():
        if wanted.values[name] != found[name]:
            raise InputError(
                f"The e-mail itself says of its {known[name]}: {found[name]!r}, and you typed "
                f"{wanted.values[name]!r}. Leave the option out; put what you know into --note."
            )
    if wanted.read_signatures is not None and media_type == MAIL:
        found["dkim"] = wanted.read_signatures(content) or None
    return replace(wanted, values={**wanted.values, **found})
