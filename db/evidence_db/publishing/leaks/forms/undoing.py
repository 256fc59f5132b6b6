"""What text may be written as, undone: escapes of many formats, base64, hex."""

from __future__ import annotations

import binascii
import html
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from evidence_db.publishing.leaks.forms.places import Pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evidence_db.publishing.leaks.forms.places import Stretch

_NEAR = 1024
"""Bytes around an escape that belong to the text that it is in."""
_BASE64 = re.compile(
    rb"[A-Za-z0-9+/_-]{8,}+(?:(?:[ \t]*\r?\n[> \t]*|\\r?\\n)[A-Za-z0-9+/_-]{2,}+)*+"
)
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}+[ \t\r\n:>]{0,4}+){5,}[0-9A-Fa-f]{2,}+")
_NO_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_NO_BASE64 = re.compile(rb"\\r?\\n|[^A-Za-z0-9+/]+")
_ALL_HEX = re.compile(rb"[0-9a-f]{24,}|[0-9A-F]{24,}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_JSON = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})(?:\\u([dD][c-fC-F][0-9A-Fa-f]{2}))?|([\"\\/bfnrt']))")
_SIMPLE = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}|(?<![A-Za-z0-9+/])[A-Za-z0-9.,_-]{1,30}\+(?=[A-Za-z0-9])")
_QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_HTML = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")

_WORD = rb"=\?[A-Za-z0-9_.:*-]{1,40}\?(?:[Qq]\?[!->@-~ ]{0,400}|[Bb]\?[A-Za-z0-9+/=]{0,400})\?="
_WORDS = re.compile(rb"%b(?:[ \t\r\n]{0,80}%b){0,200}" % (_WORD, _WORD))
_ONE_WORD = re.compile(rb"=\?[^?]+\?(.)\?([^?]*)\?=")
"""Encoded words of e-mails (RFC 2047), and those that go on with the same text."""
_KERNED = rb"\)[ \r\n]*-?[0-9.]{1,12}[ \r\n]*\("
"""What moves letters of a word in a PDF nearer to each other."""
_PDF = re.compile(rb"\\[0-3][0-7]{2}|" + _KERNED)
_PDF_OR_SIMPLE = re.compile(rb"\\(?:([0-3][0-7]{2})|([()\\])|\r?\n)|" + _KERNED)
_MARKUP = re.compile(rb"<[/!?A-Za-z][^<>]{0,400}>|\r?\n[ \t]*>[> \t]*")
"""Tags, and what stands before lines of a letter that is answered."""
_RTF = re.compile(
    rb"\\(?:['xX]([0-9A-Fa-f]{2})|u(-?[0-9]{1,5})(?![0-9])(?:\\'[0-9A-Fa-f]{2}|[ ?])?)"
)


class _Escape(NamedTuple):
    form: str
    pattern: re.Pattern[bytes]
    undo: Callable[[bytes], bytes]


def _json(data: bytes) -> bytes:
    return _JSON.sub(_json_one, data)


def _json_one(match: re.Match[bytes]) -> bytes:
    first, second, simple = match.groups()
    if simple is not None:
        return _SIMPLE.get(simple, bytes(simple))
    units = int(first, 16).to_bytes(2, "big")
    units += int(second, 16).to_bytes(2, "big") if second else b""
    return units.decode("utf-16-be", "ignore").encode("utf-8", "ignore")


def _percent(data: bytes) -> bytes:
    return unquote_to_bytes(data.replace(b"+", b" "))


def _quoted(data: bytes) -> bytes:
    return _QUOTED.sub(_quoted_one, data)


def _quoted_one(match: re.Match[bytes]) -> bytes:
    try:
        return binascii.unhexlify(match[0][1:])
    except binascii.Error:
        return b""


def _html(data: bytes) -> bytes:
    return _HTML.sub(lambda match: _html_one(match[0]), data)


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


_ESCAPES = (
    _Escape("JSON escapes", _JSON, _json),
    _Escape("percent-encoded", _PERCENT, _percent),
    _Escape("quoted-printable", _QUOTED, _quoted),
    _Escape("HTML references", _HTML, _html),
    _Escape("encoded words", _WORDS, _encoded_words),
    _Escape("strings of PDFs", _PDF, _pdf),
    _Escape("RTF", _RTF, _rtf),
    _Escape("markup", _MARKUP, _markup),
)


_TEXT = ("encoded words", "strings of PDFs", "RTF", "markup")
"""What is written as text alone: undoing it in what is packed damages that."""
_BYTES = ("base64", "hex")


def is_text(of: Stretch) -> bool:
    """Whether nothing packed can be in a stretch, since what was undone last is written as text."""
    last = next((form for form in reversed(of.forms) if form in _TEXT or form in _BYTES), None)
    return last in _TEXT


def undone(of: Stretch) -> Iterator[Stretch]:
    """What becomes of a stretch if it is undone once, in each way that there is."""
    for escape in _ESCAPES:
        pieces = Pieces(of, escape.form)
        for start, end in _windows(escape.pattern, of.data):
            pieces.add(escape.undo(of.data[start:end]), start)
        if pieces.size:
            yield pieces.stretch()
    for pieces in (_from_base64(of), _from_hex(of)):
        if pieces.size:
            yield pieces.stretch()


def _windows(pattern: re.Pattern[bytes], data: bytes) -> list[tuple[int, int]]:
    """The stretches that have an escape, with what is near them."""
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(data):
        start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _from_base64(of: Stretch) -> Pieces:
    """Each run of base64, begun at each of four characters: one of them is where it began."""
    pieces = Pieces(of, "base64")
    for match in _BASE64.finditer(of.data):
        if _ALL_HEX.fullmatch(match[0]):
            continue
        run = _NO_BASE64.sub(b"", match[0].translate(_URL_SAFE))
        for skipped in range(4):
            whole = (len(run) - skipped) // 4 * 4
            rest = len(run) - skipped - whole
            padded = run[skipped:] + b"=" * (4 - rest) if rest > 1 else run[skipped:][:whole]
            pieces.add(binascii.a2b_base64(padded), match.start() + skipped)
    return pieces


def _from_hex(of: Stretch) -> Pieces:
    """Each run of hex digits, begun at the first and at the second."""
    pieces = Pieces(of, "hex")
    for match in _HEX.finditer(of.data):
        run = _NO_HEX.sub(b"", match[0])
        for skipped in range(2):
            whole = (len(run) - skipped) // 2 * 2
            pieces.add(binascii.unhexlify(run[skipped:][:whole]), match.start() + skipped)
    return pieces
