"""E-mail: its headers, decoded, and every text in it, with a mark on what somebody else wrote.

Here lies what only e-mails have. Who signed one is found out in `mail`, not here.

Parsed by the standard library under its lenient policy. Attachments are named in the text and are
files of their own, with their bytes.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.extract import charsets
from evidence_chain.extract.envelope import ANOTHER, SEPARATOR, SEVERAL, mend, unwrap
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.message.alternatives import Version, in_order
from evidence_chain.extract.message.decoding import (
    decode_header,
    file_name,
    parameter,
    told_values,
    values,
)
from evidence_chain.extract.message.disputed import disputed, related, with_later
from evidence_chain.extract.message.flow import unflow
from evidence_chain.extract.message.markup import declared, draw_markup
from evidence_chain.extract.message.quotes import quoted
from evidence_chain.extract.message.sealed import forged, signed_within, signs_within, why_unread
from evidence_chain.extract.stream import Drawn, MarkKind, Part, Parts

if TYPE_CHECKING:
    from email.message import Message
    from typing import BinaryIO

    from evidence_chain.canonical import Json

__all__ = ["FIELDS", "decode_header", "draw", "duplicates", "extract", "headers", "parts"]

NAME = "evidence-chain/message"
VERSION = "5"
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
"""Fields of a record, to the headers that they are taken from. Each may stand there once."""

_HEAD = re.compile(rb".*?(?:\r?\n\r?\n|\Z)", re.DOTALL)
_LINE_END = re.compile("\r\n?")
_MAX_DEPTH = 25
"""Messages within messages that are read."""


def headers(data: bytes) -> dict[str, str | None]:
    """Return who wrote what to whom, and when, by the names of `FIELDS`.

    Args:
        data: the whole message, or as much as holds its headers.

    Values are decoded and unfolded; a header that is missing is `None`; of several the first
    counts, as mail programs show it.
    """
    message = _headers_only(data)
    return {name: next(values(message, header.lower()), None) for name, header in FIELDS.items()}


def duplicates(data: bytes) -> list[str]:
    """Return which headers of `FIELDS` stand in the message more than once (RFC 5322, 3.6).

    A mail program may show the one and check the other.
    """
    return _duplicates(_headers_only(data))


def extract(file: BinaryIO) -> Drawn:
    """Return the headers of `FIELDS`, a line each, then every text, and the attachments' names.

    Of alternatives the one that mail programs show comes first; one that says something else comes
    after it, as `HIDDEN`. So is what programs show differently or not at all. Marked are the
    `PART`s that are no text of the sender (`headers`, `attachments`) or another version of it, what
    is `QUOTED`, forwarded messages among it, and what is `GUESSED`, since its charset isn't told.

    Raises:
        ExtractionError: parts are nested too deeply.
    """
    drawn = draw(file.read())
    python = ".".join(map(str, sys.version_info[:3]))
    return drawn._replace(options=drawn.options | {"parser": f"email {python}"})


def parts(file: BinaryIO) -> Parts:
    """Return every attachment, in order, with its name as the sender wrote it and its bytes.

    That is every part that isn't text or is called an attachment; a forwarded message is one, as
    it stands there.

    Raises:
        ExtractionError: parts are nested too deeply.
    """
    from evidence_chain.extract.message import mime

    message = mime.parse(mend(unwrap(file.read()).data).data)
    found = (part for part in mime.leaves(message) if not mime.is_text(part))
    return Parts([Part(file_name(part), mime.content(part)) for part in found])


def draw(data: bytes) -> Drawn:
    """The text of one message, its marks, and what was decided while reading it.

    The options are `charsets` of the texts in order; and, where there is something to say,
    `duplicate_headers`, `defects` of the structure, the number of `same_alternatives` that were
    left out, and the options of each message that is `forwarded` in it.

    Raises:
        ExtractionError: parts are nested too deeply.
    """
    from evidence_chain.extract.message.mime import too_deep

    try:
        reader = _Reader(data, depth=0)
        text, _, marks = reader.draw()
    except RecursionError:
        raise too_deep() from None
    return Drawn(text + "\n", reader.options, marks)


def _headers_only(data: bytes) -> Message:
    from email.parser import BytesHeaderParser

    found = _HEAD.match(mend(unwrap(data).data).data)
    return BytesHeaderParser().parsebytes(found[0] if found else b"")


def _duplicates(message: Message) -> list[str]:
    names = [name.lower() for name, _ in message.raw_items()]
    return [name for name in FIELDS.values() if names.count(name.lower()) > 1]


@dataclass
class _Reader:
    """Reads one message, and notes on the way what is to be said of it."""

    data: bytes
    depth: int
    charsets: list[Json] = field(default_factory=list)
    forwarded: list[Json] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    options: dict[str, Json] = field(default_factory=dict)
    charset: str | None = None
    """The charset of all that isn't encoded, where the file was saved in another as a whole."""

    def draw(self) -> Drawn:
        """Headers, texts and the list of attachments."""
        from evidence_chain.extract.message import mime

        if self.depth > _MAX_DEPTH:
            raise mime.too_deep()
        unwrapped = unwrap(self.data)
        whole, junk = mend(unwrapped.data)
        self.charset = unwrapped.charset
        message = mime.parse(whole)
        self.options["charsets"] = self.charsets
        texts = self._drawn(message)
        self._note("around_the_message", list(unwrapped.said))
        self._note("no_header_fields", [len(junk)] if junk else [])
        self._note("duplicate_headers", list(_duplicates(message)))
        self._note("defects", list(mime.defects(message)))
        self._note("forwarded", self.forwarded)
        listed = Drawn("\n".join(self.attached), {})
        whole_text = join(
            [_head(message), _junk(junk), *texts, wrap(listed, MarkKind.PART, "attachments")]
        )
        if SEPARATOR in unwrapped.said and ANOTHER.search(whole):
            whole_text = wrap(whole_text, MarkKind.HIDDEN, SEVERAL)
        why = forged(unwrapped.data)
        return wrap(whole_text, MarkKind.SIGNATURE, f"S/MIME: {why}") if why else whole_text

    def _drawn(self, part: Message) -> list[Drawn]:
        """The texts of a part and of those in it, marked if programs may read it otherwise."""
        return disputed(part, self._read(part))

    def _read(self, part: Message) -> list[Drawn]:
        from evidence_chain.extract.message import mime

        if part.get_content_type() == mime.DELIVERY:
            return [wrap(Drawn(mime.notice(part), {}), MarkKind.PART, mime.DELIVERY)]
        kind, name = part.get_content_type(), file_name(part)
        if signs_within(kind) and (inner := signed_within(mime.content(part))) is not None:
            return [self._another(inner)]
        if why := why_unread(kind, name):
            self.options.setdefault("unread", []).append(why)
        if part.is_multipart():
            within = [self._drawn(each) for each in mime.children(part)]
            if part.get_content_subtype() == "alternative":
                return self._alternatives(mime.children(part), within)
            if part.get_content_subtype() == "related":
                return related(part, within)
            return [piece for pieces in within for piece in pieces]
        if mime.is_text(part):
            return [self._text(part)]
        self.attached.append(f"Attachment: {name} ({kind})")
        if not mime.is_forwarded(part):
            return []
        return [wrap(self._another(mime.content(part)), MarkKind.QUOTED, "forwarded message")]

    def _alternatives(self, alternatives: list[Message], drawn: list[list[Drawn]]) -> list[Drawn]:
        """The version that mail programs show, then what others say otherwise."""
        pairs = zip(alternatives, drawn, strict=True)
        versions = [Version(join(pieces), _has_html(part)) for part, pieces in pairs]
        texts, same = in_order(versions)
        if same:
            self.options["same_alternatives"] = self.options.get("same_alternatives", 0) + same
        return with_later(alternatives, texts)

    def _text(self, part: Message) -> Drawn:
        from evidence_chain.extract.message import mime

        label = parameter(part, "content-type", "charset")
        if self.charset and not mime.is_encoded(part):
            label = self.charset
        if part.get_content_type() == "text/html":
            return self._page(self._content(part), label)
        text, charset, guess = charsets.decode(self._content(part), label)
        self.charsets.append(charset)
        text = _LINE_END.sub("\n", text)
        if (parameter(part, "content-type", "format") or "").lower() == "flowed":
            drop = (parameter(part, "content-type", "delsp") or "").lower() == "yes"
            text = unflow(text, drop_space=drop)
        text = text.strip("\n")
        drawn = _guessed(Drawn(text, {}, quoted(text)), guess)
        kind = part.get_content_type()
        return wrap(drawn, MarkKind.PART, kind) if kind.startswith("message/") else drawn

    def _page(self, data: bytes, label: str | None) -> Drawn:
        """The text of a part in HTML, in the charset that the part or else the page declares."""
        found = charsets.decode(data, label if charsets.known(label) else declared(data) or label)
        self.charsets.append(found.charset)
        return _guessed(draw_markup(found.text), found.guess)

    def _content(self, part: Message) -> bytes:
        """The bytes of a text; what could not be decoded is said, since words may be lost."""
        from evidence_chain.extract.message import mime

        data = mime.content(part)
        if coding := mime.unknown_coding(part):
            why = f"a part in a transfer encoding that is not known ({coding[:40]!r})"
            self.options.setdefault("unread", []).append(why)
        if mime.is_damaged(part):
            self.options.setdefault("damaged", []).append(part.get_content_type())
        return data

    def _another(self, data: bytes) -> Drawn:
        """The text of a message within this one."""
        within = _Reader(data, self.depth + 1)
        drawn = within.draw()
        self.forwarded.append(within.options)
        for name in ("unread", "damaged"):
            if name in within.options:
                self.options.setdefault(name, []).extend(within.options[name])
        return drawn

    def _note(self, name: str, found: list[Json]) -> None:
        if found:
            self.options[name] = found


def _head(message: Message) -> Drawn:
    """The headers that are shown, each as often as it stands there."""
    lines = []
    for name in FIELDS.values():
        for value, guess in told_values(message, name.lower()):
            lines.append(_guessed(Drawn(f"{name}: {value}", {}), guess))
    return wrap(join(lines, "\n"), MarkKind.PART, "headers")


def _junk(lines: list[bytes]) -> Drawn:
    """Lines before and in the header that are no part of it, so that nothing is lost."""
    text = charsets.decode(b"\n".join(lines), None).text
    return wrap(Drawn(text.strip(), {}), MarkKind.PART, "lines in the header that are no fields")


def _guessed(drawn: Drawn, guess: str | None) -> Drawn:
    return wrap(drawn, MarkKind.GUESSED, guess) if guess and drawn.text else drawn


def _has_html(part: Message) -> bool:
    return any(each.get_content_type() == "text/html" for each in part.walk())
