"""All filters of our templates."""

from __future__ import annotations

from typing import Any

from evidence_datasette.cards import card, html, in_short, linked, notices
from evidence_datasette.document import context
from evidence_datasette.graph import layout, narrowing, outcomes, timeline
from evidence_datasette.words import (
    badges,
    check_lines,
    claim_words,
    not_looked_up,
    shown_text,
)

_WORDS = (shown_text, badges, check_lines, claim_words, not_looked_up)
_CARDS = (html, in_short, card, linked, notices)
_PARTS = (*_WORDS, *_CARDS, outcomes, context, timeline, layout, narrowing)
FILTERS: dict[str, Any] = {
    name: function for part in _PARTS for name, function in part.FILTERS.items()
}
