"""An e-mail in which somebody answers questions."""

from evidence_chain.kinds._mail import DKIM, HEADERS, MEDIA_TYPES, headers
from evidence_chain.kinds.evidence import evidence_kind

KIND = evidence_kind(
    "response-email",
    "response e-mail",
    *HEADERS,
    DKIM,
    from_document=headers,
    media_types=MEDIA_TYPES,
)
