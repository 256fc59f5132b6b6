"""Where a passage stands in a text stream, decided by rules and never by a score.

No file is read here, and no format is known: a stream comes from `extract`.
"""

from evidence_chain.text.compare.checking import check_match, check_match_at
from evidence_chain.text.compare.matching import match
from evidence_chain.text.compare.spanning import Ends, ends_of, occurrences, spans_of, split_link
from evidence_chain.text.language.folds import Folded, fold
from evidence_chain.text.selector import (
    Fragment,
    around,
    check_slices,
    fragments,
    make_selectors,
    page_selector,
    spans,
    time_selector,
)
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
    "Ends",
    "Folded",
    "Fragment",
    "Match",
    "Status",
    "around",
    "check_match",
    "check_match_at",
    "check_slices",
    "ends_of",
    "fold",
    "fragments",
    "make_selectors",
    "match",
    "occurrences",
    "page_selector",
    "spans",
    "spans_of",
    "split_link",
    "time_selector",
]
