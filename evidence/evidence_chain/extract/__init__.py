"""The text stream of a preserved file: one folder per media type, and what they share.

media_type = sniff(head, name, tail)
stream = extract(path, media_type)
attachments = parts(path, media_type)
seen = regions(path, media_type, stream, slices)
What only one format has lies in its folder. No passage is looked for here (see `text`).
"""

from __future__ import annotations

import os
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.extractors import extractor_for, known_for
from evidence_chain.extract.stream import (
    SIGN_OFF,
    Drawn,
    Extractor,
    Mark,
    MarkKind,
    Part,
    Parts,
    Region,
    Regions,
    Shown,
    TextStream,
)
from evidence_chain.extract.typed import Captures
from evidence_chain.regular import regular_descriptor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from evidence_chain.canonical import Json
    from evidence_chain.extract.guard.guard import Limits
    from evidence_chain.extract.sniffing import HEAD, TAIL, sniff

__all__ = [
    "HEAD",
    "SIGN_OFF",
    "TAIL",
    "Captures",
    "Drawn",
    "Extractor",
    "Mark",
    "MarkKind",
    "Part",
    "Parts",
    "Region",
    "Regions",
    "Shown",
    "TextStream",
    "captures",
    "contents",
    "extract",
    "extractor_for",
    "parts",
    "regions",
    "sniff",
    "why_unquotable",
]

_SNIFFING = ("HEAD", "TAIL", "sniff")
Answer = TypeVar("Answer", Captures, Drawn, Parts, Regions)


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import what tells types when it is asked for: the processes of parsers start without it."""
    if name not in _SNIFFING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from evidence_chain.extract import sniffing

    return getattr(sniffing, name)


def extract(path: Path | str, media_type: str, seconds: float | None = None) -> TextStream:
    """Return the text of the file at `path`, read as `media_type`.

    Parsers run in a subprocess with limits on memory, time and output, which a hostile file can
    only exhaust.

    Args:
        path: the file.
        media_type: its type.
        seconds: by the clock, if its parser may take less than it else may.

    Raises:
        ExtractionError: nothing here reads that type, the file can't be opened, its text isn't
            valid, there is none, or the extractor failed or ran into its limits.
    """
    with _open(path) as file:
        if media_type not in known_for(media_type) and (why := _told_why(file, media_type)):
            raise ExtractionError(why)
        extractor = extractor_for(media_type)
        if not os.fstat(file.fileno()).st_size:
            raise ExtractionError(f"{os.fspath(path)!r} holds no text: it is empty.")
        drawn = _draw(extractor, file, **_within(seconds))
    if not any(map(str.isalnum, drawn.text)):
        raise ExtractionError(
            f"{os.fspath(path)!r} was read as {media_type} and holds no text. If it is "
            f"{_without_text(media_type)}, preserve a text version too."
        )
    described = {"name": extractor.NAME, "version": extractor.VERSION, "options": drawn.options}
    return TextStream(drawn.text, described, drawn.marks)


def _without_text(media_type: str) -> str:
    """What a file of this type may be that holds no text, and does say something."""
    if media_type == "application/pdf" or media_type.startswith("image/"):
        return "a scan or an image"
    return "damaged, or says what it says in pictures or by programs"


def parts(path: Path | str, media_type: str) -> list[Part]:
    """Return the files within the file at `path`, such as the attachments of an e-mail.

    Raises:
        ExtractionError: the file can't be opened, or the extractor failed or ran into its limits.
    """
    return contents(path, media_type).parts


def contents(path: Path | str, media_type: str, *, everything: bool = False) -> Parts:
    """Return the files within a file, and what is to be told of it when it is preserved.

    Args:
        path: the file.
        media_type: its type.
        everything: whether those are wanted, too, that a web archive's pages are made of.

    Raises:
        ExtractionError: the file can't be opened, or the extractor failed or ran into its limits.
    """
    packed = _call(path, media_type, "all_parts") if everything else None
    packed = packed or _call(path, media_type, "parts")
    return _unpacked(Parts, packed) if packed else Parts([])


def captures(path: Path | str, media_type: str) -> list[tuple[str, str, str]]:
    """Return address, date and payload digest of each capture in a web archive.

    Raises:
        ExtractionError: the file can't be opened, or the extractor failed or ran into its limits.
    """
    packed = _call(path, media_type, "captures")
    return _unpacked(Captures, packed).captures if packed else []


def regions(
    path: Path | str,
    media_type: str,
    stream: TextStream,
    slices: Iterable[tuple[int, int]],
    *,
    shown: Shown = "column",
) -> list[Region]:
    """Return where slices of a file's stream are seen, page by page, with pictures.

    Empty for a file without pages.

    Args:
        path: the file.
        media_type: its type.
        stream: what `extract` drew from it.
        slices: pairs of start and end in the stream, in code points.
        shown: what pictures show: the column in which the slice stands; the page across all of
            its columns, as older versions made them; or nothing, which takes least: they are empty.

    Raises:
        ExtractionError: the file can't be opened, or the extractor failed or ran into its limits.
    """
    asked = [list(one) for one in slices]
    if not asked or not stream.pages:
        return []
    packed = _call(path, media_type, "regions", asked, stream.pages, shown)
    found = _unpacked(Regions, packed).regions if packed else []
    if shown != "nothing" and not all(one.picture for one in found):
        raise ExtractionError("Its parser answered without a picture that it was asked for.")
    return found


def _call(
    path: Path | str, media_type: str, function: str, *arguments: Json
) -> tuple[dict[str, Json], bytes] | None:
    """What an extractor's own function answers, or `None` if nothing has such a function."""
    from evidence_chain.extract.guard.guard import run

    extractor = known_for(media_type).get(media_type)
    if extractor is None or not hasattr(extractor, function):
        return None
    with _open(path) as file:
        return run(extractor, file, function=function, arguments=arguments)


