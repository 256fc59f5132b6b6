"""The records of a web archive, read one by one within bounds."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import HEAD, TAIL, UNKNOWN, sniff
from evidence_chain.extract.warc import digests, http

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

MAX_BLOCK = 32 << 20
"""Bytes of one record that are looked at."""
MAX_TOTAL = 4 << 30
"""Bytes of all records, once the archive itself is decompressed."""
_CHUNK = 1 << 16
_DIGITS = 20
_GZIP = b"\x1f\x8b"
_MEMBER = 31
"""What zlib is told so that it reads a member of gzip."""

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_VAGUE = ("", UNKNOWN, "binary/octet-stream", "application/unknown", "unknown/unknown")


@dataclass(frozen=True)
class Record:
    """A record of an archive, as far as a passage can stand in it."""

    kind: str
    """Its `WARC-Type`; empty for what can't be read."""
    truncated: bool
    """Whether the archive ends, or is damaged, before the record does."""
    block: bytes | None = None
    """What it holds, or `None` if that is more than `MAX_BLOCK`."""
    url: str = ""
    date: str = ""
    """When it was captured, as RFC 3339 has it, or empty."""
    declared: str = ""
    """The `Content-Type` of the record."""
    block_digest: str | None = None
    payload_digest: str | None = None

    @cached_property
    def response(self) -> http.Response:
        """The headers and the payload, as they were sent."""
        block = self.block or b""
        if self.kind == "response" and block and self.url.lower().startswith("http"):
            return http.parse(block)
        return http.Response("200", {"content-type": self.declared}, block)

    @cached_property
    def content(self) -> bytes:
        """The content without its encodings.

        Raises:
            Unread: it can't be had.
        """
        if self.block is None:
            raise http.Unread(f"it has more than {MAX_BLOCK >> 20} MB")
        if self.truncated:
            raise http.Unread("the archive ends or is damaged within it")
        return http.content(self.response)

    @property
    def charset(self) -> str | None:
        """The charset that the server declared."""
        found = _CHARSET.search(self.response.headers.get("content-type", ""))
        return found[1] if found else None

    @property
    def media_type(self) -> str:
        """The type of the content: what was declared, unless the content is clearly another."""
        declared = self.response.headers.get("content-type", "").split(";")[0].strip().lower()
        name = urlsplit(self.url).path if _splits(self.url) else ""
        found = sniff(self.content[:HEAD], name, self.content[-TAIL:])
        if declared in _VAGUE or not (found.startswith(("text/", "message/")) or found == UNKNOWN):
            return found
        return declared

    @property
    def digests_match(self) -> bool | None:
        """Whether the record's own digests are those of its bytes; `None` if there are none."""
        if self.block is None or self.truncated:
            return None
        payload = self.response.payload
        whole = http.dechunk(payload) if self.response.chunked else None
        sent = [payload] if whole is None else [payload, whole]
        found = (
            digests.matches(self.block_digest, self.block),
            digests.matches(self.payload_digest, *sent),
        )
        return None if found == (None, None) else False not in found


class _Decompressed:
    """An archive without its compression, which ends where it is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        start = file.read(len(_GZIP))
        file.seek(-len(start), 1)
        read = iter(lambda: file.read(_CHUNK), b"")
        self._chunks = self._members(read) if start == _GZIP else read
        self.damaged = False

    def read(self, _size: int) -> bytes:
        """The next bytes, as many as there happen to be, and none at the end."""
        return next(filter(None, self._chunks), b"")

    def _members(self, compressed: Iterator[bytes]) -> Iterator[bytes]:
        """What all members of a gzip file hold, piece by piece."""
        data = b""
        while data := data or next(compressed, b""):
            stream = zlib.decompressobj(_MEMBER)
            while not stream.eof:
                data = data or next(compressed, b"")
                piece = self._inflate(stream, data)
                if not (data or piece) or self.damaged:
                    self.damaged = True
                    return
                yield piece
                data = stream.unconsumed_tail
            data = stream.unused_data.lstrip(b"\0")

    def _inflate(self, stream: zlib._Decompress, data: bytes) -> bytes:
        try:
            return stream.decompress(data, _CHUNK)
        except zlib.error:
            self.damaged = True
            return b""


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of an archive that is compressed or not.

    Where the archive ends within a record, that one is `truncated`, and it is the last.

    Raises:
        ExtractionError: it isn't an archive, or expands to more than `MAX_TOTAL`.
    """
    from warcio.archiveiterator import WARCIterator
    from warcio.exceptions import ArchiveLoadFailed

    source = _Decompressed(file)
    total, begun = 0, False
    try:
        for found in WARCIterator(source, no_record_parse=True):
            block, size = _read(found.raw_stream, MAX_TOTAL - total)
            total, begun = total + size, True
            yield _record(found.rec_headers.get_header, block, size)
    except ArchiveLoadFailed as error:
        if not begun:
            raise ExtractionError(
                f"This is no web archive that can be read: {str(error).strip()[:200]}. Preserve "
                "the pages that matter in another form too."
            ) from error
        source.damaged = True
    if source.damaged:
        yield Record("", truncated=True)


def _record(told: Callable[[str], str | None], block: bytes | None, size: int) -> Record:
    date, length = told("WARC-Date") or "", told("Content-Length") or ""
    return Record(
        told("WARC-Type") or "",
        truncated=length.isdecimal() and len(length) < _DIGITS and size < int(length),
        block=block,
        url=(told("WARC-Target-URI") or "").strip("<>"),
        date=date if _DATE.fullmatch(date) else "",
        declared=told("Content-Type") or "",
        block_digest=told("WARC-Block-Digest"),
        payload_digest=told("WARC-Payload-Digest"),
    )


def _read(stream: BinaryIO, left: int) -> tuple[bytes | None, int]:
    """What a record holds, unless it is too much, and its size."""
    kept: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > left:
            raise ExtractionError(
                f"This web archive expands to more than {MAX_TOTAL >> 30} GB. Cut out the captures "
                "that matter, and preserve those as an archive of their own."
            )
        if size <= MAX_BLOCK:
            kept.append(chunk)
    return (b"".join(kept) if size <= MAX_BLOCK else None), size


def _splits(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True
