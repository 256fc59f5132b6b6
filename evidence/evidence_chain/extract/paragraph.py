"""One paragraph of a document with tracked changes, while it is read."""

from __future__ import annotations

import re
from typing import Protocol

from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer, lower_characters, raise_characters

_SPACES = re.compile(r"[ \t\r\n]+")


class Look(Protocol):
    """How words look."""

    @property
    def struck(self) -> bool | None:
        """Whether they are struck out."""

    @property
    def shift(self) -> str | None:
        """`super` or `sub`."""

    @property
    def capitals(self) -> bool | None:
        """Whether they are shown in capitals."""


class Paragraph:
    """What a paragraph shows, what it hides, and how it read before changes."""

    def __init__(self, rest: Writer) -> None:
        self.now = Writer()
        self.before: list[str] = []
        self.deletions: list[str] = []
        self.insertions: list[tuple[int, str]] = []
        """Where an insertion began that still goes on, and whose it is."""
        self.doubts: list[str] = []
        self._rest = rest
        self._spaced = True

    def say(self, words: str, look: Look, hidden: str, *, raw: bool = False) -> None:
        """Write words; white space that follows white space is none unless they are `raw`."""
        if not raw:
            words = _SPACES.sub(" ", words)
            words = words[1:] if self._spaced and words.startswith(" ") else words
        if not words:
            return
        self._spaced = words.endswith((" ", "\n", "\t")) and not raw
        if hidden:
            self.hide(words, hidden)
            return
        if not self.insertions:
            self.before.append(words)
        if look.shift:
            words = (raise_characters if look.shift == "super" else lower_characters)(words)
        start = self.now.length
        self.now.write(words.upper() if look.capitals else words)
        if look.struck:
            self.now.mark(start, MarkKind.DELETED, "struck out")

    def space(self) -> None:
        """White space that follows is none."""
        self._spaced = True

    def hide(self, words: str, why: str) -> None:
        """Write words after all that is seen, and say where they were."""
        if not words.strip():
            return
        self.now.mark(self.now.length, MarkKind.HIDDEN, f"left out here: {why}")
        line = Writer()
        line.write(words.strip())
        line.mark(0, MarkKind.HIDDEN, why)
        self._rest.append(line)

    def delete(self, words: str, whose: str) -> None:
        """Words were deleted here."""
        self.before.append(words)
        self.deletions.append(whose)
        self.now.mark(self.now.length, MarkKind.DELETED, f"left out here: {whose}")

    def end_insertion(self) -> None:
        """The innermost insertion ends here."""
        if self.insertions:
            start, whose = self.insertions.pop()
            if self.now.length > start:
                self.now.marks.append(Mark(start, self.now.length, MarkKind.INSERTED, whose))

    def finish(self) -> Writer:
        """What is seen of it; how it read before its deletions goes after all that is seen."""
        for _ in [*self.insertions]:
            self.end_insertion()
        if self.deletions and "".join(self.before).strip():
            line = Writer()
            line.write("".join(self.before).strip())
            line.mark(0, MarkKind.DELETED, "; ".join(dict.fromkeys(self.deletions)))
            self._rest.append(line)
        for doubt in dict.fromkeys(self.doubts):
            self.now.marks.append(Mark(0, self.now.length, MarkKind.UNSURE, doubt))
        return self.now
