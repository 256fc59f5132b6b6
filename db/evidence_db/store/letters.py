"""The letters of kept texts: what a quotation is looked for in before it is compared strictly.

A copy for speed beside the text stream (`streams`), which may be removed at any time. Nothing is
concluded from it but where to look.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extractor_for
from evidence_chain.regular import read_named
from evidence_chain.text import RULES_VERSION
from evidence_chain.text.compare.letters import letters

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.extract import TextStream
    from evidence_db.store.streams import Streams

_LARGEST = 256 << 20


class Letters(NamedTuple):
    """The letters and digits of one text, in UTF-8."""

    text: bytes
    of: str
    """The BLAKE3 of the text."""


def letters_of(stream: TextStream) -> Letters:
    """The letters of a text, drawn or sealed."""
    return Letters(letters(stream.text).encode(), b3(stream.encoded).hex())


def kept_letters(streams: Streams, digest: str, media_type: str) -> Letters | None:
    """The letters that were kept of a file's text; `None` if they would have to be made."""
    try:
        head, _, text = read_named(_place(streams, digest, media_type), _LARGEST).partition(b"\n")
        said = json.loads(head)
        intact = said["blake3"] == b3(text).hex()
        return Letters(text, str(said["of"])) if intact else None
    except (ExtractionError, OSError, ValueError, KeyError, TypeError):
        return None


def keep_letters(
    streams: Streams, digest: str, media_type: str, stream: TextStream, found: Letters
) -> None:
    """Keep them, unless the file could not be read whole: it may be read better later."""
    if stream.unread:
        return
    path = _place(streams, digest, media_type)
    head = json.dumps({"blake3": b3(found.text).hex(), "of": found.of}).encode()
    building = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):  # they are made again, then
        for directory in (streams.root, path.parent):
            directory.mkdir(mode=0o700, exist_ok=True)
        try:
            descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(head + b"\n" + found.text)
            building.rename(path)
        finally:
            building.unlink(missing_ok=True)


def _place(streams: Streams, digest: str, media_type: str) -> Path:
    extractor = extractor_for(media_type)
    name = f"{digest}.{extractor.NAME.replace('/', '-')}-{extractor.VERSION}"
    return streams.root / digest[:2] / f"{name}.letters-{RULES_VERSION}"
