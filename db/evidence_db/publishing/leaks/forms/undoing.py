"""What text may be written as, undone: escapes of many formats."""

from __future__ import annotations

import binascii
import html
import re
import sys
from functools import cached_property, lru_cache
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import numpy as np

from evidence_db.publishing.leaks.forms.alphabet import joined
from evidence_db.publishing.leaks.forms.folding import BARRIER
from evidence_db.publishing.leaks.forms.places import Pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from evidence_db.publishing.leaks.forms.places import Stretch

_NEAR = 1024
"""Bytes around an escape that belong to the text that it is in."""
_NEARER = 320
"""The same where most bytes are none of ASCII, of which no gaps are made: 80 letters of four."""
_IN_TEXT = {*b"\t\n\r", *range(0x20, 0x7F)}
_NOISE = bytes(0xFF if c in _IN_TEXT else c != BARRIER[0] for c in range(256))
"""What is none of text in ASCII, 1, and what is, -1: held against each other."""
_UNICODE = re.compile(rb"\\u([0-9A-Fa-f]{4})(?:\\u([dD][c-fC-F][0-9A-Fa-f]{2}))?")
_JSON = re.compile(_UNICODE.pattern + rb"|\\[\"\\/bfnrt']")
_SIMPLE = {
    b"\\%c" % written: bytes([to])
    for written, to in zip(b"bfnrt\"/'", b"\b\f\n\r\t\"/'", strict=True)
}
_MARKS = [bytes([code]) for code in (0xC0, 0xC1, *range(0xF8, 0x100))]
"""Bytes that UTF-8 has nowhere."""
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_PLUS = re.compile(rb"\+(?=[A-Za-z0-9])")
_ENDS_WORD = re.compile(rb"[A-Za-z0-9.,_-]")
_NO_WORD = re.compile(rb"[^A-Za-z0-9]")
_BEFORE = 31
"""Characters before a plus, among which a word begins that is in a form and not in base64."""
_QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_HTML = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")

_WORD = rb"=\?[A-Za-z0-9_.:*-]{1,40}\?(?:[Qq]\?[!->@-~ ]{0,400}|[Bb]\?[A-Za-z0-9+/=]{0,400})\?="
_WORDS = re.compile(rb"%b(?:[ \t\r\n]{0,80}%b){0,200}" % (_WORD, _WORD))
_ONE_WORD = re.compile(rb"=\?[^?]+\?(.)\?([^?]*)\?=")
"""Encoded words of e-mails (RFC 2047), and those that go on with the same text."""
_KERNED = rb"\)[ \r\n]*-?[0-9.]{1,12}[ \r\n]*\("
"""What moves letters of a word in a PDF nearer to each other."""
_OCTAL = re.compile(rb"\\[0-3][0-7]{2}")
_MOVED = re.compile(_KERNED)
_PDF_OR_SIMPLE = re.compile(rb"\\(?:([0-3][0-7]{2})|([()\\])|\r?\n)|" + _KERNED)
_TAG, _ANSWERED = rb"<[/!?A-Za-z][^<>]{0,400}>", rb"\n[ \t]*>[> \t]*"
"""Tags, and what stands before lines of a letter that is answered."""
_TAGS, _ANSWERS = re.compile(_TAG), re.compile(_ANSWERED)
_MARKUP = re.compile(rb"%b|\r?%b" % (_TAG, _ANSWERED))
_RTF = re.compile(
    rb"\\(?:['xX]([0-9A-Fa-f]{2})|u(-?[0-9]{1,5})(?![0-9])(?:\\'[0-9A-Fa-f]{2}|[ ?])?)"
)
_CSS = re.compile(rb"\\([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\r\n\f])?")


class _Escape(NamedTuple):
    form: str
    marks: tuple[bytes, ...]
    """What stands where there is one; bytes without any are left alone, which `in` tells fast."""
    find: Callable[[bytes], Iterable[re.Match[bytes]]]
    undo: Callable[[bytes], bytes]


def _either(*patterns: re.Pattern[bytes]) -> Callable[[bytes], Iterable[re.Match[bytes]]]:
    """What one of several patterns matches.

    `re` finds each, by the byte that it begins with, some forty times as fast as all in one.
    """
    return lambda data: merge(*(one.finditer(data) for one in patterns), key=re.Match.start)


def _json(data: bytes) -> bytes:
    kept = next((mark for mark in _MARKS if mark not in data), None)
    if kept is None:
        return _JSON.sub(_json_one, data)
    for written, to in ((b"\\\\", kept), *_SIMPLE.items()):
        data = data.replace(written, to)
    return _UNICODE.sub(_json_one, data).replace(kept, b"\\")


def _json_one(match: re.Match[bytes]) -> bytes:
    first, second = match.groups()
    if first is None:
        return _SIMPLE.get(match[0], b"\\")
    units = int(first, 16).to_bytes(2, "big")
    units += int(second, 16).to_bytes(2, "big") if second else b""
    return units.decode("utf-16-be", "ignore").encode("utf-8", "ignore")


def _percent(data: bytes) -> bytes:
    return unquote_to_bytes(data.replace(b"+", b" "))


def _percents(data: bytes) -> list[re.Match[bytes]]:
    """Escapes of addresses, and each plus that stands for a space after a word."""
    found = [*_PERCENT.finditer(data)]
    spaces = [plus for plus in _PLUS.finditer(data) if _ends_word(data, plus.start())]
    return sorted(found + spaces, key=lambda match: match.start()) if spaces else found


