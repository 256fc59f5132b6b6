"""For whom somebody else speaks: in `a spokesman for X` the spokesman does, and not X."""

from __future__ import annotations

import re

_ROLES = (
    "spokesman spokeswoman spokesperson spokespeople representative lawyer attorney solicitor "
    "counsel agent president chief director chairman chairwoman chair manager head secretary mayor "
    "officer official engineer executive founder owner employee minister ambassador "
    "sprecher sprecherin pressesprecher pressesprecherin anwalt anwältin leiter leiterin chef "
    "porte-parole avocat avocate directeur directrice portavoz abogado abogada directora "
    "portavoce avvocato avvocata direttore direttrice porta-voz advogado advogada diretor diretora "
    "woordvoerder woordvoerster advocaat directeur talesperson talesman talskvinna advokat "
    "rzecznik rzeczniczka mluvčí tiskový"
)
_ROLE = "|".join(map(re.escape, dict.fromkeys(_ROLES.split())))
_LINKS = (
    "for|of|at|from|with|the|a|an|von|vom|der|des|dem|de|du|la|le|les|l['’]|del|de los|los|las|el|"
    "di|della|dello|dell['’]|do|da|dos|van|het|för|for|hos|av"
)
_BEFORE = re.compile(rf"\b(?:{_ROLE})(?:\s+(?:{_LINKS}))+\s+\Z", re.IGNORECASE)
"""What stands right before whom they speak for."""
_OF = re.compile(rf"(?:\s+[^\W\d_]+){{0,2}}\s+(?:{_ROLE})\b", re.IGNORECASE)
"""What stands right after their name with a genitive, as in `X's chief engineer`."""
_BESIDE = re.compile(rf"(?:\s+(?:chief|senior|press|former))?\s+(?:{_ROLE})\b")
"""What stands right after their name without one, as in `X spokesman Y`."""
_THEN = re.compile(rf",?(?:(?:\s+[^\W\d_]+){{0,2}}\s+(?:{_ROLE}))?,?\s+", re.IGNORECASE)
"""What stands between those for whom somebody speaks and who that is: `X director Y`."""
_AS = re.compile(rf",\s+(?:\w+\s+){{0,4}}(?:{_ROLE})(?:\s+(?:{_LINKS}))+\s+", re.IGNORECASE)
"""The same the other way round: `Y, a lawyer for X`."""
_GENITIVE = re.compile(r"['’]s?\Z")
_NEAR = 60
"""Characters before a name, and after it, in which the role is looked for."""
ROLE = re.compile(rf"\b(?:{_ROLE})\b", re.IGNORECASE)
"""Whoever may speak for somebody."""


def spoken_for(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The slice of a name together with that of who speaks for it; `None` if nobody does."""
    near = max(0, start - _NEAR)
    if before := _BEFORE.search(text[near:start]):
        return near + before.start(), end
    after = _OF if _GENITIVE.search(text[start:end]) else _BESIDE
    found = after.match(text, end, end + _NEAR)
    return None if found is None else (start, found.end())


def is_called(text: str, name: tuple[int, int], whom: tuple[int, int]) -> bool:
    """Whether the name in a slice is that of who speaks for those in another slice."""
    between = _AS if name[1] <= whom[0] else _THEN
    begin, end = sorted((*name, *whom))[1:3]
    return name != whom and between.fullmatch(text, begin, end) is not None
