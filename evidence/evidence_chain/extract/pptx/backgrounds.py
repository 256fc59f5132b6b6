"""The colour of a slide's background, as far as it is of one colour that the file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.docx.xml import Tree, parse

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Package, Related
    from evidence_chain.extract.docx.xml import Node

WHITE = "FFFFFF"
_LIGHT = ("bg1", "lt1")
_ABOVE = ("slideLayout", "slideMaster")


class Background:
    """Looks for a background on a slide, then on its layout, then on its master."""

    def __init__(self, package: Package, part: Related) -> None:
        self.colour: str | None = WHITE
        """Six hexadecimal digits; `None` if it isn't known."""
        at: Related | None = part
        for _ in range(3):
            if at is None or at.name not in package:
                return
            tree = Tree()
            parse(package.read(at.name), tree, at.name)
            found = _named(tree.root)
            if found:
                self.colour = found if found != "?" else None
                return
            above = [one for one in package.related(at.name) if one.kind in _ABOVE]
            at = above[0] if above else None


def _named(root: Node) -> str | None:
    """The colour that a part names, `?` for one that isn't known, `None` if it names none."""
    page = root.children[0] if root.children else root
    data = page.child("p:cSld")
    background = data.child("p:bg") if data else None
    if background is None:
        return None
    reference = background.child("p:bgRef")
    properties = background.child("p:bgPr")
    holder = reference or (properties.child("a:solidFill") if properties else None)
    return (colour_in(holder) if holder else None) or "?"


def colour_in(holder: Node) -> str | None:
    """The colour in a filling; of a theme's only the light one, which is taken for white."""
    for one in holder.children:
        if one.children:
            return None
        value = one.attrs.get("val", "")
        if one.name == "a:srgbClr":
            return value.upper()
        if one.name == "a:schemeClr" and value in _LIGHT:
            return WHITE
    return None
