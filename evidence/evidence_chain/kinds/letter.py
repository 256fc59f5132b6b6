"""A letter."""

from evidence_chain.kinds.evidence import evidence_kind
from evidence_chain.kinds.fields import Field

KIND = evidence_kind(
    "letter",
    "letter",
    Field("sender", "sender", "Who wrote it."),
    Field("recipient", "recipient", "Who it was written to."),
)
