"""A mailbox file (RFC 4155): its messages one after the other, each read as an e-mail is.

Here lies what parts a mailbox. A message in it is read by `message`.

Where each begins is found by `separating`, and which lines the mailbox quotes by `quoting`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import message
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.mbox.quoting import unquoted
from evidence_chain.extract.mbox.separating import Mailbox
from evidence_chain.extract.stream import Drawn, MarkKind, Part, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/mbox"
VERSION = "3"
MEDIA_TYPES = ("application/mbox",)
GUARDED = True
_LOST = ("unread", "damaged")
"""What messages say of words in them that could not be read."""


def extract(file: BinaryIO) -> Drawn:
    """Return the text of every message, with a `PART` mark over each: its number and subject.

    The options tell the number of `messages`; by their numbers those that are `unread`, because
    their parts are nested too deeply, and what was noted while reading the others; how many lines
    `may_separate` messages, and were taken for words; and what stands `around_the_messages`.

    Raises:
        ExtractionError: no message is in it that could be read.
    """
    drawn: list[Drawn] = []
    unread: list[Json] = []
    noted: dict[str, Json] = {}
    damaged: list[Json] = []
    count = 0
    box = Mailbox(file.read())
    for count, data in enumerate(messages(box), 1):
        try:
            one = message.draw(data)
        except ExtractionError:
            unread.append(count)
            continue
        drawn.append(wrap(one, MarkKind.PART, _title(count, data)))
        said = {name: found for name, found in one.options.items() if name != "charsets"}
        damaged += [f"message {count}: {one}" for name in _LOST for one in said.get(name, [])]
        noted |= {str(count): said} if said else {}
    told: dict[str, Json] = {"messages": count, "unread": unread, "noted": noted}
    told["damaged"] = damaged
    told |= {"may_separate": box.doubtful, "around_the_messages": list(box.said)}
    return _put_together(drawn, told)


def parts(file: BinaryIO) -> Parts:
    """Return every message as a file of its own, in order, with the quoting of "From " undone.

    Raises:
        ExtractionError: there is none.
    """
    found = messages(Mailbox(file.read()))
    return Parts([Part(f"message {n}.eml", data) for n, data in enumerate(found, 1)])


def messages(box: Mailbox) -> Iterator[bytes]:
    """The messages, without the lines around them that belong to the mailbox."""
    return (unquoted(one) for one in box.messages())


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
