"""The records of a web archive, read one by one within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import HEAD, TAIL, UNKNOWN, sniff
from evidence_chain.extract.warc import digests, http
from evidence_chain.extract.warc.codings import Unread
from evidence_chain.extract.warc.lines import Lines
from evidence_chain.extract.warc.packing import Packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from evidence_chain.extract.warc.chunks import Body
    from evidence_chain.extract.warc.packing import Stretch

MAX_BLOCK = 32 << 20
"""Bytes of one record that are looked at."""
MAX_TOTAL = 4 << 30
"""Bytes of all records, once the archive itself is decompressed."""
_DIGITS = 20
_UTF8_MARK = b"\xef\xbb\xbf"
_MAX_FIELDS = 1000
_BETWEEN = 2
"""Ends of lines between two records (WARC 1.1, section 4)."""
_BEGINNING = re.compile(rb"WARC/\d\.\d{1,3}\s*")

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_VAGUE = ("", UNKNOWN, "binary/octet-stream", "application/unknown", "unknown/unknown")


class NoArchiveError(ExtractionError):
    """A file that holds no records."""


@dataclass(frozen=True)
class Record:
    """A record of an archive, as far as a passage can stand in it."""

    headers: dict[str, str] = field(default_factory=dict)
    """Its named fields, by their names in small letters."""
    block: bytes | None = None
    """What it holds, or `None` if that is more than `MAX_BLOCK`."""
    cut: bool = False
    """Whether the archive ends, or is damaged, before the record does."""
    after_damage: bool = False
    """Whether it was found by searching, behind a damaged place."""
    unread: str = ""
    """What is not read, if this stands for a place or file that isn't."""

    @property
    def kind(self) -> str:
        """Its `WARC-Type`."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """What was captured."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def date(self) -> str:
        """When it was captured, as RFC 3339 has it, or empty."""
        date = self.headers.get("warc-date", "")
        return date if _DATE.fullmatch(date) else ""

    @property
    def original(self) -> tuple[str, str]:
        """Address and date of the capture that a revisit refers to, as far as it says so."""
        told = self.headers.get
        return told("warc-refers-to-target-uri", "").strip("<>"), told("warc-refers-to-date", "")

    @property
    def payload_digest(self) -> str:
        """What the record says of its payload, by which a revisit names its original, too."""
        return self.headers.get("warc-payload-digest", "").lower()

    @cached_property
    def response(self) -> http.Response:
        """The headers and the payload, as they were sent."""
        block = self.block or b""
        declared = self.headers.get("content-type", "")
        of_http = self.url.lower().startswith("http") or declared.startswith("application/http")
        if of_http and block and self.kind in ("response", "revisit"):
            return http.parse(block)
        return http.Response("200", {"content-type": declared}, block)

    @cached_property
    def body(self) -> Body:
        """The content without its encodings, and why that is only a part of it, if so.

        Raises:
            Unread: it can't be had.
        """
        if self.block is None:
            raise Unread(f"it has more than {MAX_BLOCK >> 20} MB")
        if self.cut:
            raise Unread("the archive ends or is damaged within it")
        found = http.content(self.response)
        return found._replace(lacks=self._lacks or found.lacks)

    @property
    def content(self) -> bytes:
        """The content without its encodings.

        Raises:
            Unread: it can't be had.
        """
        return self.body.data

    @property
    def _lacks(self) -> str:
        """What the record itself says of it (WARC 1.1, sections 5.13 and 5.18)."""
        if reason := self.headers.get("warc-truncated"):
            return f"the archive says that it was cut ({reason[:40]})"
        segmented = "warc-segment-number" in self.headers
        return "it goes on in other records, which are not put together here" * segmented

    @property
    def charset(self) -> str | None:
        """The charset that the server declared."""
        found = _CHARSET.search(self.response.headers.get("content-type", ""))
        return found[1] if found else None

    @property
    def media_type(self) -> str:
        """The type of the content: what was declared, unless the content is clearly another."""
        declared = self.response.declared
        name = urlsplit(self.url).path if _splits(self.url) else ""
        found = sniff(self.content[:HEAD], name, self.content[-TAIL:])
        if declared in _VAGUE or not (found.startswith(("text/", "message/")) or found == UNKNOWN):
            return found
        return declared

    @property
    def contradicted(self) -> str | None:
        """Which of the record's own digests isn't that of its bytes; `None` if none was compared.

        Empty if those that are there are as they should be.
        """
        if self.block is None or self.cut:
            return None
        told = [self.headers.get(f"warc-{of}-digest") for of in ("block", "payload")]
        payload = digests.matches(told[1], self._payloads())
        block = digests.matches(told[0], [self.block])
        if told[0] == told[1] and payload:
            block = True  # some archivers write that of the payload into both
        wrong = [
            name
            for name, found in (("WARC-Block-Digest", block), ("WARC-Payload-Digest", payload))
            if found is False
        ]
        return None if block is None and payload is None else " and ".join(wrong)

    def _payloads(self) -> Iterator[bytes]:
        """What programs take for the payload: as it was sent, without chunks, without encodings."""
        yield self.response.payload
        yield http.whole(self.response).data
        try:
            yield self.content
        except Unread:
            return


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of an archive that is compressed or not.

    Where the archive ends within a record, that one is `cut`. A place that can't be read is a
    record of nothing but `unread`; those that follow it are found `after_damage`.

    Raises:
        NoArchiveError: it isn't an archive, or nothing in it can be read.
        ExtractionError: it expands to more than `MAX_TOTAL`.
    """
    packed = Packed(file)
    total, begun, damages, reason = 0, False, 0, ""
    for stretch in packed.stretches():
        try:
            for record, size in _records(stretch, MAX_TOTAL - total):
                total, begun = total + size, True
                yield record
        except _NoRecordError as error:
            reason = str(error)
        for at in packed.damages[damages:]:
            yield Record(unread=f"what is at byte {at:,}, where the archive is damaged")
        damages = len(packed.damages)
    if not begun:
        raise NoArchiveError(
            f"This is no web archive that can be read: {reason or 'it is damaged'}. Preserve "
            "the pages that matter in another form too."
        )
    if reason:
        yield Record(unread=f"the rest of the archive: {reason}")


class _NoRecordError(Exception):
    """What stands where a record should begin."""


def _records(stretch: Stretch, left: int) -> Iterator[tuple[Record, int]]:
    """The records of a stretch, and how large each is.

    Behind one whose length is wrong the next line is looked for that begins a record.

    Raises:
        _NoRecordError: no record begins there.
    """
    lines, after_damage = Lines(stretch), stretch.after_damage
    line = _after_blank(lines)[0].removeprefix(_UTF8_MARK)
    if line and not _BEGINNING.fullmatch(line):
        line, after_damage = _next_record(lines, line), True
        yield Record(unread="what the archive begins with, since it is no record"), 0
    while line:
        headers = _headers(lines)
        told = headers.get("content-length", "")
        known = told.isascii() and told.isdecimal() and len(told) < _DIGITS
        block, size = _read(lines.block(int(told) if known else 0), left)
        left -= size
        line, blank = _after_blank(lines)
        goes_on = bool(line) and not _BEGINNING.fullmatch(line)
        cut = not known or size < int(told) or (goes_on and blank < _BETWEEN)
        yield Record(headers, block, cut=cut, after_damage=after_damage), size
        if goes_on:
            line, after_damage = _next_record(lines, line), True


def _next_record(lines: Lines, line: bytes) -> bytes:
    """The next line that begins a record, after one that doesn't.

    Raises:
        _NoRecordError: none does.
    """
    stands = line[:60].decode("utf-8", "replace").strip()
    while line and not _BEGINNING.fullmatch(line):
        line = lines.line()
    if not line:
        raise _NoRecordError(f"no record begins at {stands!r}")
    return line


def _after_blank(lines: Lines) -> tuple[bytes, int]:
    """The next line that isn't blank, empty at the end, and how many blank ones came before."""
    blank = 0
    while (line := lines.line()) and not line.strip():
        blank += 1
    return line, blank


def _headers(lines: Lines) -> dict[str, str]:
    """The named fields of a record; the first of each name, a folded one in one line."""
    headers: dict[str, str] = {}
    name = ""
    for _ in range(_MAX_FIELDS):
        line = lines.line()
        text = line.decode("utf-8", "replace").strip()
        if not text:
            return headers
        if line[:1] in b" \t" and name:
            headers[name] = f"{headers[name]} {text}".strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    raise _NoRecordError(f"a record has more than {_MAX_FIELDS} fields")


def _read(pieces: Iterable[bytes], left: int) -> tuple[bytes | None, int]:
    """What a record holds, unless it is too much, and its size."""
    kept: list[bytes] = []
    size = 0
    for chunk in pieces:
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
