"""An article, as whoever reads its file hands it on: paragraphs, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.typed import listed, rows, typed
from evidence_chain.text.language.characters import OTHER_FORM
from evidence_chain.text.quotations import Paragraph

if TYPE_CHECKING:
    from evidence_chain.canonical import Json


class Article(NamedTuple):
    """The paragraphs of an article that will be printed."""

    paragraphs: list[Paragraph]
    left_out: list[str] = []  # noqa: RUF012 - never changed
    """What of the file is not proofread, such as deletions and comments; each once."""
    lines: bool = False
    """Whether the numbers of paragraphs are lines of the file."""

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        head = {
            "paragraphs": [[len(one.text), one.line, one.block] for one in self.paragraphs],
            "left_out": self.left_out,
            "lines": self.lines,
        }
        return head, "".join(one.text for one in self.paragraphs).encode()

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Article:
        """What was packed.

        Raises:
            ValueError: that is nothing that `pack` makes; or `KeyError`.
        """
        text, found, done = blob.decode(), list[Paragraph](), 0
        for length, line, block in rows(head["paragraphs"], int, int, bool):
            if length < 0:
                raise ValueError("no length")
            found.append(Paragraph(text[done : done + length], line, block))
            done += length
        if done != len(text) or type(head["lines"]) is not bool:
            raise ValueError("other lengths")
        left_out = [str(typed([one], str)[0]) for one in listed(head["left_out"])]
        return cls(found, left_out, head["lines"])


def of_lines(text: str, blocks: set[int], left_out: list[str]) -> Article:
    """An article of a text that has each paragraph in a line.

    Args:
        text: the text.
        blocks: the numbers, from 0, of the lines that are block quotes.
        left_out: what is not in the text.
    """
    paragraphs = [
        Paragraph(line, number + 1, number in blocks)
        for number, line in enumerate(text.split("\n"))
    ]
    shown = (one for one in paragraphs if not one.text.startswith(OTHER_FORM))
    return Article([one for one in shown if one.text.strip()], left_out)
