"""What an article says that will be printed: its paragraphs, whatever it is written in.

Parsers run in the guarded subprocess, as those of evidence do. No quotation is looked for here
(see `text.quotations`), and nothing is looked up.
"""

from __future__ import annotations

import os
import tempfile
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, cast

from evidence_chain.article import plain
from evidence_chain.article.written import Article
from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.extract import HEAD, TAIL, sniff
from evidence_chain.extract.guard.guard import run

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.extract import Extractor

__all__ = ["LARGEST", "Article", "read", "read_bytes"]

LARGEST = 32 << 20
"""Bytes of an article."""
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODT_AT = 30
_READERS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/html": "html",
    "text/markdown": "markdown",
    "application/vnd.oasis.opendocument.text": "odt",
}


def read(path: Path) -> Article:
    """The article in the file at `path`.

    Raises:
        InputError: there is no such file, or it is too large.
        ExtractionError: nothing here reads such an article, or its parser ran into its limits.
    """
    from evidence_chain.regular import read_named

    try:
        data = read_named(path, LARGEST)
    except OSError as error:
        raise InputError(
            f"The article {path} can't be read: {error.strerror or error}. Check the path."
        ) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Article:
    """The article that `data` is; its name tells Markdown from plain text.

    Raises:
        InputError: it is too large.
        ExtractionError: as `read`.
    """
    if len(data) > LARGEST:
        raise InputError(f"The article {name} has more than {LARGEST >> 20} MB.")
    kind = _kind(data, name)
    if kind == "text/plain":
        return plain.read(_decoded(data, name))
    if kind not in _READERS:
        raise ExtractionError(
            f"The article {name} is {kind}, which is not read here. Save it as DOCX, ODT, HTML, "
            "Markdown or plain text."
        )
    module = cast("Extractor", import_module(f"{__name__}.{_READERS[kind]}"))
    with _in_memory(data) as file:
        answer = run(module, file, function="article")
    try:
        found = Article.unpack(*answer)
    except (KeyError, TypeError, ValueError) as error:
        raise ExtractionError(
            f"The parser of the article {name} gave an answer that can't be read. Save it in "
            "another form, such as plain text."
        ) from error
    return found


def _kind(data: bytes, name: str) -> str:
    if data.startswith(_ODT, _ODT_AT):
        return "application/vnd.oasis.opendocument.text"
    kind = sniff(data[:HEAD], name, data[-TAIL:])
    return "text/plain" if kind in ("message/rfc822", "application/mbox") else kind


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ExtractionError(
            f"The article {name} was read as UTF-8, but the byte 0x{data[error.start]:02x} at "
            f"offset {error.start} is none of that. Save it as UTF-8."
        ) from error


def _in_memory(data: bytes) -> BinaryIO:
    """The bytes as an open file that has no name, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        file: BinaryIO = os.fdopen(os.memfd_create("article"), "w+b")
    else:
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    file.write(data)
    file.flush()
    file.seek(0)
    return file
