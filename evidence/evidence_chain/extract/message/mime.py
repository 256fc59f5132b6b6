"""The tree of an e-mail's parts, by the standard library's parser under its lenient policy."""

from __future__ import annotations

import re
from email.errors import InvalidBase64CharactersDefect
from email.message import Message
from email.parser import BytesFeedParser
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.message.decoding import decode_header
from evidence_chain.extract.message.transfer import (
    decode_base64,
    decode_quoted_printable,
    without_comments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16

DELIVERY = "message/delivery-status"
"""A notice of delivery, which the parser takes apart into groups of headers (RFC 3464)."""

_FORWARDED = ("message/rfc822", "message/global")
_READABLE = ("text/plain", "text/html", "text/rfc822-headers")
_TYPE = re.compile(r"^\s*([^\s/;]+)\s*/\s*([^\s/;]+)")
_UNPARTED = re.compile(r"^(\s*[^\s/;,]+/[^\s/;,]+)[\s,]+(?=[^\s;=]+\s*=)")
"""A type before whose first parameter a comma stands, or nothing, for the semicolon."""
_KNOWN_CODINGS = ("", "7bit", "8bit", "binary", "base64", "quoted-printable")
_PRINTABLE = re.compile(r"^quoted[\s_]*printable$", re.IGNORECASE)
"""How some programs write `quoted-printable`."""
_NAMES = ("name", "filename")
"""Parameters in which programs put brackets without quoting them."""


class _Leafy(Message):
    """A part of which a message within it is content, so that its bytes are kept as they are."""

    def set_raw(self, name: str, value: str) -> None:
        """Keep a header, one that says how a part is read without its comments."""
        lower = name.lower()
        if lower == "content-transfer-encoding":
            value = without_comments(value).partition(";")[0].strip(" \t\r\n\"'.")
            value = _PRINTABLE.sub("quoted-printable", value)
        elif lower == "content-type":
            value = ";".join(map(_without_comments, value.split(";")))
            value = _TYPE.sub(r"\1/\2", _UNPARTED.sub(r"\1;", value, count=1), count=1)
        super().set_raw(name, value)

    def set_payload(self, payload: Any, charset: Any = None) -> None:  # noqa: ANN401
        """Keep what was sent: `get_payload` decodes bytes beyond ASCII by the charset."""
        self.sent = payload if isinstance(payload, str) else ""
        super().set_payload(payload, charset)

    def get_content_maintype(self) -> str:
        kind = super().get_content_maintype()
        return "application" if kind == "message" else kind


def parse(data: bytes) -> Message:
    """Return the tree of parts; damage is noted in `defects` and read over.

    Raises:
        ExtractionError: the parts are nested too deeply.
    """
    parser = BytesFeedParser(_Leafy)
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        return parser.close()
    except RecursionError:
        raise too_deep() from None


def too_deep() -> ExtractionError:
    """What is said of parts within parts within parts."""
    return ExtractionError(
        "The text of this e-mail could not be had: it has parts within parts, hundreds deep, as no "
        "mail program makes them. Preserve what it says in another form too, such as plain text."
    )


def children(part: Message) -> list[Message]:
    """The parts of a multipart, in order."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)]


def _without_comments(parameter: str) -> str:
    name = parameter.partition("=")[0].strip().lower().partition("*")[0]
    return parameter if name in _NAMES else without_comments(parameter)


def content(part: Message) -> bytes:
    """The bytes of a leaf, with its transfer encoding undone as far as it can be.

    Damage is noted in its `defects`.
    """
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable") or part.is_multipart():
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    sent = getattr(part, "sent", "").encode("ascii", "surrogateescape")
    if encoding == "quoted-printable":
        return decode_quoted_printable(sent)
    decoded, damaged = decode_base64(sent)
    if damaged and not is_damaged(part):
        part.defects.append(InvalidBase64CharactersDefect())
    return decoded


def is_encoded(part: Message) -> bool:
    """Whether the bytes of a leaf are other ones than those that stand in the file."""
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    return encoding in ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue")


def unknown_coding(part: Message) -> str | None:
    """The transfer encoding of a leaf, if it is none that is known (RFC 2045, section 6.4).

    So it is where two fields say two of them.
    """
    told = part.get_all("content-transfer-encoding", [""])
    encoding = ", ".join(dict.fromkeys(str(one).strip().lower() for one in told))
    known = encoding in _KNOWN_CODINGS or is_encoded(part)
    return None if known else encoding


def is_damaged(part: Message) -> bool:
    """Whether some of the part's content could not be decoded."""
    return any(isinstance(one, InvalidBase64CharactersDefect) for one in part.defects)


def notice(part: Message) -> str:
    """The text of a notice of delivery."""
    return "\n\n".join("\n".join(_header_lines(each)) for each in children(part))


def _header_lines(part: Message) -> Iterator[str]:
    for name, value in part.raw_items():
        yield f"{decode_header(name)}: {decode_header(value)}"


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order, of every alternative; forwarded messages whole."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            waiting += reversed(children(part))
        else:
            yield part


def is_forwarded(part: Message) -> bool:
    """Whether a part is a message of its own."""
    return part.get_content_type() in _FORWARDED


def is_text(part: Message) -> bool:
    """Whether a part is shown with the message: text, a notice, or a multipart without parts."""
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment" or is_forwarded(part):
        return False
    return kind in _READABLE or kind.startswith(("multipart/", "message/"))


def defects(message: Message) -> list[str]:
    """What is wrong with the parts, by the parser's names."""
    return sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})
