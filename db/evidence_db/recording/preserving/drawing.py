"""The texts of documents that were just preserved, drawn so that all of them can be searched."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extractor_for
from evidence_db.recording.passages.told import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evidence_db.case import Case

SECONDS = 60
"""How long one command draws texts; the rest is drawn when a passage of it is looked for."""
_LONGEST = 400
"""Characters of a reason that are told."""


class Texts(NamedTuple):
    """What came of it."""

    unquotable: dict[str, str]
    """Why nothing can be quoted from a document, by the id of its record."""
    left: int
    """Documents whose text was not drawn, since there was no time left."""


def draw_texts(
    case: Case,
    ids: Iterable[str],
    progress: Callable[[str, int, int], None] = lambda *_: None,
    *,
    seconds: float = SECONDS,
) -> Texts:
    """Draw the texts of preserved files, and keep them.

    Args:
        case: The case.
        ids: The records of the files; others are passed over.
        progress: Told what is done, how much of it is, and of how much.
        seconds: How long this may take in all.
    """
    end = time.monotonic() + seconds
    wanted = list(dict.fromkeys(ids))
    unquotable: dict[str, str] = {}
    with case.reader() as reader:
        places = reader.places(wanted)
        bodies = {
            id_: reader.record(place.index).body
            for id_, place in places.items()
            if place.kind == "artifact"
        }
    for done, (id_, body) in enumerate(bodies.items()):
        if (rest := end - time.monotonic()) <= 0:
            return Texts(unquotable, len(bodies) - done)
        media_type, digest = str(body["media_type"]), str(body["blake3"])
        progress("Reading texts", done + 1, len(bodies))
        try:
            if extractor_for(media_type).GUARDED:
                case.draw(digest, media_type, seconds=rest)
        except ExtractionError as error:
            unquotable[id_] = _reason(str(error), case.files.place(digest), str(body["filename"]))
    return Texts(unquotable, 0)


def _reason(told: str, path: str, name: str) -> str:
    """Why there is no text, with the document's name in the place of where it is preserved."""
    return named(told, path, name)[:_LONGEST]
