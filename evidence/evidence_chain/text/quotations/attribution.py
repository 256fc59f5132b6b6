"""Which words beside a quotation say who speaks in it, where another quotation stands near."""

from __future__ import annotations

from evidence_chain.pattern import pattern
from evidence_chain.text.quotations.speech import VERB

OTHER = "\u2026"
"""What another quotation is in the sentence around one."""
_NAME = r"[^\W\d_][\w'’.\-]*"
_ENDED = pattern(r"[.!?。！？]\s*\Z")
_SAYS_FIRST = pattern(rf"\A[\s,，]*{VERB.pattern}")
_LEADS_IN = pattern(rf"{VERB.pattern}[^.!?;。！？；]{{0,40}}\Z")
_NAMED_LAST = pattern(rf"(?P<name>{_NAME})\s+{VERB.pattern}[\s,，:：]*\Z")
_OWN = pattern(
    rf"\A[\s,，]*(?:{VERB.pattern}\s+(?P<after>{_NAME})|(?P<before>{_NAME})(?:\s+{_NAME}){{0,3}}"
    rf"\s+{VERB.pattern})"
)


def of_this(text: str, before: str, after: str) -> str:
    """What follows a quotation in its sentence, unless it leads into the next quotation.

    `X said: “We knew.” Y said: “We sold.”` and `X said “we knew”, while Y said “we sold”`.

    Args:
        text: the words of the quotation.
        before: what its sentence has before it.
        after: what its sentence has after it, with other quotations as `OTHER`.
    """
    between, other, _ = after.partition(OTHER)
    has_ended = _ENDED.search(text) is not None
    if not other or _SAYS_FIRST.match(between):
        return after
    if not between.strip():
        return "" if has_ended else after
    if not _LEADS_IN.search(between):
        return after
    is_led = _LEADS_IN.search(before.rpartition(OTHER)[2]) is not None
    is_next = has_ended and len(VERB.findall(between)) == 1
    return "" if is_led or is_next else after


def is_of_another(between: str, after: str) -> bool:
    """Whether what stands between two quotations, or after them, names a speaker for each.

    `“We knew,” said X, to which Y replied, “we sold”` and `“We knew,” said X, “we sold,” said Y`.
    """
    if len(VERB.findall(between)) > 1 and (last := _NAMED_LAST.search(between)):
        return last["name"][:1].isupper()
    own = _OWN.match(after)
    name = str(own["after"] or own["before"]) if own else ""
    return name[:1].isupper() and VERB.search(between) is not None and name not in between
