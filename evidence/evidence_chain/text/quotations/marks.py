"""Which characters open and close quotations, and which look so and don't."""

from __future__ import annotations

from evidence_chain.pattern import pattern

CLOSES = {
    **{"“": "”", "„": '“”"', "‟": "”", "”": "”", "«": "»", "»": "«»", '"': '"'},
    **{"‹": "›", "›": "‹›", "‘": "’", "‚": "‘’'", "’": "’", "'": "'"},
    **{"「": "」", "『": "』", "｢": "｣", "〝": "〞〟", "《": "》", "〈": "〉"},
    **{"❝": "❞", "❛": "❜", "＂": "＂"},
}
"""What may close a quotation, by the mark that opens it: German opens with „ and closes with “,
Polish with ”; Swedish has ” on both sides, and German books have »…«."""
SINGLE = "‘‚’'‹›"
"""Marks that may be apostrophes, or stand within others."""
TITLES = "《〈"
"""What Chinese puts around the titles of works."""
FULL = "「『｢〝《〈"
"""Marks that say by themselves whether they open or close."""
_OPENERS = "".join(CLOSES)
_BEFORE = f"([{{<*_—–―-/…¿¡=>|{_OPENERS}"
_INNER_SPACE = "\u00a0\u202f\u2009"
"""What French puts between a guillemet and its words."""
_DECADE = pattern(r"['’‘]\d\ds?\b")
_ELIDED = pattern(
    r"['’‘](?:tis|twas|twere|em|n|til|till|cause|bout|round|cept|kay|s|d|ll|re|ve|m|t)\b(?!\s*[,.])",
)
_GOES_ON = pattern(r"\s[^\W\d_A-Z]")
_PLURAL = "sSxXzZ"


def opens(text: str, at: int) -> bool:
    """Whether the mark at `at` stands where one opens."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in FULL or mark in "„‚":
        return (bool(after) and mark not in "‚") or (bool(after) and not after.isspace())
    if not after or (after.isspace() and not (mark in "«»‹›" and after in _INNER_SPACE + " ")):
        return False
    if mark in "'’‘" and (_DECADE.match(text, at) or _ELIDED.match(text, at)):
        return False
    if mark in "'\"" and not (after.isalnum() or after in f"{_OPENERS}([¿¡…-—$€£#@"):
        return False
    return not before or before.isspace() or before in _BEFORE or _is_east_asian(before)


def closes(text: str, at: int) -> bool:
    """Whether the mark at `at` stands where one closes."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "」』｣〞〟》〉":
        return True
    if not before or (before.isspace() and not (mark in "»«›‹" and before in _INNER_SPACE + " ")):
        return False
    return not after or not after.isalnum() or _is_east_asian(after)


def is_apostrophe(text: str, at: int) -> bool:
    """Whether the mark at `at` stands within a word, or leaves out the beginning of one."""
    if text[at] not in "'’‘":
        return False
    within = text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()
    return within or _DECADE.match(text, at) is not None


def may_be_plural(text: str, at: int) -> bool:
    """Whether a single mark may be that of a plural's genitive, whose sentence goes on."""
    return (
        text[at] in "'’"
        and text[at - 1 : at] in tuple(_PLURAL)
        and _GOES_ON.match(text, at + 1) is not None
    )


def is_measure(text: str, at: int) -> bool:
    """Whether a straight mark stands behind a number, as those of feet and inches do."""
    return text[at] in "'\"" and text[at - 1 : at].isdigit()


def _is_east_asian(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
