"""Fields whose code says what is seen (ECMA-376 part 1, 17.16.5): what is drawn, or nothing.

An EQ field has no result that could be read: word processors draw a fraction, a root or a raised
number from its code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_chain.extract.writing import lower_characters, raise_characters

_EQUATION = re.compile(r"\s*EQ\s+(.*)", re.IGNORECASE | re.DOTALL)
_INNERMOST = re.compile(r"\\([a-z])((?:\s*\\[a-z]+(?:\s?\d+)?)*)\s*\(([^()]*)\)", re.IGNORECASE)
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"[^\\]*(?:\\(?:[frsb]|up|do)(?:\s?\d+)?(?![a-z])[^\\]*)*", re.IGNORECASE)
"""An equation that is written here as it is seen: of fractions, roots, raised ones and brackets."""
_SILENT = frozenset(("SET", "ASK", "PRIVATE", "TC", "XE", "TA", "RD", "NEXT", "NEXTIF", "SKIPIF"))
"""Fields that show nothing, whatever result they have."""
_DRAWN = frozenset(("EQ", "MACROBUTTON", "GOTOBUTTON"))
_DRAWN_UNREAD = frozenset(
    ("SYMBOL", "ADVANCE", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "DISPLAYBARCODE")
)
"""Those that show something, or move it, without a result."""
_MOST = 1000
"""Characters of a code that is read, which bounds how often it is gone through."""


@dataclass
class Field:
    """An open field."""

    code: str = ""
    begun: bool = False
    """Whether its result has begun."""
    worded: bool = False
    """Whether its result has words."""

    @property
    def name(self) -> str:
        """What the field is, in capitals."""
        return (self.code.split(maxsplit=1) or [""])[0].partition("\\")[0].upper()

    @property
    def hidden(self) -> str:
        """Why what stands in it isn't seen; nothing if it is."""
        if not self.begun:
            return "in the code of a field"
        unseen = self.name in _SILENT or self.name in _DRAWN
        return "result of a field that shows none" if unseen else ""

    def drawn(self) -> tuple[str, str]:
        """What its code draws, and why that isn't sure; nothing for what its result shows."""
        if self.name == "EQ":
            text = equation(self.code)
            sure = text and _PLAIN.fullmatch(self.code) and not re.search(r"[^\W\d_]{2}", text)
            return text, "" if sure else "drawn by the code of a field"
        if self.name in _DRAWN:
            found = _BUTTON.fullmatch(self.code)
            return (found[1].strip() if found else ""), ""
        if self.name in _DRAWN_UNREAD and not self.worded:
            return "", f"what a field draws ({self.name})"
        return "", ""


def equation(code: str) -> str:
    """The text that a field of this code draws; nothing if it is no EQ field."""
    found = _EQUATION.fullmatch(code)
    if found is None or len(code) > _MOST:
        return ""
    text, done = found[1], ""
    while text != done:
        text, done = _INNERMOST.sub(_drawn, text, count=1), text
    return re.sub(r"\\[a-z]+(?:\s?\d+)?", "", text, flags=re.IGNORECASE).strip()


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
