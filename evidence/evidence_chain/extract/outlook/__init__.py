"""Outlook's `.msg` (MS-OXMSG): headers, every version of the text, and the attachments' names.

Here lies what only this format has: properties in a compound file. What an e-mail shows of several
versions of its text, and what is quoted in it, is found as in `message`.

Not read, and named in `options.unread`: objects of other programs that are embedded, and what is
encrypted. What was signed is not kept by this format, so that no signature can be checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.sniffing.media_types import OUTLOOK
from evidence_chain.extract.stream import Drawn, Parts

if TYPE_CHECKING:
    from typing import BinaryIO

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
