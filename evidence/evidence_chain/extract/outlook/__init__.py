"""Outlook's `.msg` (MS-OXMSG): headers, every version of the text, and the attachments' names.

Here lies what only this format has: properties in a compound file. What an e-mail shows of several
versions of its text, and what is quoted in it, is found as in `message`.

Not read, and named in `options.unread`: objects of other programs that are embedded, and what is
encrypted. What was signed is not kept by this format, so that no signature can be checked.
"""

from __future__ import annotations

import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple, cast

from evidence_chain.extract.sniffing.media_types import OUTLOOK
from evidence_chain.extract.stream import Drawn, Parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor

NAME = "evidence-chain/outlook"
VERSION = "1"
MEDIA_TYPES = (OUTLOOK,)
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return what Outlook shows as headers, a line each, then every text, and the attachments.

    Of the versions of a text (plain, Rich Text, HTML) the one that is shown comes first; one that
    says something else comes after it, as `HIDDEN`. So are headers of the transport that say
    something else than what is shown, and attachments that are not listed. Messages that are
    attached are `QUOTED`.

    Raises:
        ExtractionError: it is no message of Outlook, damaged, or nested too deeply.
    """
    from evidence_chain.extract.outlook.compound import opened
    from evidence_chain.extract.outlook.reading import Reader

    with opened(file) as storage:
        reader = Reader(storage)
        text, _, marks = reader.draw()
        return Drawn(text + "\n", reader.options, marks)


def headers(data: bytes) -> dict[str, str | None]:
    """Return who wrote what to whom, and when, as Outlook shows it: the fields of `message`.

    Args:
        data: the whole file. It is read in the guarded subprocess.

    Raises:
        ExtractionError: as `extract`.
    """
    from evidence_chain.extract.guard.guard import run
    from evidence_chain.extract.message import FIELDS

    with TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        # The guard needs nothing of a module but its name.
        said, _ = run(cast("Extractor", sys.modules[__name__]), file, function="heading")
    return {name: None if (value := said.get(name)) is None else str(value) for name in FIELDS}


def heading(file: BinaryIO) -> Heading:
    """Return the same of an open file, in this process.

    Raises:
        ExtractionError: as `extract`.
    """
    from evidence_chain.extract.message import FIELDS
    from evidence_chain.extract.outlook.compound import opened
    from evidence_chain.extract.outlook.shown_headers import head

    with opened(file) as storage:
        shown = {one.name: one.value for one in reversed(head(storage)) if not one.hidden}
    return Heading({name: shown.get(header) for name, header in FIELDS.items()})


class Heading(NamedTuple):
    """Headers, by the names of their fields."""

    said: Mapping[str, Json]

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON, to be sent through a pipe."""
        return dict(self.said), b""


def parts(file: BinaryIO) -> Parts:
    """Return every attachment, also those of messages that are attached, in order.

    Raises:
        ExtractionError: as `extract`.
    """
    from evidence_chain.extract.outlook.compound import opened
    from evidence_chain.extract.outlook.reading import told
    from evidence_chain.extract.outlook.taking_out import attachments

    with opened(file) as storage:
        return Parts([*attachments(storage)], told(storage))
