"""Where a passage stands in a text stream, decided by rules and never by a score."""

from evidence_chain.text.checking import check_match
from evidence_chain.text.difference import Difference
from evidence_chain.text.kinds import KINDS
from evidence_chain.text.matching import match
from evidence_chain.text.normalise import Folded, fold
from evidence_chain.text.selector import check_slices, make_selectors, spans
from evidence_chain.text.verdict import RULES_VERSION, SAME, SIGN_OFF, STANDS, Match, Status

__all__ = [
    "KINDS",
    "RULES_VERSION",
    "SAME",
    "SIGN_OFF",
    "STANDS",
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
