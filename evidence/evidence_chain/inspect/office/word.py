"""What the text of a DOCX holds and doesn't show: changes, comments, hidden text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import docx
from evidence_chain.extract.stream import MarkKind
from evidence_chain.inspect.finding import Finding
from evidence_chain.inspect.office.changes import gone

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.stream import Drawn, Mark
    from evidence_chain.inspect.office.changes import Gone

_KINDS = {
    MarkKind.DELETED: "tracked-change",
    MarkKind.INSERTED: "tracked-change",
    MarkKind.HIDDEN: "hidden-text",
}
_STRUCK = "struck out"
_ALTERNATIVE = "text in place of a picture"
"""How a description for who can't see a picture is marked."""
_VERBS = {MarkKind.DELETED: "deleted", MarkKind.INSERTED: "inserted", MarkKind.HIDDEN: "hidden"}


def words(package: Package, data: bytes) -> tuple[list[Finding], list[str]]:
    """What the text holds and doesn't show, as its changes have it and the extractor marks it."""
    changes, unread = gone(package)
    found = [Finding("tracked-change", _place(one.verb, one.detail), one.words) for one in changes]
    try:
        drawn = docx.extract(BytesIO(data))
    except ExtractionError as error:
        return found, [*unread, str(error)]
    marks = [mark for mark in drawn.marks if not _is_told(drawn, mark, changes)]
    found += [one for mark in marks if (one := _finding(drawn, mark))]
    return found, unread


def _is_told(drawn: Drawn, mark: Mark, changes: list[Gone]) -> bool:
    """Whether a paragraph as it was before is told by what exactly went from it, all of it."""
    if mark.kind != MarkKind.DELETED or mark.detail.startswith(_STRUCK):
        return False
    said = "".join(drawn.text[mark.start : mark.end].split())
    told = {one.detail for one in changes if "".join(one.words.split()) in said}
    return bool(told) and set(filter(None, mark.detail.split("; "))) <= told


def _place(verb: str, detail: str) -> str:
    return f"{verb}: {detail}".rstrip(": ")


def _finding(drawn: Drawn, mark: Mark) -> Finding | None:
    said = drawn.text[mark.start : mark.end].strip()
    if mark.kind == MarkKind.PART and mark.detail.startswith("comment"):
        return Finding("comment", mark.detail, said)
    if mark.kind == MarkKind.HIDDEN and mark.detail == _ALTERNATIVE:
        return Finding("description", mark.detail, said)
    kind = _KINDS.get(MarkKind(mark.kind))
    if kind is None or not any(map(str.isalnum, said)) or mark.detail.startswith(_STRUCK):
        return None
    return Finding(kind, _place(_VERBS[MarkKind(mark.kind)], mark.detail), said)
