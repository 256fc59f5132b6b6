"""The text of an OpenDocument part, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.layout import is_off, twips
from evidence_chain.extract.odt.changes import Changes
from evidence_chain.extract.odt.lists import whole
from evidence_chain.extract.odt.styles import PLAIN, WHITE, why_hidden
from evidence_chain.extract.paragraph import Paragraph
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

if TYPE_CHECKING:
    from evidence_chain.extract.odt.lists import Lists
    from evidence_chain.extract.odt.styles import Look, Styles

_BLOCKS = ("?:p", "?:h")
_APART = {
    "?:note-body": "note",
    "?:annotation": "comment",
    "?:text-box": "text box",
    "?:ruby-text": "reading",
    "?:header": "header",
    "?:footer": "footer",
    "?:header-left": "header",
    "?:footer-left": "footer",
    "?:header-first": "header",
    "?:footer-first": "footer",
}
"""What stands beside the text, and what it is called."""
_SKIPPED = (
    "?:note-citation",
    "?:forms",
    "?:desc",
    "?:scripts",
    "?:number",
    "?:creator",
    "?:date-string",
)
_COMPUTED = ("?:date", "?:time", "?:page-number", "?:page-count", "?:chapter", "?:file-name")
_FAMILIES = {
    **{"?:p": "paragraph", "?:h": "paragraph", "?:span": "text", "?:a": "text"},
    **{"?:table-cell": "table-cell", "?:section": "section", "?:table": "table"},
    **{"?:table-row": "table-row", "?:frame": "graphic", "?:custom-shape": "graphic"},
}
_FRAMES = ("?:frame", "?:custom-shape")
_FLAT = 40
"""Twips of height, or width, in which no one reads anything."""
_UNWRITTEN = ("?:control", "?:object")
_HIGH = 16_838
"""Twips that a page is high; a box may be put so far above the paragraph that it belongs to."""
_PICTURED = "left out here: a picture, formula or field of a form"
_MOST_SPACES = 1000
_UNREAD = {"?:object": "embedded objects", "?:object-ole": "embedded objects", "?:forms": "forms"}


class _Open(NamedTuple):
    """An open element: what holds for the words in it."""

    name: str
    look: Look
    hidden: str
    behind: str | None


class Story:
    """Writes down a part. A `Handler`."""

    def __init__(self, styles: Styles, lists: Lists, rest: Writer) -> None:
        self.rest = rest
        """What isn't seen where it stands, a line for each."""
        self.unread: set[str] = set()
        self._styles, self._lists, self._changes = styles, lists, Changes()
        self._flows = [Writer()]
        self._apart: list[tuple[str, Writer]] = []
        self._open = [_Open("", PLAIN, "", WHITE)]
        self._paragraphs: list[Paragraph] = []
        self._cells: list[int] = []
        """For each open row, how many cells of it have begun."""
        self._listed: list[str] = []
        self._item: int | None = None
        self._labelled = True
        self._skipped = 0

    def finish(self) -> Writer:
        """What is seen, and then what stands beside it."""
        seen = self._flows[0]
        for called, words in self._apart:
            start = seen.append(words)
            if words.length:
                seen.marks.append(Mark(start, seen.length, MarkKind.PART, called))
        return seen

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if self._changes.start(name, attrs):
            return
        if name in _UNREAD:
            self.unread.add(_UNREAD[name])
        within = self._open[-1]
        skipped = name in _SKIPPED or (name == "?:title" and within.name == "?:frame")
        if self._skipped or skipped or (within.name == "?:annotation" and name == "?:date"):
            self._skipped += 1
            return
        self._open.append(self._entered(name, attrs, within))
        if name in _APART:
            self._flows.append(Writer())
        if name in _BLOCKS:
            self._paragraphs.append(Paragraph(self.rest))
            self._changes.go_on(self._paragraphs[-1])
            self._label(name, attrs)
        elif self._paragraphs and not self._outside():
            self._start_inline(name, attrs)
        self._start_structure(name, attrs)

    def _entered(self, name: str, attrs: dict[str, str], within: _Open) -> _Open:
        look, family, own = within.look, _FAMILIES.get(name), PLAIN
        if name in _APART:
            look = PLAIN
        behind = None if name in (*_FRAMES, "?:text-box") else within.behind
        if family:
            own = self._styles.look(family, attrs.get("?:style-name"))
            behind = own.behind or behind if own.behind or name != "?:frame" else None
            if family in ("paragraph", "text"):
                look = own.over(look)
        hidden = within.hidden or self._why(name, attrs) or _without_room(name, attrs, own)
        return _Open(name, look, hidden, behind)

    def _why(self, name: str, attrs: dict[str, str]) -> str:
        """Why an element hides all in it; nothing if it doesn't."""
        if name == "?:covered-table-cell":
            return "covered by a merge with other cells"
        if name in ("?:table-row", "?:table-column") and attrs.get("?:visibility"):
            return "" if attrs["?:visibility"] == "visible" else "hidden row"
        if name in ("?:hidden-text", "?:hidden-paragraph"):
            return "" if attrs.get("?:is-hidden") == "false" else "hidden text"
        hides = attrs.get("?:display") in ("none", "condition", "false")
        return "hidden by the document" if hides else ""

    def _start_structure(self, name: str, attrs: dict[str, str]) -> None:
        if name == "?:table-row":
            self._cells.append(0)
        elif name in ("?:table-cell", "?:covered-table-cell") and self._cells:
            self._cells[-1] += 1
        elif name == "?:list":
            style = attrs.get("?:style-name") or (self._listed[-1] if self._listed else "")
            goes_on = bool(self._listed) or attrs.get("?:continue-numbering") == "true"
            self._lists.start(style, goes_on=goes_on or "?:continue-list" in attrs)
            self._listed.append(style)
        elif name in ("?:list-item", "?:list-header"):
            self._item = whole(attrs.get("?:start-value"))
            self._labelled = name == "?:list-header"

    def _start_inline(self, name: str, attrs: dict[str, str]) -> None:
        paragraph, here = self._paragraphs[-1], self._open[-1]
        if name == "?:s":
            count = min(whole(attrs.get("?:c")) or 1, _MOST_SPACES)
            paragraph.say(" " * count, here.look, here.hidden, raw=True)
        elif name in ("?:tab", "?:line-break"):
            sign = "\t" if name == "?:tab" else "\n"
            paragraph.say(sign, here.look, here.hidden, raw=True)
        elif name in _COMPUTED and attrs.get("?:fixed") != "true":
            paragraph.doubts.append("a field that is computed when it is opened")
        elif name in _UNWRITTEN or attrs.get("?:anchor-type") == "as-char":
            paragraph.now.mark(paragraph.now.length, MarkKind.HIDDEN, _PICTURED)
        elif name == "?:hidden-paragraph" and here.hidden:
            paragraph.doubts.append("a paragraph that is hidden on a condition")
        elif name == "?:hidden-text":
            paragraph.hide(attrs.get("?:string-value", ""), "hidden text")
        elif name in ("?:conditional-text", "?:placeholder"):
            paragraph.doubts.append("words that depend on a condition, or are to be filled in")
        else:
            self._changes.turn(name, attrs, paragraph)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._changes.end(name):
            return
        if self._skipped:
            self._skipped -= 1
            return
        self._open.pop()
        if name in _BLOCKS and self._paragraphs:
            self._end_paragraph()
        elif name in _APART:
            self._apart.append((_APART[name], self._flows.pop()))
        elif name == "?:table-row" and self._cells:
            self._cells.pop()
        elif name == "?:list" and self._listed:
            self._listed.pop()

    def text(self, data: str) -> None:
        """Some text; outside of paragraphs it is none."""
        if self._changes.text(data) or self._skipped or not self._paragraphs or self._outside():
            return
        here = self._open[-1]
        hidden = here.hidden or why_hidden(here.look, here.behind)
        self._paragraphs[-1].say(data, here.look, hidden)

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""

    def _outside(self) -> bool:
        """Whether what is open lies within something beside the text, and in no paragraph of it."""
        for one in reversed(self._open):
            if one.name in _BLOCKS:
                return False
            if one.name in _APART and one.name != "?:ruby-text":
                return True
        return True

    def _label(self, name: str, attrs: dict[str, str]) -> None:
        """Write the number of a list or a heading before a paragraph."""
        paragraph, here = self._paragraphs[-1], self._open[-1]
        if self._listed and not self._labelled:
            self._labelled = True
            style = self._listed[0] or here.look.list_style or ""
            depth = len(self._listed)
            label = self._lists.label(self._listed[-1] or style, depth, value=self._item)
        elif name == "?:h" and not self._listed and attrs.get("?:is-list-header") != "true":
            label = self._lists.label("", whole(attrs.get("?:outline-level")) or 1)
        else:
            return
        if label.text.strip():
            paragraph.say(label.text.rstrip() + " ", PLAIN, here.hidden, raw=True)
            paragraph.space()
        if label.doubt:
            paragraph.doubts.append(label.doubt)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._changes.pause(paragraph)
        done = paragraph.finish()
        flow = self._flows[-1]
        inside = self._cells and any(one.name == "?:table-cell" for one in self._open)
        between = "\t" if inside and self._cells[-1] > 1 and self._cell_begins() else "\n"
        flow.append(done, between)

    def _cell_begins(self) -> bool:
        begun, self._cells[-1] = self._cells[-1], 1
        return begun > 1


def _without_room(name: str, attrs: dict[str, str], own: Look) -> str:
    """Why words in a row or frame of these attributes and this style have no room that is seen."""
    if name == "?:table-row":
        return "row without height" if own.line is not None and own.line <= _FLAT else ""
    if name not in _FRAMES:
        return ""
    sides = (twips(attrs.get("?:width")), twips(attrs.get("?:height")))
    if any(side is not None and side <= _FLAT for side in sides):
        return "text box without size"
    left = twips(attrs.get("?:x")) or 0
    off = is_off(str(left), None) and is_off(str(left + (sides[0] or 0)), None)
    off |= abs(twips(attrs.get("?:y")) or 0) >= _HIGH
    return "text box outside of the page" if off else ""
