"""Where the messages of a mailbox begin and end (RFC 4155, and what programs write instead).

A separator is a line "From " with a date, after an empty line or before a header. Nothing within a
part of a message is one, nor what `Content-Length` counts where it ends exactly at another.
What is as likely a line of a text is none, and is told.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from evidence_chain.extract import charsets
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_FROM = pattern(rb"(?m)^From(?: [^\r\n]*)?(?=\r?$)")
_BARE = pattern(rb"From[ \t]*(?:-[ \t]*)?\r?")
_UNDATED = pattern(rb"From [^\s@]{1,200}@[^\s@]{1,200}[ \t]*\r?(?=\n|\Z)")
"""A line with an address alone, which is one where the first of the file is such a line, too."""
_DASH = pattern(rb"From +-")
"""What Netscape's programs write, with or without an empty line before it."""
_BEFORE_ALL = pattern(rb"(?:\xef\xbb\xbf|[ \t\f]*\r?\n)+(?=From )")
_JOINED = b"\n\xef\xbb\xbfFrom "
"""Where mailboxes were put one after the other, each with a byte-order mark."""
_DAYS = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE = pattern(
    rb"(?i)From .*?(?:\b" + _MONTH + rb"\b\D{0,3}\d{1,2}\b|\b\d{1,2}[ -]" + _MONTH + rb"\b)"
    rb"(?=.*\b\d{1,2}:\d\d\b)(?=.*\b\d{4}\b)"
)
_ASCTIME = pattern(
    rb"From \S+ +" + _DAYS + rb" (?i:" + _MONTH + rb")"
    rb" [ \d]\d \d\d:\d\d:\d\d \d{4}\s*$"
)
_EMPTY_LINE = pattern(rb"[ \t]*\r?\n")
_NUMERIC = pattern(rb"From \S+ .*\b\d{1,4}[-/.]\d\d?[-/.]\d{2,4}[T ]+\d{1,2}:\d\d")
_HEADER = pattern(rb"(?:>From [^\r\n]*\r?\n|[!-9;-~]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z))*")
_NAME = pattern(rb"(?m)^([!-9;-~]+)[ \t]*:")
_BEFORE = pattern(rb"(?:\A|\n)[ \t]*\r?\n\Z")
_LENGTH = pattern(rb"(?im)^Content-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$")
_MULTIPART = pattern(
    rb"(?is)^Content-Type[ \t]*:[ \t]*multipart/(?:[^\n]|\n[ \t])*?;\s*boundary\s*=\s*"
    rb"(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))",
    8,
)
_LETTER = frozenset(
    (b"from", b"date", b"message-id", b"received", b"subject", b"to", b"x-from-line")
)
_EMPTY_LINES = pattern(rb"(?:[ \t]*\r?\n){0,3}")
_CLOSED = pattern(rb"(?m)^--([^\r\n]{1,200}?)--[ \t]*\r?$")
_LONGEST_HEADER = 1 << 20
_MOST_IN_A_ROW = 4
"""Separators that programs put before one message."""


