"""What readers see in documents, whose code divides words: their drawn text, searched too."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.edition.checking.documents import path_of
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, TAIL, extract, extractor_for, sniff
from evidence_chain.extract.sniffing import GZIP, UNKNOWN, ZIP
from evidence_db.publishing.leaks.scanning import NAMES, Found, Search, search
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from evidence_chain.extract import TextStream
    from evidence_db.store.streams import Streams

DRAWN, JOINED = "drawn text", "words joined at line ends"
UNREAD = "words in files of its type are not read"
UNDRAWN = "its text could not be drawn"
_AT_ONCE = 2
"""Documents that are drawn at a time."""
_DIVIDED = re.compile("[-\u2010\u00ad][ \t]*\r?\n[ \t]*")


class Document(NamedTuple):
    """A file of which the text is searched."""

    path: str
    """Where it is, seen from the root of the search."""
    media_type: str
    digest: str | None = None
    """Its BLAKE3 if it is a preserved file, of which the text may have been kept."""


def documents_among(root: Path, paths: Iterable[str]) -> Iterator[Document]:
    """Files with their types by what is in them, as they are told when a file is preserved."""
    for path in paths:
        with open_regular(root / path) as file:
            head = file.read(HEAD)
            file.seek(max(0, file.seek(0, 2) - TAIL))
            yield Document(path, sniff(head, Path(path).name, file.read(TAIL)))


def search_drawn(
    known: Search,
    root: Path,
    documents: Sequence[Document],
    streams: Streams,
    searched: Collection[str] = (),
) -> Found:
    """Search what is drawn from documents.

    Args:
        known: What is searched for.
        root: Where they are.
        documents: The files.
        streams: Texts that were drawn before.
        searched: Paths that are searched as they are: a text that is one of them is not again.

    Raises:
        StorageError: a file can't be read.
    """
    unopened: dict[str, dict[str, int]] = {}
    meant: dict[str, tuple[str, tuple[str, ...]]] = {}
    with TemporaryDirectory() as room, ThreadPoolExecutor(_AT_ONCE) as threads:
        drawn = threads.map(lambda one: _draw(root, one, streams), documents)
        for number, (document, text) in enumerate(zip(documents, drawn, strict=True)):
            if isinstance(text, str):
                unopened[document.path] = {text: 1} if text else {}
                continue
            for kind, written in _written(text, document, searched):
                name = f"{number}-{kind}"
                Path(room, name).write_bytes(written)
                meant[name] = document.path, (DRAWN, JOINED)[: kind + 1]
        found = search(Path(room), list(meant), known)
    hits = [
        hit._replace(path=path, forms=(*forms, *hit.forms))
        for hit in found.hits
        if hit.path != NAMES
        for path, forms in [meant[hit.path]]
    ]
    refused = {path: whys for path, whys in unopened.items() if whys}
    return found._replace(hits=hits, unopened=refused)


def _draw(root: Path, document: Document, streams: Streams) -> TextStream | str:
    """The text of a document, or why there is none; that is empty where none is expected."""
    media_type, digest = document.media_type, document.digest
    try:
        extractor = extractor_for(media_type)
    except ExtractionError:
        return "" if media_type in (GZIP, UNKNOWN, ZIP) else UNREAD
    if media_type.startswith("image/"):
        kept = streams.kept(digest, media_type) if digest else None
        return kept or UNREAD
    path = root / document.path
    try:
        if digest is None:
            return extract(path, media_type)
        return streams.draw(path, digest, media_type, keep=False)
    except ExtractionError:
        return UNDRAWN if extractor.GUARDED else ""


def _written(
    text: TextStream, document: Document, searched: Collection[str]
) -> Iterator[tuple[int, bytes]]:
    """The text as it is, unless it is searched anyway, and with the words of its lines joined."""
    is_plain = not extractor_for(document.media_type).GUARDED
    if not is_plain and path_of(b3(text.encoded).hex()) not in searched:
        yield 0, text.encoded
    joined = _DIVIDED.sub("", text.text)
    if joined != text.text:
        yield 1, joined.encode()