def why_unquotable(media_type: str, head: bytes, tail: bytes) -> str | None:
    """What a file is from which no text is drawn here, and what to do about it, in two sentences.

    `None` if text is drawn from files of its type.

    Args:
        media_type: its type.
        head: its first `HEAD` bytes, or all of them.
        tail: its last `TAIL` bytes, or all of them.
    """
    if media_type in known_for(media_type):
        return None
    from evidence_chain.extract.sniffing.unquotable import unquotable

    return unquotable(media_type, head, tail)


def _told_why(file: BinaryIO, media_type: str) -> str | None:
    from evidence_chain.extract.sniffing import HEAD, TAIL

    head = file.read(HEAD)
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    return why_unquotable(media_type, head, file.read(TAIL))


def _draw(extractor: Extractor, file: BinaryIO, **given: Limits) -> Drawn:
    if not extractor.GUARDED:
        return extractor.extract(file)
    from evidence_chain.extract.guard.guard import LIMITS, run

    return _unpacked(Drawn, run(extractor, file, given.get("limits", LIMITS)))


def _within(seconds: float | None) -> dict[str, Limits]:
    """The limits of a parser that has so many seconds, as `run` takes them; its own, if `None`."""
    if seconds is None:
        return {}
    from evidence_chain.extract.guard.guard import LIMITS

    return {"limits": replace(LIMITS, clock=min(ceil(seconds), LIMITS.clock))}


def _unpacked(kind: type[Answer], packed: tuple[dict[str, Json], bytes]) -> Answer:
    """What a subprocess answered, which may be in the hands of the file that it read.

    Raises:
        ExtractionError: it is no such answer.
    """
    try:
        return kind.unpack(*packed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractionError(
            "The parser of this file gave an answer that can't be read. The file may be damaged or "
            "hostile; preserve the document in another form too, such as plain text."
        ) from error


def _open(path: Path | str) -> BinaryIO:
    """Open a regular file, without waiting for the other end of a pipe.

    Raises:
        ExtractionError: it can't be opened, or is no regular file.
    """
    try:
        return os.fdopen(regular_descriptor(path, follow=True), "rb")
    except OSError as error:
        problem = f"The text of {os.fspath(path)!r} can't be read: {error.strerror}."
        raise ExtractionError(problem) from error
