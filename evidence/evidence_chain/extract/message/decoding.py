"""Headers of e-mails, decoded: encoded words, raw bytes, and parameters such as file names.

Decoded here because the standard library's structured parser stops at malformed headers, and its
results differ between versions of Python.
"""

from __future__ import annotations

import binascii
import re
from itertools import groupby, takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from evidence_chain.extract import charsets
from evidence_chain.extract.message.transfer import decode_base64

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_WORD = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
_LINE_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+[ \t]*")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def values(message: Message, name: str) -> Iterator[str]:
    """The values of a header, decoded, as often as it stands there."""
    return map(decode_header, _raw(message, name))


def told_values(message: Message, name: str) -> Iterator[tuple[str, str | None]]:
    """The same, each with the reason why its letters are a guess, if so."""
    for value in _raw(message, name):
        guesses: list[str] = []
        yield decode_header(value, guesses), "; ".join(dict.fromkeys(guesses)) or None


def decode_header(value: str, guesses: list[str] | None = None) -> str:
    """Return a header's value on one line, with its encoded words (RFC 2047) or bytes decoded.

    Args:
        value: as it stands there, bytes beyond ASCII as surrogates.
        guesses: takes why a charset had to be guessed.
    """
    told = [] if guesses is None else guesses
    whole = _LINE_BREAK.sub(" ", _as_text(value, told))
    value = _WORDS.sub(lambda words: _decode_words(words, told), whole)
    return _LINE_BREAK.sub(" ", value).strip()


def parameter(message: Message, header: str, name: str) -> str | None:
    """The value of a parameter of a header, in any of the ways to write it (RFC 2045, 2231)."""
    found: dict[str, str] = {}
    for key, value in _PARAMETER.findall(_as_text(next(_raw(message, header), ""), [])):
        found.setdefault(key.lower(), _unquoted(value.strip()))
    for pieces in ([f"{name}*"], _continuations(found, name)):
        if pieces and pieces[0] in found:
            return _decode_extended([(key.endswith("*"), found[key]) for key in pieces])
    return decode_header(found[name]) if name in found else None


def repeated_parameters(message: Message, header: str) -> list[str]:
    """The names of parameters that a header has several times, with other values each."""
    found: dict[str, set[str]] = {}
    for key, value in _PARAMETER.findall(_as_text(next(_raw(message, header), ""), [])):
        found.setdefault(key.lower(), set()).add(_unquoted(value.strip()).strip())
    return [key for key, values_ in found.items() if len(values_) > 1]


def file_name(part: Message) -> str:
    """The name of an attachment as its sender wrote it, or `unnamed`: a text, never a path."""
    disposition = parameter(part, "content-disposition", "filename")
    return disposition or parameter(part, "content-type", "name") or "unnamed"


def _raw(message: Message, name: str) -> Iterator[str]:
    """The values of a header as they stand there, bytes beyond ASCII as surrogates."""
    for found, value in message.raw_items():
        if found.lower() == name:
            yield value


def _as_text(value: str, guesses: list[str]) -> str:
    if value.isascii():
        return value
    return _told(value.encode("utf-8", "surrogateescape"), None, guesses)


def _told(data: bytes, label: str | None, guesses: list[str]) -> str:
    """The text of some bytes; why it is a guess, if it is one, goes to `guesses`."""
    text, _, guess = charsets.decode(data, label)
    if guess:
        guesses.append(guess)
    return text


def _decode_words(words: re.Match[str], guesses: list[str]) -> str:
    """Decode encoded words that follow one another; one character may be split between two."""
    decoded = [(label, _word_bytes(how, what)) for label, how, what in _WORD.findall(words[0])]
    return "".join(
        _told(b"".join(data for _, data in group), label, guesses)
        for label, group in groupby(decoded, key=lambda word: word[0].lower())
    )


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    return decode_base64(data).data or data


def _unquoted(value: str) -> str:
    return _ESCAPED.sub(r"\1", value[1:-1]) if value[:1] == '"' == value[-1:] else value


def _continuations(found: dict[str, str], name: str) -> list[str]:
    """The keys of a value that is split, in order, up to the first that is missing."""
    either = (
        next((key for key in (f"{name}*{n}*", f"{name}*{n}") if key in found), "")
        for n in range(len(found))
    )
    return list(takewhile(bool, either))


def _decode_extended(pieces: list[tuple[bool, str]]) -> str:
    """Put the pieces together; the first may begin with a charset and a language."""
    charset, data = None, b""
    for n, (encoded, value) in enumerate(pieces):
        if encoded and n == 0 and value.count("'") > 1:
            charset, _, value = value.split("'", 2)
        data += unquote_to_bytes(value) if encoded else value.encode()
    return _LINE_BREAK.sub(" ", charsets.decode_by_ladder(data, charset)[0]).strip()
