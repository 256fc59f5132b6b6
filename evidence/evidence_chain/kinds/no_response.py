"""Silence: nothing came back to a request. The passage is the head of the request itself."""

from evidence_chain.kinds._mail import HEADERS, MEDIA_TYPES, headers
from evidence_chain.kinds.evidence import evidence_kind
from evidence_chain.kinds.fields import Field
from evidence_chain.kinds.forms import DAY

KIND = evidence_kind(
    "no-response",
    "missing response",
    *HEADERS,
    Field(
        "until",
        "until",
        "The day up to which nothing came, such as 2026-11-22.",
        required=True,
        form=DAY,
    ),
    from_document=headers,
    media_types=MEDIA_TYPES,
)