class Mailbox:
    """The messages of a mailbox, and what could not be told of where they begin."""

    def __init__(self, stored: bytes) -> None:
        mark = charsets.marked(stored)
        self.said: list[str] = ["byte-order mark"] if mark else []
        data = stored[mark[1] :] if mark else stored
        if mark and mark[0] != "utf-8":
            data = charsets.decode_replacing(data, mark[0])[0].encode()
            self.said = [f"the file is {mark[0]}"]
        if b"\n" not in data:
            data = data.replace(b"\r", b"\n")  # as programs of the old Mac OS end lines
        if before := _BEFORE_ALL.match(data):
            data = data[before.end() :]
        if _JOINED in data:
            data = data.replace(_JOINED, b"\nFrom ")
            self.said = ["byte-order mark"]
        self._data = data
        self._is_undated = bool(_UNDATED.match(data))
        self._lines = [found.span() for found in _FROM.finditer(data)]
        self._closed: dict[bytes, list[int]] = {}
        for found in _CLOSED.finditer(data):
            self._closed.setdefault(found[1], []).append(found.start())
        self.doubtful = 0
        """Lines that are as likely separators as words: they were taken for words."""

    def messages(self) -> Iterator[bytes]:
        """Each message, without the lines around it; quoted lines are as they stand there.

        What stands before the first separator is a message, if it has words.
        """
        starts = self._starts()
        ends = [start for start, _ in starts] + [len(self._data)]
        if starts and self._data[: ends[0]].strip():
            self.said.append("words before the first separator")
            yield self._data[: ends[0]]
        for (_, begin), end in zip(starts, ends[1:], strict=True):
            yield _trimmed(self._data[begin:end])

    def _starts(self) -> list[tuple[int, int]]:
        """Where each separator and the message after it begin."""
        starts: list[tuple[int, int]] = []
        protected = 0
        for at, line in enumerate(self._lines):
            if line[0] >= protected and self._separates(at):
                begin = self._begin(at)
                protected = max(begin, self._protected(begin))
                starts.append((line[0], begin))
        return starts

    def _begin(self, at: int) -> int:
        """Where the message after this line begins, which may have more than one separator."""
        begin = self._next_line(self._lines[at][1])
        for line in islice(self._lines, at + 1, at + _MOST_IN_A_ROW):
            if line[0] != begin or not self._is_dated(line):
                break
            begin = self._next_line(line[1])
        return begin

    def _separates(self, at: int) -> bool:
        """Whether a line is a separator."""
        line = start, _ = self._lines[at]
        names = self._names(self._begin(at))
        letter = len(names & _LETTER) > 1 and b"from" in names
        after_empty = start == 0 or bool(_BEFORE.search(self._data, max(0, start - 200), start))
        if self._is_dated(line):
            sure = letter or (after_empty and (self._is_headless(line) or _is_header(names)))
            self.doubtful += not sure
            return sure
        known = letter or b"x-mozilla-status" in names
        if self._is_bare(line) and known and (after_empty or _DASH.match(self._data, *line)):
            return True
        if self._is_undated and letter and after_empty and _UNDATED.fullmatch(self._data, *line):
            return True
        self.doubtful += letter and (after_empty or self._is_bare(line))
        return False

    def _is_headless(self, line: tuple[int, int]) -> bool:
        """Whether it is a separator to the letter, after which a message has no header at all."""
        begin = self._next_line(line[1])
        asked = _ASCTIME.match(self._data, *line) and _EMPTY_LINE.match(self._data, begin)
        return bool(asked)

    def _is_dated(self, line: tuple[int, int]) -> bool:
        text = self._data[line[0] : min(line[1], line[0] + 500)]
        return bool(_DATE.match(text) or _NUMERIC.match(text))

    def _is_bare(self, line: tuple[int, int]) -> bool:
        return bool(_BARE.fullmatch(self._data, *line))

    def _next_line(self, end: int) -> int:
        at = self._data.find(b"\n", end)
        return len(self._data) if at < 0 else at + 1

    def _header(self, begin: int) -> bytes:
        return _HEADER.match(self._data, begin, begin + _LONGEST_HEADER)[0]  # type: ignore[index]

    def _names(self, begin: int) -> set[bytes]:
        """The names of the header fields that stand there, in lower case."""
        return {name.lower() for name in _NAME.findall(self._header(begin))}

    def _protected(self, begin: int) -> int:
        """Up to where nothing separates, by what a message says of itself."""
        header = self._header(begin)
        body = self._next_line(begin + len(header))
        length, boundary = _LENGTH.search(header), _MULTIPART.search(header)
        if length and self._ends_there(end := body + int(length[1])):
            return end
        return self._close(body, boundary[1] or boundary[2]) if boundary else 0

    def _ends_there(self, end: int) -> bool:
        """Whether a message may end there: at another's separator, or where the file ends."""
        if end > len(self._data):
            return False
        at = _EMPTY_LINES.match(self._data, end).end()  # type: ignore[union-attr]
        if at == len(self._data):
            return True
        index = bisect_left(self._lines, (at, 0))
        line = self._lines[index] if index < len(self._lines) else (-1, -1)
        starts = line[0] == at and self._data[at - 1 : at] == b"\n"
        return starts and (self._is_dated(line) or self._is_bare(line))

    def _close(self, body: int, boundary: bytes) -> int:
        """Where the last part of a message is closed; 0 where that can't be told.

        A boundary that another message names again closes nothing before that one.
        """
        ends = self._closed.get(boundary, [])
        index = bisect_left(ends, body)
        if index == len(ends):
            return 0
        end = ends[index]
        first, last = bisect_left(self._lines, (body, 0)), bisect_left(self._lines, (end, 0))
        for line in self._lines[first:last]:
            header = self._header(self._next_line(line[1]))
            again = _MULTIPART.search(header)
            if self._is_dated(line) and again and boundary in (again[1], again[2]):
                return line[0]
        return end


def _is_header(names: set[bytes]) -> bool:
    return bool(names & _LETTER) or len(names) > 1


def _trimmed(data: bytes) -> bytes:
    """A message without the empty line before the next separator."""
    for end in (b"\r\n\r\n", b"\n\n"):
        if data.endswith(end):
            return data[: -len(end) // 2]
    return b"" if data in (b"\n", b"\r\n") else data
