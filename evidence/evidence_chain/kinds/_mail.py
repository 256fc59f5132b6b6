"""What kinds of evidence that stand in an e-mail have in common."""

from __future__ import annotations

from evidence_chain.kinds.fields import Field

MEDIA_TYPES = ("message/rfc822",)
HEADERS = (
    Field("subject", "subject", "The subject line."),
    Field("sender", "sender", "Who sent it (From)."),
    Field("recipient", "recipient", "Who received it (To)."),
    Field("cc", "copied to", "Who was copied in (Cc)."),
    Field("message_id", "message id", "The Message-ID."),
    Field("in_reply_to", "in reply to", "The Message-ID that it answers."),
)
DKIM = Field("dkim", "signatures of the e-mail", type=list, asked=False)


def headers(message: bytes) -> dict[str, str | None]:
    """Who wrote what to whom, and when, as the message itself says."""
    from evidence_chain.extract.message import headers as read

    return read(message)
