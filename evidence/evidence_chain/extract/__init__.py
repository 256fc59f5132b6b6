"""The text stream of a preserved file: one file per media type.

media_type = sniff(head, name)
stream = extract(path, media_type)
"""

from __future__ import annotations

import os
import stat
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import HEAD, sniff
from evidence_chain.extract.stream import Extractor, TextStream

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HEAD", "Extractor", "TextStream", "extract", "extractor_for", "sniff"]

GROUP = "evidence_chain.extractors"


def extract(path: Path | str, media_type: str) -> TextStream:
    """Return the text of the file at `path`, read as `media_type`.

    Parsers run in a subprocess with limits on memory, time and output, which a hostile file can
    only exhaust.

    Raises:
        ExtractionError: nothing here reads that type, the file can't be opened, its text isn't
            valid, there is none, or the extractor failed or ran into its limits.
    """
    extractor = extractor_for(media_type)
    with _open(path) as file:
        text, options = _run(extractor, file)
    if not any(map(str.isalnum, text)):
        raise ExtractionError(
            f"{os.fspath(path)!r} was read as {media_type} and holds no text. If it is a scan or "
            "an image, preserve a text version too."
        )
    described = {"name": extractor.NAME, "version": extractor.VERSION, "options": options}
    return TextStream(text, described)


def extractor_for(media_type: str) -> Extractor:
    """The extractor of a media type.

    Raises:
        ExtractionError: there is none here.
    """
    known = _own_extractors()
    if media_type not in known:
        known = known | _others_extractors()
    try:
        return known[media_type]
    except KeyError:
        raise ExtractionError(
            f"Nothing here draws text from {media_type}. There are extractors for "
            f"{', '.join(sorted(known))}; install a package with another, or preserve the document "
            "in one of these forms too."
        ) from None


def _run(extractor: Extractor, file: BinaryIO) -> tuple[str, dict[str, object]]:
    if not extractor.GUARDED:
        return extractor.extract(file)
    from evidence_chain.extract.guard import run

    return run(extractor, file)


def _open(path: Path | str) -> BinaryIO:
    """Open a regular file, without waiting for the other end of a pipe.

    Raises:
        ExtractionError: it can't be opened, or is no regular file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise ExtractionError(
            f"The text of {os.fspath(path)!r} can't be read: {error.strerror}."
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ExtractionError(f"{os.fspath(path)!r} is no regular file, so there is no text in it.")
    return os.fdopen(descriptor, "rb")


@cache
def _own_extractors() -> dict[str, Extractor]:
    """The modules of this folder that read a media type, by media type."""
    import importlib
    import pkgutil

    names = [module.name for module in pkgutil.iter_modules(__path__)]
    public = [name for name in names if not name.startswith("_")]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in public]
    return {kind: module for module in modules for kind in getattr(module, "MEDIA_TYPES", ())}


@cache
def _others_extractors() -> dict[str, Extractor]:
    """Those of other packages; ours come first where both read a type.

    Raises:
        ExtractionError: an installed package promises an extractor that can't be imported.
    """
    from importlib.metadata import entry_points

    try:
        modules = [point.load() for point in entry_points(group=GROUP)]
    except (ImportError, AttributeError) as error:
        raise ExtractionError(
            f"An installed extractor can't be loaded: {error}. Repair or remove its package."
        ) from error
    return {kind: module for module in modules for kind in module.MEDIA_TYPES}
