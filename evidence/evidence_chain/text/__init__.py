"""Where a passage stands in a text stream, decided by rules and never by a score.

No file is read here, and no format is known: a stream comes from `extract`.
"""

from evidence_chain.text.compare.checking import check_match
from evidence_chain.text.compare.matching import match
from evidence_chain.text.language.folds import Folded, fold
from evidence_chain.text.selector import Fragment, check_slices, fragments, make_selectors, spans
from evidence_chain.text.verdict import (
    KINDS,
    RULES_VERSION,
    SAME,
    SIGN_OFF,
    STANDS,
    Difference,
    Match,
    Status,
)

__all__ = [
    "KINDS",
    "RULES_VERSION",
    "SAME",
    "SIGN_OFF",
    "STANDS",
    "Difference",
    "Folded",
    "Fragment",
    "Match",
    "Status",
    "check_match",
    "check_slices",
    "fold",
    "fragments",
    "make_selectors",
    "match",
    "spans",
]
