"""Text streams that were drawn already: a copy for speed, which may be removed at any time.

`streams/AB/ABCD….NAME-VERSION`, by the BLAKE3 of the file and the extractor. What a record seals
is preserved among the files; `verify` never reads from here.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Mark, TextStream, extract, extractor_for
from evidence_chain.regular import read_named

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 256 << 20
"""Bytes of a kept stream with its marks; a longer one is drawn anew."""


class Streams:
    """The text streams of one case's files, in the directory `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def draw(
        self,
        path: Path,
        digest: str,
        media_type: str,
        *,
        keep: bool = True,
        seconds: float | None = None,
    ) -> TextStream:
        """The text of the file at `path`, which has this digest; drawn once and kept.

        Args:
            path: The file.
            digest: Its BLAKE3 in hex.
            media_type: Its type.
            keep: Whether it may be kept, which it may not before its file is part of the case.
                What could not be read whole is never kept: it may be read better later.
            seconds: By the clock, if less than a parser may take else.

        Raises:
            ExtractionError: its text can't be had.
        """
        place = self._place(digest, media_type)
        stream = _load(place)
        if stream is None:
            within = {} if seconds is None else {"seconds": seconds}
            stream = extract(path, media_type, **within)
            if keep:
                self.keep(digest, media_type, stream)
        return stream

    def keep(self, digest: str, media_type: str, stream: TextStream) -> None:
        """Keep the text of a file that is part of the case, if it was read whole."""
        if not stream.unread and extractor_for(media_type).GUARDED:
            with suppress(OSError):  # it is drawn again, then
                _keep(self._place(digest, media_type), stream)

    def kept(self, digest: str, media_type: str) -> TextStream | None:
        """The text that was drawn from a file before; `None` if it would have to be drawn now."""
        try:
            return _load(self._place(digest, media_type))
        except ExtractionError:
            return None

    def _place(self, digest: str, media_type: str) -> Path:
        extractor = extractor_for(media_type)
        name = f"{digest}.{extractor.NAME.replace('/', '-')}-{extractor.VERSION}"
        return self.root / digest[:2] / name


def _load(path: Path) -> TextStream | None:
    """A kept stream, or `None` if it is not there, or not as it was kept."""
    try:
        head, _, text = read_named(path, _LARGEST).partition(b"\n")
        said = json.loads(head)
        if said["blake3"] != b3(text).hex():
            return None
        marks = [Mark(*mark) for mark in said["marks"]]
        return TextStream(text.decode(), said["extractor"], marks)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, stream: TextStream) -> None:
    """Write a stream under its name, whole or not at all.

    Raises:
        OSError: it can't be written.
    """
    head = {
        "blake3": b3(stream.encoded).hex(),
        "extractor": stream.extractor,
        "marks": stream.marks,
    }
    for directory in (path.parent.parent, path.parent):
        directory.mkdir(mode=0o700, exist_ok=True)
    building = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + stream.encoded)
        building.rename(path)
    finally:
        building.unlink(missing_ok=True)
