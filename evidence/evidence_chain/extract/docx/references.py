"""What the body of a DOCX refers to, and so shows, of notes, comments, headers and footers.

A note or comment that nothing refers to stands on no page (ECMA-376 part 1, 17.11 and 17.13.4),
and neither does a header or footer that no section names, or only for pages that it has none of
(17.10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Related
    from evidence_chain.extract.docx.xml import Node

_TO = {
    **{"w:footnoteReference": "w:footnote", "w:endnoteReference": "w:endnote"},
    **dict.fromkeys(("w:commentReference", "w:commentRangeStart"), "w:comment"),
}
REFERENCES = tuple(_TO)
"""The elements that refer to a note or comment."""
_NAMED = ("w:headerReference", "w:footerReference")
_ID = "?:id"


class References:
    """What was referred to so far; the body is read before all that it refers to."""

    def __init__(self, *, even: bool) -> None:
        self._notes: set[tuple[str, str]] = set()
        self._parts: set[str] = set()
        self._even = even
        """Whether even pages have headers of their own."""

    def tell(self, name: str, attrs: dict[str, str]) -> None:
        """A reference to a note or comment."""
        self._notes.add((_TO[name], attrs.get("w:id", "")))

    def tell_section(self, properties: Node | None) -> None:
        """What `w:sectPr` says of headers and footers."""
        if properties is None:
            return
        on = {"even": self._even, "first": bool(properties.switch("w:titlePg"))}
        for name in _NAMED:
            for one in properties.all(name):
                if on.get(one.attrs.get("w:type", ""), True):
                    self._parts.add(one.attrs.get(_ID, ""))

    def note_hidden(self, name: str, attrs: dict[str, str]) -> str:
        """Why a note or comment isn't seen; nothing if it is, or if it is none."""
        unknown = "w:id" not in attrs or name not in _TO.values()
        shown = unknown or (name, attrs["w:id"]) in self._notes
        return "" if shown else f"{name.removeprefix('w:')} that nothing refers to"

    def part_hidden(self, part: Related) -> str:
        """Why a header or footer isn't seen; nothing if it is, or if it is none."""
        shown = part.kind not in ("header", "footer") or part.id in self._parts
        return "" if shown else f"{part.kind} of no page"
