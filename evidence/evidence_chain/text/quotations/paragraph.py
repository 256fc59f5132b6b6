"""An article as its quotations are looked for: paragraphs, and what was found in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Paragraph(NamedTuple):
    """A paragraph of an article."""

    text: str
    line: int
    """The line of the file that it begins at, or its own number where a file has no lines; from 1.
    """
    block: bool = False
    """Whether the article sets it apart as a block quote."""


class Span(NamedTuple):
    """The slice `[start, end)` of a paragraph, in code points."""

    paragraph: int
    """From 0."""
    start: int
    end: int


class Left(StrEnum):
    """Why a quotation is not looked up."""

    TITLE = "title"
    """It names a work, a file or a project."""
    SCARE = "scare quote"
    """One word, whose marks keep a distance."""
    NESTED = "nested"
    """It stands in another quotation, and is looked up with it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that an article gives as somebody else's."""

    parts: tuple[tuple[Span, ...], ...]
    """What stands between the marks. More than one part where the article interrupts it (“We
    knew,” said X, “and sold them.”), more than one span of a part where it runs over paragraphs."""
    mark: str
    """What opens it: a quotation mark, a dash, or nothing for a block quote."""
    before: str = ""
    """What its sentence has before it, without other quotations."""
    after: str = ""
    """What its sentence has after it, or within where it is interrupted."""
    leads: str = ""
    """What follows it there and leads into the next quotation, and so is not in `after`."""
    left: Left | None = None
    closed: bool = True
    """Whether it was closed; one that was not is taken to end with its paragraph."""
    within: tuple[int, int] | None = None
    """Where the quotation begins that holds it: paragraph and position."""

    @property
    def start(self) -> tuple[int, int]:
        """Where it begins: paragraph and position."""
        return self.parts[0][0][:2]

    def text(self, paragraphs: list[Paragraph]) -> list[str]:
        """The words of each part; a line's end where a new paragraph begins."""
        return [
            "\n".join(paragraphs[one.paragraph].text[one.start : one.end] for one in spans)
            for spans in self.parts
        ]
