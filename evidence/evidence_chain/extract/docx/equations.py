"""What the code of an EQ field draws (ECMA-376 part 1, 17.16.5.17), as one line of text.

Such a field has no result that could be read: word processors draw a fraction, a root or a raised
number from its code.
"""

from __future__ import annotations

import re

from evidence_chain.extract.writing import lower_characters, raise_characters

_EQUATION = re.compile(r"\s*EQ\s+(.*)", re.IGNORECASE | re.DOTALL)
_INNERMOST = re.compile(r"\\([a-z])((?:\s*\\[a-z]+\d*)*)\s*\(([^()]*)\)", re.IGNORECASE)
_MOST = 1000
"""Characters of a code that is read, which bounds how often it is gone through."""


def equation(code: str) -> str:
    """The text that a field of this code draws; nothing if it is no EQ field."""
    found = _EQUATION.fullmatch(code)
    if found is None or len(code) > _MOST:
        return ""
    text, done = found[1], ""
    while text != done:
        text, done = _INNERMOST.sub(_drawn, text, count=1), text
    return re.sub(r"\\[a-z]+\d*", "", text, flags=re.IGNORECASE).strip()


def _drawn(part: re.Match[str]) -> str:
    name, options = part[1].lower(), part[2].lower()
    parts = [one.strip() for one in re.split("[,;]", part[3])]
    if name == "f":
        return "/".join(parts)
    if name == "s":
        shift = lower_characters if "\\do" in options else raise_characters
        return shift("".join(parts))
    if name == "r":
        return raise_characters("".join(parts[:-1])) + f"\u221a{parts[-1]}"
    return " ".join(parts)
