"""What the text of a DOCX holds and doesn't show: changes, comments, hidden text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import docx
from evidence_chain.extract.stream import MarkKind
from evidence_chain.inspect.finding import Finding

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.extract.stream import Drawn, Mark

_KINDS = {
    MarkKind.DELETED: "tracked-change",
    MarkKind.INSERTED: "tracked-change",
    MarkKind.HIDDEN: "hidden-text",
}
_STRUCK = "struck out"
_ALTERNATIVE = "text in place of a picture"
"""How a description for who can't see a picture is marked."""
_VERBS = {MarkKind.DELETED: "deleted", MarkKind.INSERTED: "inserted", MarkKind.HIDDEN: "hidden"}


def words(file: BinaryIO) -> tuple[list[Finding], list[str]]:
    """What the text holds and doesn't show, as the extractor of DOCX marks it."""
    try:
        drawn = docx.extract(file)
    except ExtractionError as error:
        return [], [str(error)]
    return [one for mark in drawn.marks if (one := _finding(drawn, mark))], []


def _finding(drawn: Drawn, mark: Mark) -> Finding | None:
    said = drawn.text[mark.start : mark.end].strip()
    if mark.kind == MarkKind.PART and mark.detail.startswith("comment"):
        return Finding("comment", mark.detail, said)
    if mark.kind == MarkKind.HIDDEN and mark.detail == _ALTERNATIVE:
        return Finding("description", mark.detail, said)
    kind = _KINDS.get(MarkKind(mark.kind))
    if kind is None or not any(map(str.isalnum, said)) or mark.detail.startswith(_STRUCK):
        return None
    return Finding(kind, f"{_VERBS[MarkKind(mark.kind)]}: {mark.detail}", said)
