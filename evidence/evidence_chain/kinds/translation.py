"""A translation of a passage. What was translated stays the evidence."""

from evidence_chain.kinds.evidence import evidence_kind
from evidence_chain.kinds.fields import Field

KIND = evidence_kind(
    "translation",
    "translation",
    Field("translator", "translator", "Who translated it.", required=True),
)
