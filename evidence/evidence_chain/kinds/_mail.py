"""What kinds of evidence that stand in an e-mail have in common."""

from __future__ import annotations

from evidence_chain.extract.sniffing import MAIL
from evidence_chain.extract.sniffing.media_types import OUTLOOK
from evidence_chain.extract.sniffing.ole import BEGINS
from evidence_chain.kinds.fields import Field

MEDIA_TYPES = (MAIL, OUTLOOK)
HEADERS = (
    Field("subject", "subject", "The subject line.", amended=False),
    Field("sender", "sender", "Who sent it (From).", amended=False),
    Field("recipient", "recipient", "Who received it (To).", amended=False),
    Field("cc", "copied to", "Who was copied in (Cc).", amended=False),
    Field("message_id", "message id", "The Message-ID.", amended=False),
    Field("in_reply_to", "in reply to", "The Message-ID that it answers.", amended=False),
)
DKIM = Field("dkim", "signatures of the e-mail", type=list, asked=False)


def headers(message: bytes) -> dict[str, str | None]:
    """Who wrote what to whom, and when, as the message itself says, or as Outlook shows it.

    Raises:
        ExtractionError: an e-mail of Outlook can't be read.
    """
    if message.startswith(BEGINS):
        from evidence_chain.extract.outlook import headers as read
    else:
        from evidence_chain.extract.message import headers as read
    return read(message)
