"""Tracked changes of an OpenDocument text (ODF 1.3, part 3, 5.5): what was deleted, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from evidence_chain.extract.paragraph import Paragraph


class _Region(NamedTuple):
    """One change."""

    words: list[str]
    """What was deleted."""
    told: list[str]
    """By whom and when."""


class Changes:
    """Reads `text:tracked-changes`, which stand before the text, and says where they belong."""

    def __init__(self) -> None:
        self._regions: dict[str, _Region] = {}
        self._reading: list[str] = []
        """The open elements of the list of changes."""
        self._region = _Region([], [])
        self._inserting: dict[str, str] = {}

    def start(self, name: str, attrs: dict[str, str]) -> bool:
        """Whether an element that begins is one of the list."""
        if not self._reading and name != "?:tracked-changes":
            return False
        self._reading.append(name)
        if name == "?:changed-region":
            self._region = _Region([], [])
            for key in ("?:id", "http://www.w3.org/XML/1998/namespace id"):
                if key in attrs:
                    self._regions[attrs[key]] = self._region
        elif name == "?:s":
            self._region.words.append(" ")
        elif name in ("?:tab", "?:line-break"):
            self._region.words.append("\t" if name == "?:tab" else "\n")
        return True

    def end(self, name: str) -> bool:
        """Whether an element that ends is one of the list."""
        if not self._reading:
            return False
        self._reading.pop()
        if name in ("?:p", "?:h") and "?:change-info" not in self._reading:
            self._region.words.append("\n")
        return True

    def text(self, data: str) -> bool:
        """Whether a text is one of the list."""
        if not self._reading:
            return False
        if self._reading[-1] in ("?:creator", "?:date"):
            self._region.told.append(data)
        elif {"?:p", "?:h"} & set(self._reading) and "?:change-info" not in self._reading:
            self._region.words.append(data)
        return True

    def turn(self, name: str, attrs: dict[str, str], paragraph: Paragraph) -> None:
        """A change stands here, or begins or ends."""
        told = attrs.get("?:change-id", "")
        region = self._regions.get(told, _Region([], []))
        whose = " ".join(filter(str.strip, region.told)) or "tracked"
        if name == "?:change":
            paragraph.delete("".join(region.words).removesuffix("\n"), whose)
        elif name == "?:change-start":
            self._inserting[told] = whose
            paragraph.insertions.append((paragraph.now.length, whose))
        elif name == "?:change-end":
            self._inserting.pop(told, None)
            paragraph.end_insertion()

    def go_on(self, paragraph: Paragraph) -> None:
        """A paragraph begins within the changes that go on."""
        paragraph.insertions += [(0, whose) for whose in self._inserting.values()]

    def pause(self, paragraph: Paragraph) -> None:
        """It ends."""
        for _ in [*paragraph.insertions]:
            paragraph.end_insertion()
