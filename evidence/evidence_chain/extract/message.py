"""E-mail: its headers, decoded, and the text that its reader sees; attachments by name.

Parsed by the standard library under its lenient policy. Headers are decoded here: the structured
parser of headers stops at malformed ones, and its results differ between versions of Python.
"""

from __future__ import annotations

import binascii
import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from evidence_chain.extract import _charsets, html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/message"
VERSION = "1"
MEDIA_TYPES = ("message/rfc822",)
GUARDED = True

FIELDS = {
    "sender": "From",
    "recipient": "To",
    "cc": "Cc",
    "date": "Date",
    "subject": "Subject",
    "message_id": "Message-ID",
    "in_reply_to": "In-Reply-To",
}
"""Fields of a record, to the headers that they are taken from."""

_LADDER: list[str | None] = ["utf-8", "gb18030", "latin-1"]
"""Charsets tried where the declared one is missing or wrong; the last fits every byte."""
_HEAD = re.compile(rb".*?(?:\r?\n\r?\n|\Z)", re.DOTALL)
_WORD = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
_LINE_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]+[ \t]*")


def headers(data: bytes) -> dict[str, str | None]:
    """Return who wrote what to whom, and when, by the names of `FIELDS`.

    Args:
        data: the whole message, or as much as holds its headers.

    Values are decoded and unfolded; a header that is missing is `None`; of several the first
    counts, as mail programs show it.
    """
    from email.parser import BytesHeaderParser

    found = _HEAD.match(data)
    message = BytesHeaderParser().parsebytes(found[0] if found else b"")
    return {field: next(_values(message, name), None) for field, name in FIELDS.items()}


def extract(file: BinaryIO) -> tuple[str, dict[str, Json]]:
    """Return the headers of `FIELDS`, a line each, then each text part, and the attachments.

    Of alternatives the plain text is taken, or the visible text of the HTML where there is none.
    """
    from email import message_from_binary_file

    message = message_from_binary_file(file)
    lines = [f"{name}: {value}" for name in FIELDS.values() for value in _values(message, name)]
    texts, charsets, attached = [], [], []
    for part in _parts(message):
        if _is_text(part):
            text, charset = _text(part)
            texts.append(text.replace("\r\n", "\n").strip("\n"))
            charsets.append(charset)
        else:
            attached.append(f"Attachment: {_file_name(part)} ({part.get_content_type()})")
    blocks = ["\n".join(lines), *texts, "\n".join(attached)]
    python = ".".join(map(str, sys.version_info[:3]))
    return "\n\n".join(filter(None, blocks)) + "\n", {
        "charsets": charsets,
        "parser": f"email {python}",
    }


def decode_header(value: str) -> str:
    """Return a header's value on one line, with its encoded words (RFC 2047) or bytes decoded."""
    if not value.isascii():
        value = _decode(value.encode("utf-8", "surrogateescape"), None)[0]
    value = _WORDS.sub(_decode_words, _LINE_BREAK.sub(" ", value))
    return _LINE_BREAK.sub(" ", value).strip()


def _values(message: Message, name: str) -> Iterator[str]:
    """The values of a header, as often as it stands there."""
    for found, value in message.raw_items():
        if found.lower() == name.lower():
            yield decode_header(value)


def _decode_words(words: re.Match[str]) -> str:
    """Decode encoded words that follow one another; one character may be split between two."""
    decoded = [(label, _word_bytes(how, what)) for label, how, what in _WORD.findall(words[0])]
    return "".join(
        _decode(b"".join(data for _, data in group), label)[0]
        for label, group in groupby(decoded, key=lambda word: word[0].lower())
    )


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    try:
        return binascii.a2b_base64(data + b"==")
    except binascii.Error:
        return data


def _decode(data: bytes, label: str | None) -> tuple[str, str]:
    """The text in the declared charset, or in the first of the ladder that it is valid in."""
    found = _charsets.decode_strictly(data, [_charsets.known(label), *_LADDER])
    return found or (data.decode("latin-1"), "latin-1")


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order; of alternatives the preferred ones."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part
            continue
        parts = [each for each in part.get_payload() if not isinstance(each, str)]
        if part.get_content_subtype() == "alternative":
            parts = _preferred(parts)
        waiting += reversed(parts)


def _preferred(alternatives: list[Message]) -> list[Message]:
    """The plain text, unless it is empty, or else the last that can hold HTML, or else all."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain"]
    if any(_payload(part).strip() for part in plain):
        return plain
    rich = [
        part
        for part in alternatives
        if part.is_multipart() or part.get_content_type() == "text/html"
    ]
    return rich[-1:] or alternatives


def _is_text(part: Message) -> bool:
    """Whether a part is shown with the message; one that lacks its boundary is, too."""
    if part.get_content_disposition() == "attachment":
        return False
    kind = part.get_content_type()
    return kind in ("text/plain", "text/html") or kind.startswith("multipart/")


def _text(part: Message) -> tuple[str, str]:
    """The text of a part, and the charset that it was decoded with."""
    label = part.get_content_charset()
    if part.get_content_type() != "text/html":
        return _decode(_payload(part), label)
    if _charsets.known(label):
        markup, charset = _decode(_payload(part), label)
    else:
        markup, options = html.decode(_payload(part))
        charset = str(options["charset"])
    return html.visible(markup)[0], charset


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _file_name(part: Message) -> str:
    return decode_header(part.get_filename() or "unnamed")
