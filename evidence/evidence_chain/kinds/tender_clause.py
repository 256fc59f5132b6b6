"""A clause of a tender document."""

from evidence_chain.kinds.evidence import evidence_kind
from evidence_chain.kinds.fields import Field

KIND = evidence_kind(
    "tender-clause",
    "tender clause",
    Field("clause", "clause", "The clause's number, such as 3.2.", insisted=True, amended=False),
    Field("tender", "tender", "The tender's name or number."),
    Field("authority", "authority", "Who invited tenders."),
    Field("awarded_to", "awarded to", "Who won."),
    Field("value", "value", "The contract's value with its currency."),
    Field("page", "page", "The page that the clause is printed on.", amended=False),
)
