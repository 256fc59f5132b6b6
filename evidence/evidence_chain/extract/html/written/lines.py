"""Text as it is laid out: white space runs are one space, and blocks begin lines."""

from __future__ import annotations

import re

from evidence_chain.extract.writing import Writer

_WIDTH = {"": 0, " ": 1, "\t": 2, "\n": 3}
_SPACE = re.compile("[ \t\n\r\f]+")


class Lines(Writer):
    """Lines that grow."""

    def __init__(self) -> None:
        super().__init__()
        self._gap = ""

    @property
    def begins(self) -> bool:
        """Whether the next text begins a line or a cell."""
        return not self.pieces or self._gap in ("\n", "\t") or self.pieces[-1].endswith("\n")

    @property
    def last(self) -> str:
        """The last character that isn't white space, if it is at the end."""
        return next((piece.rstrip()[-1:] for piece in self.pieces[:-4:-1] if piece.strip()), "")

    def separate(self, gap: str) -> None:
        """Put `gap` before the next text; a line end outdoes a tab, and a tab a space."""
        if _WIDTH[gap] > _WIDTH[self._gap]:
            self._gap = gap

    def add(self, text: str, *, preformatted: bool = False) -> bool:
        """Add text to the line; whether there was any."""
        if not preformatted:
            text = _SPACE.sub(" ", text)
            if text.startswith(" "):
                self.separate(" ")
        body = text if preformatted else text.strip(" ")
        if body:
            if self.pieces:
                self.write(self._gap)
            self.write(body)
            self._gap = ""
            if not preformatted and text.endswith(" "):
                self.separate(" ")
        return bool(body)
