"""Where sentences end: not at the full stop of an initial, a title or another short form.

A name is not cut in two by it, of which the rest may be that of somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.language.function_words import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP = pattern(r"[.!?。！？](?=[\s”“»\"’)]|\Z)")
_TITLE_WORDS = (
    "dr drs dra dres prof profa mr mrs ms mx messrs mme mmes mlle mgr me lt col gen brig maj capt "
    "cpt cdr cmdr adm sgt cpl pte pvt insp supt det const rev fr br sr srs sra srta dña st ste hon "
    "sen rep gov pres amb atty ald hr hrn fra frl dipl ing med habil phil jur rer nat mag lic dhr "
    "mevr mw ir dott sig sigra sig.ra avv on arch geom eng dep exmo exma inż hab ks bp abp św mudr "
    "ing judr rndr phdr г гр акад проф д-р канд"
)
TITLES = frozenset(_TITLE_WORDS.split())
"""Titles as they are written short, without case and full stop."""
_SHORT = pattern(r"(?:(?<=[\s“„«‹\"'(…,])|\A)(?P<words>(?:[^\W\d_]+[.\-‐]+)*[^\W\d_]+)\Z")
_NEXT = pattern(r"\s+(?P<word>[^\W\d_]+)")
_LONGEST = 24
_LANGUAGES = "English German French Spanish Italian Dutch Portuguese Swedish Danish Polish Czech"
_BEGINS = frozenset(
    f"{' '.join(FUNCTION_WORDS[name] for name in _LANGUAGES.split())} she then after before".split()
)
"""Words that begin a sentence rather than go on with a name."""


def is_short(word: str) -> bool:
    """Whether a word before a full stop is a title or initials: `Dr`, `T`, `A.B`, `J.-P`."""
    pieces = word.replace("-", ".").replace("‐", ".").split(".")
    if word.casefold() in TITLES or all(one.casefold() in TITLES for one in pieces if one):
        return True
    return all(len(one) == 1 and one.isupper() for one in pieces if one)


def stops(text: str) -> Iterator[int]:
    """The ends of the marks that end a sentence, in a text or a part of one."""
    return (one.end() for one in _STOP.finditer(text) if not _goes_on(text, one.start()))


def _goes_on(text: str, at: int) -> bool:
    """Whether the sentence goes on after a mark: in small letters, or with the rest of a name."""
    if text[at] != "." or not (following := _NEXT.match(text, at + 1)):
        return False
    word = following["word"]
    if word[0].islower():
        return True
    before = _SHORT.search(text[max(0, at - _LONGEST) : at])
    if before is None or not is_short(before["words"]):
        return False
    return word[0].isupper() and word.casefold() not in _BEGINS