def _ends_word(data: bytes, at: int) -> bool:
    before = data[max(0, at - _BEFORE) : at][::-1]
    if not _ENDS_WORD.match(before):
        return False
    other = _NO_WORD.search(before)
    return other[0] not in b"+/" if other else at < _BEFORE


def _quoted(data: bytes) -> bytes:
    return _QUOTED.sub(_quoted_one, data)


def _quoted_one(match: re.Match[bytes]) -> bytes:
    try:
        return binascii.unhexlify(match[0][1:])
    except binascii.Error:
        return b""


def _html(data: bytes) -> bytes:
    return _HTML.sub(lambda match: _html_one(match[0]), data)


def _references(data: bytes) -> Iterator[re.Match[bytes]]:
    return (match for match in _HTML.finditer(data) if _html_one(match[0]) != match[0])


@lru_cache(maxsize=4096)
def _html_one(reference: bytes) -> bytes:
    return html.unescape(reference.decode("ascii")).encode("utf-8", "ignore")


def _encoded_words(data: bytes) -> bytes:
    return _WORDS.sub(lambda run: b"".join(map(_word, _ONE_WORD.findall(run[0]))), data)


def _word(found: tuple[bytes, bytes]) -> bytes:
    how, text = found
    if how in b"Qq":
        return _quoted(text.replace(b"_", b" "))
    plain = text.rstrip(b"=")
    try:
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""


def _markup(data: bytes) -> bytes:
    return _MARKUP.sub(b"", data)


def _pdf(data: bytes) -> bytes:
    """Strings of a PDF without octal escapes and kerning."""
    return _PDF_OR_SIMPLE.sub(
        lambda one: bytes([int(one[1], 8)]) if one[1] else one[2] or b"", data
    )


def _rtf(data: bytes) -> bytes:
    """Escapes of RTF and of programs: bytes as they are, and numbers of UTF-16 in UTF-8."""
    return _RTF.sub(_rtf_one, data)


def _rtf_one(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return binascii.unhexlify(match[1])
    return chr(int(match[2]) & 0xFFFF).encode("utf-8", "ignore")


def _css(data: bytes) -> bytes:
    """Escapes of style sheets: numbers of characters, with the space that ends one."""
    return _CSS.sub(_css_one, data)


def _css_one(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16)
    return chr(code).encode("utf-8", "ignore") if code <= sys.maxunicode else b""


_ESCAPES = (
    _Escape("JSON escapes", (b"\\",), _JSON.finditer, _json),
    _Escape("percent-encoded", (b"%", b"+"), _percents, _percent),
    _Escape("quoted-printable", (b"=",), _QUOTED.finditer, _quoted),
    _Escape("HTML references", (b"&",), _references, _html),
    _Escape("encoded words", (b"=?",), _WORDS.finditer, _encoded_words),
    _Escape("strings of PDFs", (b"\\", b")"), _either(_OCTAL, _MOVED), _pdf),
    _Escape("RTF", (b"\\",), _RTF.finditer, _rtf),
    _Escape("CSS escapes", (b"\\",), _CSS.finditer, _css),
    _Escape("markup", (b"<", b">"), _either(_TAGS, _ANSWERS), _markup),
)


_TEXT = ("encoded words", "strings of PDFs", "RTF", "CSS escapes", "markup")
"""What is written as text alone: undoing it in what is packed damages that."""
_BYTES = ("base64", "hex")


def is_escape(of: Stretch) -> bool:
    """Whether what was done last to have a stretch is that escapes were undone."""
    return of.forms[-1:] in {(escape.form,) for escape in _ESCAPES}


def is_text(of: Stretch) -> bool:
    """Whether nothing packed can be in a stretch, since what was undone last is written as text."""
    last = next((form for form in reversed(of.forms) if form in _TEXT or form in _BYTES), None)
    return last in _TEXT


def undone(of: Stretch) -> Iterator[Stretch]:
    """What becomes of a stretch if its escapes are undone once, in each way that there is."""
    near = _Near(of.data)
    for escape in _ESCAPES:
        if not any(mark in of.data for mark in escape.marks):
            continue
        pieces = Pieces(of, escape.form)
        for start, end in near.windows(escape.find(of.data)):
            pieces.add(escape.undo(of.data[start:end]), start)
        if pieces.size:
            yield pieces.stretch()


class _Near:
    """What is near escapes in some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def windows(self, escapes: Iterable[re.Match[bytes]]) -> list[tuple[int, int]]:
        """The stretches that have an escape, with what is near them."""
        spans = np.array([match.span() for match in escapes], dtype=np.int64).reshape(-1, 2)
        if not len(spans):
            return []
        near = np.full(len(spans), _NEAR)
        if not self._data.isascii():
            near[self._are_noise(*spans.T)] = _NEARER
        starts = np.maximum(spans[:, 0] - near, 0)
        order = np.argsort(starts, kind="stable")
        return joined(starts[order], np.maximum.accumulate((spans[:, 1] + near)[order]), 0)

    def _are_noise(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether most of what is near each is no text in ASCII, so that few gaps can be in it."""
        firsts = np.maximum(starts - _NEARER, 0)
        lasts = np.minimum(ends + _NEARER, len(self._data))
        noise: NDArray[np.bool_]
        noise = self._noise[lasts] >= self._noise[firsts]
        return noise

    @cached_property
    def _noise(self) -> NDArray[np.int32]:
        """How many more bytes are none of text in ASCII than are, up to each."""
        counts = np.zeros(len(self._data) + 1, dtype=np.int32)
        np.cumsum(np.frombuffer(self._data.translate(_NOISE), dtype=np.int8), out=counts[1:])
        return counts
