"""A mailbox file (RFC 4155): its messages one after the other, each read as an e-mail is.

Here lies what parts a mailbox. A message in it is read by `message`.

Taken as the variant mboxrd, and so with mboxo: a message begins with a line "From " after an empty
line or at the beginning, before a header; and a line of its text that begins with ">From ", with
any number of `>`, loses one of them. `Content-Length` is not looked at.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import message
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.stream import Drawn, MarkKind, Part, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/mbox"
VERSION = "1"
MEDIA_TYPES = ("application/mbox",)
GUARDED = True

_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_AFTER = re.compile(rb">From |[!-9;-~]+[ \t]*:")
"""What the line after a message's first begins with: a header, or another such line, quoted."""
_EMPTY = (b"\n", b"\r\n")


def extract(file: BinaryIO) -> Drawn:
    """Return the text of every message, with a `PART` mark over each: its number and subject.

    The options tell the number of `messages`; and by their numbers those that are `unread`, because
    their parts are nested too deeply, and what was noted while reading the others.

    Raises:
        ExtractionError: no message is in it that could be read.
    """
    drawn: list[Drawn] = []
    unread: list[Json] = []
    noted: dict[str, Json] = {}
    count = 0
    for count, data in enumerate(messages(file), 1):
        try:
            one = message.draw(data)
        except ExtractionError:
            unread.append(count)
            continue
        drawn.append(wrap(one, MarkKind.PART, _title(count, data)))
        said = {name: found for name, found in one.options.items() if name != "charsets"}
        noted |= {str(count): said} if said else {}
    return _put_together(drawn, {"messages": count, "unread": unread, "noted": noted})


def parts(file: BinaryIO) -> Parts:
    """Return every message as a file of its own, in order, with the quoting of "From " undone.

    Raises:
        ExtractionError: there is none.
    """
    return Parts([Part(f"message {n}.eml", data) for n, data in enumerate(messages(file), 1)])


def messages(file: BinaryIO) -> Iterator[bytes]:
    """The messages, without the lines around them that belong to the mailbox."""
    lines: list[bytes] | None = None
    for line, starts in _lines(file):
        if starts:
            if lines is not None:
                yield _message(lines)
            lines = []
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        yield _message(lines)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Each line, and whether a message begins with it."""
    before, line = b"\n", file.readline()
    while line:
        after = file.readline()
        begins = line.startswith(b"From ") and before in _EMPTY
        yield line, begins and bool(_AFTER.match(after))
        before, line = line, after


def _message(lines: list[bytes]) -> bytes:
    if lines and lines[-1] in _EMPTY:
        lines.pop()
    return _QUOTED.sub(rb"\1", b"".join(lines))


def _title(number: int, data: bytes) -> str:
    return f"message {number}: {message.headers(data)['subject'] or ''}".rstrip(": ")


def _put_together(drawn: list[Drawn], options: dict[str, Json]) -> Drawn:
    if not drawn:
        raise ExtractionError(
            "No message of this mailbox could be read. Preserve each that matters as an .eml file."
        )
    python = ".".join(map(str, sys.version_info[:3]))
    said = {name: found for name, found in options.items() if found}
    return join(drawn)._replace(options=said | {"parser": f"email {python}"})
