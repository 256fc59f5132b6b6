"""Where a passage stands in a text stream, decided by rules and never by a score."""

from evidence_chain.text.matching import (
    RULES_VERSION,
    SAME,
    Match,
    Status,
    check_match,
    match,
)
from evidence_chain.text.nearest import Difference
from evidence_chain.text.normalise import Folded, fold
from evidence_chain.text.selector import check_slices, make_selectors, spans

__all__ = [
    "RULES_VERSION",
    "SAME",
    "Difference",
    "Folded",
    "Match",
    "Status",
    "check_match",
    "check_slices",
    "fold",
    "make_selectors",
    "match",
    "spans",
]
