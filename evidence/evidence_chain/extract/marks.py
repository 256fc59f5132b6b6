"""What may be marked in a text stream, and which marks need a person."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

PUT_IN = "put in by a style"
"""The detail of the mark on words that the style of a page puts in."""


class MarkKind(StrEnum):
    """What is to be known of a stretch of text besides its words."""

    PAGE = "page"
    """It stands on this page; the detail is its number, from 1."""
    CELL = "cell"
    """It stands in this cell of a workbook; the detail is `Sheet!B3`, with its formula if any."""
    SLIDE = "slide"
    """It stands on this slide; the detail is its number, from 1."""
    TIME = "time"
    """It is spoken then; the detail is start and end in seconds: `12.5,15`."""
    VOICE = "voice"
    """It is said to be spoken by the one that the detail names."""
    CLAUSE = "clause"
    """It stands under this number in the document's own outline."""
    RESPONSE = "response"
    """It came from this address, in an archive of web pages; the detail is the URL."""
    CAPTURED = "captured"
    """It was captured then; the detail is a date as RFC 3339 has it."""
    PART = "part"
    """It stands outside the body: in a footnote, header, comment, text box, as the detail says."""
    ANNOTATION = "annotation"
    """Somebody put it onto the page; the detail says as what."""
    FIELD = "form-field"
    """It was filled into a form."""
    INSERTED = "inserted"
    """A tracked insertion; the detail says whose and when."""
    DELETED = "deleted"
    """A tracked deletion, or text that is struck out as one."""
    HIDDEN = "hidden"
    """A reader doesn't see it; the detail says why."""
    QUOTED = "quoted"
    """Somebody else's words, quoted in an e-mail."""
    OCR = "ocr"
    """Read off a picture by a program, which misreads."""
    GUESSED = "guessed"
    """Its letters are a guess, since the file does not say how they are written, or wrongly."""
    JOINED = "joined"
    """Not read on from what is before it to what is after it; the detail says why."""
    UNSURE = "unsure"
    """The file doesn't say for sure which letters these are; the detail says why."""
    REVISIONS = "revisions"
    """The file was changed after it was made; the detail is the number of its revisions."""
    DIGEST = "digest-differs"
    """An archive has a digest of it that is another; the detail says which."""
    UNLISTED = "unlisted"
    """It is in a package whose list of files doesn't name it; the detail is the file."""
    SIGNATURE = "signature-fails"
    """The signature of the package that it is in doesn't hold; the detail says why."""
    STATUS = "other-status"
    """The server sent it with this status, such as 404, and not with 200."""
    PARTIAL = "partial"
    """Only a part of the page was captured; the detail says why."""
    CONVERTED = "converted"
    """A program made it of what was captured; the detail says as what."""
    DAMAGED = "after-damage"
    """It was found behind a damaged place of the file."""
    BESIDE = "words-beside"
    """Words that a style puts in are seen right before or after it; the detail says which."""


SIGN_OFF = frozenset(
    {
        *(MarkKind.HIDDEN, MarkKind.DELETED, MarkKind.INSERTED, MarkKind.OCR),
        *(MarkKind.ANNOTATION, MarkKind.QUOTED, MarkKind.GUESSED, MarkKind.REVISIONS),
        *(MarkKind.DIGEST, MarkKind.UNLISTED, MarkKind.SIGNATURE, MarkKind.STATUS),
        *(MarkKind.PARTIAL, MarkKind.CONVERTED, MarkKind.DAMAGED),
        *(MarkKind.JOINED, MarkKind.UNSURE, MarkKind.BESIDE),
    }
)
"""Marks after which a person must look before a passage is published."""


def mark_words(kind: str, detail: str | None) -> str:
    """What a mark says beyond its kind: its detail, or what goes without saying in the stream."""
    if kind == MarkKind.REVISIONS and detail and detail.isdecimal():
        return f"{detail} revisions"
    if kind == MarkKind.TIME and detail:
        return detail.replace(",", "–")
    return detail or {"ocr": "tesseract", "quoted": "somebody else's message"}.get(kind, "yes")


class Mark(NamedTuple):
    """Something to be known of the slice `[start, end)` of a stream, in code points."""

    start: int
    end: int
    kind: str
    """A `MarkKind`."""
    detail: str = ""
