"""An e-mail in which somebody answers questions."""

from __future__ import annotations

from evidence_chain.kinds.evidence import evidence_kind
from evidence_chain.kinds.fields import Field


def _headers(message: bytes) -> dict[str, str | None]:
    from evidence_chain.extract.message import headers

    return headers(message)


KIND = evidence_kind(
    "response-email",
    "response e-mail",
    Field("subject", "subject", "The subject line."),
    Field("sender", "sender", "Who sent it (From)."),
    Field("recipient", "recipient", "Who received it (To)."),
    Field("cc", "copied to", "Who was copied in (Cc)."),
    Field("message_id", "message id", "The Message-ID."),
    Field("in_reply_to", "in reply to", "The Message-ID that it answers."),
    from_document=_headers,
)
