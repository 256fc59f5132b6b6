"""One message: what Outlook shows as its headers, the versions of its text, what is attached."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import charsets, rtf
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.message.alternatives import Version, in_order, say_the_same
from evidence_chain.extract.message.markup import declared, draw_markup
from evidence_chain.extract.message.quotes import quoted
from evidence_chain.extract.outlook import encapsulated
from evidence_chain.extract.outlook.compound import label
from evidence_chain.extract.outlook.compressed import decompressed
from evidence_chain.extract.outlook.shown_headers import head, transport
from evidence_chain.extract.stream import Drawn, MarkKind

if TYPE_CHECKING:
    from evidence_chain.canonical import Json
    from evidence_chain.extract.outlook.compound import Storage, Text
    from evidence_chain.extract.outlook.shown_headers import Line
    from evidence_chain.extract.stream import Mark

CLASS, FLAGS = 0x001A, 0x0E07
BODY, RICH, HTML, HTML_CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
CONTENT, METHOD, HIDDEN = 0x3701, 0x3705, 0x7FFE
LONG_NAME, SHORT_NAME, SHOWN_NAME, TYPE = 0x3707, 0x3704, 0x3001, 0x370E
_UNSENT = 8
_MAX_DEPTH = 25
"""Messages within messages that are read."""
_EITHER = "Outlook shows the Rich Text or the HTML, which do not say the same"
_UNLISTED = "an attachment that Outlook does not list"
_DRAFT = "headers of a draft, which was not sent"
_CUT = "the Rich Text is cut off or was changed: it has another check sum"
_SEALED = ("ipm.note.smime", "ipm.note.secure")


class Reader:
    """Reads one message, and notes on the way what is to be said of it."""

    def __init__(self, message: Storage, depth: int = 0) -> None:
        self.options: dict[str, Json] = {}
        if depth == 0:
            self.options["parser"] = f"olefile {olefile.__version__}"
        self._message, self._depth = message, depth
        self._unread: list[Json] = []
        self._charsets: list[Json] = []
        self._forwarded: list[Json] = []

    def draw(self) -> Drawn:
        """Headers, texts, the list of attachments and the messages that are attached.

        Raises:
            ExtractionError: messages are nested too deeply.
        """
        if self._depth > _MAX_DEPTH:
            raise ExtractionError(
                f"More than {_MAX_DEPTH} messages stand within each other in this e-mail. Save the "
                "inner ones by themselves, and preserve these."
            )
        kind = self._message.text(CLASS)
        if kind.lower().startswith(_SEALED):
            self._unread.append("what is encrypted or signed within it (smime.p7m)")
        headers = join(map(_drawn, head(self._message)), "\n")
        detail = _DRAFT if is_draft(self._message) else "headers"
        others = join(map(_drawn, transport(self._message)), "\n")
        texts = self._texts()
        attached = self._attached()
        drawn = join([wrap(headers, MarkKind.PART, detail), others, *texts, *attached])
        self._note("message_class", kind if kind and kind != "IPM.Note" else "")
        self._note("charsets", self._charsets)
        self._note("unread", self._unread)
        self._note("forwarded", self._forwarded)
        return drawn

    def _texts(self) -> list[Drawn]:
        """The version of the text that is shown, then what others say otherwise."""
        if any(map(self._message.has_unlisted, (BODY, RICH, HTML))):
            self._unread.append("a text that the e-mail does not list among what it has")
        plain = self._message.text(BODY)
        versions = [Version(_plain(plain), html=False)] if plain.strip() else []
        packed, page = self._message.binary(RICH), self._page()
        formatted = [] if packed is None else self._rich(packed)
        formatted += [Version(page, html=True)] if page else []
        versions += formatted
        texts, same = in_order(versions) if versions else ([], 0)
        if len(formatted) > 1 and not say_the_same(*formatted):
            texts[0] = wrap(texts[0], MarkKind.HIDDEN, _EITHER)
        self._note("same_alternatives", same)
        return texts

    def _rich(self, packed: bytes) -> list[Version]:
        text, is_whole = decompressed(packed)
        text = text.rstrip(b"\0")
        if not is_whole:
            self.options["damaged"] = ["the Rich Text"]
        if not text:
            return []
        is_html = encapsulated.is_html(text)
        drawn = draw_markup(encapsulated.taken_out(text)) if is_html else self._rtf(text)
        return [Version(drawn if is_whole else wrap(drawn, MarkKind.UNSURE, _CUT), html=is_html)]

    def _rtf(self, text: bytes) -> Drawn:
        drawn = rtf.extract(BytesIO(text))
        self._unread += drawn.options.get("unread") or []
        bare = drawn.text.strip("\n")
        return Drawn(bare, {}, [*_within(drawn, bare), *quoted(bare)])

    def _page(self) -> Drawn | None:
        """The HTML version, in the charset that the message or else the page declares."""
        data = self._message.binary(HTML)
        if data is None:
            text = self._message.text(HTML)
            return _guessed(draw_markup(text), text.guess) if text else None
        called = label(self._message.number(HTML_CODEPAGE))
        found = charsets.decode(data.rstrip(b"\0"), called or declared(data))
        self._charsets.append(found.charset)
        return _guessed(draw_markup(found.text), found.guess)

    def _attached(self) -> list[Drawn]:
        """A line for each attachment, and after these the messages among them."""
        lines, messages = [], []
        for one in self._message.within("__attach"):
            line = Drawn(f"Attachment: {name_of(one)} ({kind_of(one)})", {})
            hidden = one.number(HIDDEN) & 1
            lines.append(wrap(line, MarkKind.HIDDEN, _UNLISTED) if hidden else line)
            inner = one.object(CONTENT)
            if one.has_unlisted(CONTENT):
                name = name_of(one)[:80]
                self._unread.append(f"content that an attachment does not list ({name})")
            if inner and is_message(inner):
                message = wrap(self._another(inner), MarkKind.QUOTED, "forwarded message")
                messages.append(wrap(message, MarkKind.HIDDEN, _UNLISTED) if hidden else message)
            elif inner:
                self._unread.append(f"an object of another program ({name_of(one)[:80]})")
        return [wrap(join(lines, "\n"), MarkKind.PART, "attachments"), *messages]

    def _another(self, message: Storage) -> Drawn:
        within = Reader(message, self._depth + 1)
        drawn = within.draw()
        self._forwarded.append(within.options)
        self._unread += within.options.get("unread") or []
        return drawn

    def _note(self, name: str, found: Json) -> None:
        if found:
            self.options[name] = found


def is_message(storage: Storage) -> bool:
    """Whether a storage that is attached is a message, and no object of another program."""
    return "__properties_version1.0" in storage.names


def is_draft(message: Storage) -> bool:
    """Whether Outlook has a message as not sent."""
    return bool(message.number(FLAGS) & _UNSENT)


def name_of(attachment: Storage) -> str:
    """The name of an attachment, as the sender wrote it."""
    names = (attachment.text(number) for number in (LONG_NAME, SHORT_NAME, SHOWN_NAME))
    return " ".join(next(filter(None, names), "without a name").split())


def kind_of(attachment: Storage) -> str:
    """The type of an attachment, as the sender wrote it."""
    inner = attachment.object(CONTENT)
    if inner:
        return "a message of Outlook" if is_message(inner) else "an object of another program"
    return " ".join(attachment.text(TYPE).split()) or "of no type"


def told(message: Storage) -> list[str]:
    """What a person should know before quoting from a message, a sentence each."""
    said = []
    if is_draft(message):
        said.append("Outlook has this e-mail as a draft: it was not sent from here.")
    kind = message.text(CLASS)
    if kind and not kind.lower().startswith("ipm.note"):
        said.append(
            f"It is no e-mail but {kind[:80]!r}: what it says besides its text is not read."
        )
    inner = [one for one in message.within("__attach") if one.object(CONTENT)]
    if inner:
        said.append(
            "Attached messages can't be taken out of it as files: their text stands in its text, "
            "and their attachments are among its own. To record who wrote one, save that message "
            "in Outlook, and add its file."
        )
    return said


def _plain(text: Text) -> Drawn:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return _guessed(Drawn(lines, {}, quoted(lines)), text.guess)


def _drawn(line: Line) -> Drawn:
    drawn = _guessed(Drawn(f"{line.name}: {line.value}", {}), line.guess)
    return wrap(drawn, MarkKind.HIDDEN, line.hidden) if line.hidden else drawn


def _within(drawn: Drawn, text: str) -> list[Mark]:
    """The marks of a text of which line feeds around it were taken away."""
    at = len(drawn.text) - len(drawn.text.lstrip("\n"))
    places = ((max(0, one.start - at), min(one.end - at, len(text)), one) for one in drawn.marks)
    return [one._replace(start=start, end=end) for start, end, one in places if start <= end]


def _guessed(drawn: Drawn, guess: str | None) -> Drawn:
    return wrap(drawn, MarkKind.GUESSED, guess) if guess and drawn.text else drawn
