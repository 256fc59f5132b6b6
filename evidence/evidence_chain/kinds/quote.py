"""A quote: what somebody said or wrote, as a document has it."""

from evidence_chain.kinds.evidence import evidence_kind

KIND = evidence_kind("quote", "quote")
