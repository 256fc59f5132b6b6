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

from evidence_chain.extract import charsets, html
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.message.decoding import decode_header, file_name, parameter, values
from evidence_chain.extract.message.flow import unflow
from evidence_chain.extract.message.markup import draw_markup
from evidence_chain.extract.message.quotes import quoted
from evidence_chain.extract.stream import Drawn, MarkKind, Part, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Mark

__all__ = ["FIELDS", "decode_header", "draw", "duplicates", "extract", "headers", "parts"]

NAME = "evidence-chain/message"
VERSION = "2"
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
_LINKS = re.compile(r"[<\[(](?:https?|mailto|cid):[^\s<>\[\])]*[>\])]")
_NO_LETTERS = re.compile(r"[\W_]+")
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

    Of alternatives that say the same, letter by letter, the first is taken, else all. Marked are
    the `PART`s that are no text of the sender (`headers`, `attachments`) or another version of it,
    and what is `QUOTED`, forwarded messages among it.

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

    found = (part for part in mime.leaves(mime.parse(file.read())) if not mime.is_text(part))
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

    found = _HEAD.match(data)
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

    def draw(self) -> Drawn:
        """Headers, texts and the list of attachments."""
        from evidence_chain.extract.message import mime

        if self.depth > _MAX_DEPTH:
            raise mime.too_deep()
        message = mime.parse(self.data)
        self.options["charsets"] = self.charsets
        texts = self._drawn(message)
        self._note("duplicate_headers", list(_duplicates(message)))
        self._note("defects", list(mime.defects(message)))
        self._note("forwarded", self.forwarded)
        listed = Drawn("\n".join(self.attached), {})
        return join([_head(message), *texts, wrap(listed, MarkKind.PART, "attachments")])

    def _drawn(self, part: Message) -> list[Drawn]:
        """The texts of a part and of those in it."""
        from evidence_chain.extract.message import mime

        if part.get_content_type() == mime.DELIVERY:
            return [wrap(Drawn(mime.notice(part), {}), MarkKind.PART, mime.DELIVERY)]
        if part.is_multipart():
            within = [self._drawn(each) for each in mime.children(part)]
            if part.get_content_subtype() == "alternative":
                within = list(self._alternatives(mime.children(part), within))
            return [piece for pieces in within for piece in pieces]
        if mime.is_text(part):
            return [self._text(part)]
        self.attached.append(f"Attachment: {file_name(part)} ({part.get_content_type()})")
        return [self._forwarded(part)] if mime.is_forwarded(part) else []

    def _alternatives(
        self, alternatives: list[Message], drawn: list[list[Drawn]]
    ) -> Iterator[list[Drawn]]:
        """The first that has words, and each that has other words."""
        known: set[str] = set()
        for part, pieces in zip(alternatives, drawn, strict=True):
            whole = join(pieces)
            letters = _letters(whole)
            if known & letters:
                self.options["same_alternatives"] = self.options.get("same_alternatives", 0) + 1
                yield [wrap(_hidden(whole), MarkKind.PART, _version(part))]
            else:
                yield [wrap(whole, MarkKind.PART, _version(part))] if known else pieces
            known |= letters

    def _text(self, part: Message) -> Drawn:
        from evidence_chain.extract.message import mime

        label = parameter(part, "content-type", "charset")
        if part.get_content_type() == "text/html":
            return self._page(mime.content(part), label)
        text, charset = charsets.decode_by_ladder(mime.content(part), label)
        self.charsets.append(charset)
        text = _LINE_END.sub("\n", text)
        if (parameter(part, "content-type", "format") or "").lower() == "flowed":
            drop = (parameter(part, "content-type", "delsp") or "").lower() == "yes"
            text = unflow(text, drop_space=drop)
        text = text.strip("\n")
        drawn = Drawn(text, {}, quoted(text))
        kind = part.get_content_type()
        return wrap(drawn, MarkKind.PART, kind) if kind.startswith("message/") else drawn

    def _page(self, data: bytes, label: str | None) -> Drawn:
        """The text of a part in HTML, in the charset that the part or else the page declares."""
        if charsets.known(label):
            markup, charset = charsets.decode_by_ladder(data, label)
        else:
            markup, options = html.decode(data)
            charset = str(options["charset"])
        self.charsets.append(charset)
        return draw_markup(markup)

    def _forwarded(self, part: Message) -> Drawn:
        from evidence_chain.extract.message import mime

        within = _Reader(mime.content(part), self.depth + 1)
        drawn = within.draw()
        self.forwarded.append(within.options)
        return wrap(drawn, MarkKind.QUOTED, "forwarded message")

    def _note(self, name: str, found: list[Json]) -> None:
        if found:
            self.options[name] = found


def _head(message: Message) -> Drawn:
    """The headers that are shown, each as often as it stands there."""
    names = FIELDS.values()
    lines = [f"{name}: {value}" for name in names for value in values(message, name.lower())]
    return wrap(Drawn("\n".join(lines), {}), MarkKind.PART, "headers")


def _letters(drawn: Drawn) -> set[str]:
    """What is seen of a text, letters and digits alone; and the same without links in brackets."""
    seen, at = [], 0
    for mark in sorted(_hidden_marks(drawn)):
        seen.append(drawn.text[at : mark.start])
        at = max(at, mark.end)
    text = "".join([*seen, drawn.text[at:]])
    return {_NO_LETTERS.sub("", text), _NO_LETTERS.sub("", _LINKS.sub("", text))} - {""}


def _hidden(drawn: Drawn) -> Drawn:
    """What is not seen of a text."""
    return join(
        wrap(Drawn(drawn.text[mark.start : mark.end], {}), MarkKind.HIDDEN, mark.detail)
        for mark in _hidden_marks(drawn)
    )


def _hidden_marks(drawn: Drawn) -> list[Mark]:
    return [mark for mark in drawn.marks if mark.kind == MarkKind.HIDDEN and mark.start < mark.end]


def _version(part: Message) -> str:
    kinds = {each.get_content_type() for each in part.walk()}
    return "HTML version" if "text/html" in kinds else "alternative"
