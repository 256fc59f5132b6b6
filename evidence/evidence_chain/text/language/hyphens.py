"""Hyphens at a line's end that may belong to the word or not, where that changes what it means.

English writes `re-signed` for signing again and `resigned` for giving up, and so with some dozen
words. What their spelling is elsewhere in the document tells which of them a broken one is.
"""

from __future__ import annotations

import re

from evidence_chain.pattern import pattern
from evidence_chain.text.language.characters import BREAK, LINE_END

_AGAIN = (
    "bound(?:ed|s)?|claim(?:ed|s|ing)?|collect(?:ed|s|ing|ion|ions)?|count(?:ed|s|ing)?"
    "|cover(?:ed|s|ing)?|creat(?:e|ed|es|ing|ion|ions)|dress(?:ed|es|ing)?"
    "|form(?:ed|s|ing|ation)?|fund(?:ed|s|ing)?|lay(?:ed|s|ing)?|leas(?:e|ed|es|ing)|sent"
    "|sign(?:ed|s|ing)?|sort(?:ed|s|ing)?|treat(?:ed|s|ing|ment)?"
)
"""What means something else after `re-` than after `re`, but for `replace`, `represent` and others
that are so common that nobody reads them as the rare word with a hyphen."""
_BROKEN = pattern(f"\\b(re)(?:[-\u2010]{BREAK}|{LINE_END}\\s*)({_AGAIN})\\b", re.IGNORECASE)


def hyphen_unsure(passage: str, typed: str, stream: str) -> bool:
    """Whether a word of the passage is broken so that nothing tells whether it was typed right.

    Args:
        passage: what stands in the stream.
        typed: the same as it was typed, with the hyphen or without it.
        stream: the whole document, in which the word may stand unbroken.
    """
    if not any(hyphen in passage for hyphen in ("-", "\u2010", LINE_END)):
        return False
    for broken in _BROKEN.finditer(passage):
        forms = [f"{broken[1]}-{broken[2]}", broken[1] + broken[2]]
        ours = [form for form in forms if _has(typed, form)]
        others = [form for form in forms if form not in ours]
        settled = any(_has(stream, form) for form in ours)
        if not settled or any(_has(stream, form) for form in others):
            return True
    return False


def _has(text: str, word: str) -> bool:
    joint = "[-\u2010\u2011]" if "-" in word else ""
    whole = f"(?<![\\w-]){joint.join(map(re.escape, word.split('-')))}(?![\\w-])"
    return re.search(whole, text, re.IGNORECASE) is not None
