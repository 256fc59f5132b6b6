"""How the text of a DOCX looks, as far as it decides whether a reader sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.html.visibility import alike, parse_colour

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.html.visibility import Colour

_SMALLEST = 2
"""Half-points, up to which no one reads it."""
_LONGEST_CHAIN = 64
_DIGITS = re.compile(r"\d{1,9}")
WHITE: Colour = (255, 255, 255)


class Look(NamedTuple):
    """Properties of text; `None` for those that something else decides."""

    vanish: bool | None = None
    size: int | None = None
    """Half-points."""
    colour: Colour | None = None
    fill: Colour | None = None
    """What is behind the text."""
    clear: bool | None = None
    """Whether the letters have no filling."""
    raised: str | None = None
    """`superscript`, `subscript` or `baseline`."""

    def over(self, other: Look) -> Look:
        """This look, and for what it leaves open the other."""
        return Look._make(b if a is None else a for a, b in zip(self, other, strict=True))

    def hidden(self, behind: Colour | None) -> str:
        """Why a reader doesn't see text of this look on that colour; nothing if they do."""
        if self.vanish:
            return "hidden font"
        if self.size is not None and self.size <= _SMALLEST:
            return f"font size {self.size / 2:g} pt"
        if self.clear:
            return "letters without filling"
        behind = self.fill or behind
        hidden = self.colour and behind and alike(self.colour, behind)
        return "colour of its background" if hidden else ""


PLAIN = Look()


class Numbered(NamedTuple):
    """Which list a paragraph is in, and how deep; `None` for what its style says."""

    number: int | None = None
    level: int | None = None


class Style(NamedTuple):
    """What a style says of text and paragraphs."""

    look: Look = PLAIN
    fill: Colour | None = None
    numbered: Numbered = Numbered()
    base: str = ""


def read_look(properties: Node | None) -> Look:
    """The look that `w:rPr` gives."""
    if properties is None or not properties.children:
        return PLAIN
    highlight = properties.value("w:highlight")
    colour = properties.child("w:color")
    fill = properties.child("w14:textFill")
    return Look(
        properties.switch("w:vanish"),
        number(properties.value("w:sz")),
        _colour(colour.attrs.get("w:val"), colour.attrs.get("w:themeColor")) if colour else None,
        _colour(highlight) if highlight not in (None, "none") else read_fill(properties),
        bool(fill.child("w14:noFill")) if fill else None,
        properties.value("w:vertAlign"),
    )


def read_fill(properties: Node | None) -> Colour | None:
    """The colour of `w:shd`, or `None`."""
    shading = properties.child("w:shd") if properties else None
    if shading is None:
        return None
    solid = shading.attrs.get("w:val") == "solid"
    return _colour(shading.attrs.get("w:color" if solid else "w:fill"))


def read_numbered(properties: Node | None) -> Numbered:
    """The list that `w:pPr` names."""
    listed = properties.child("w:numPr") if properties else None
    if listed is None:
        return Numbered()
    return Numbered(number(listed.value("w:numId")), number(listed.value("w:ilvl")))


def number(text: str | None) -> int | None:
    """A whole number, or `None` if `text` is none."""
    return int(text) if text and _DIGITS.fullmatch(text) else None


class Styles:
    """The styles of a document, each with all that it is based on."""

    def __init__(self, root: Node | None = None) -> None:
        self._styles: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self._default = ""
        self.default = PLAIN
        for node in root.children if root else ():
            if node.name == "w:docDefaults":
                defaults = node.child("w:rPrDefault")
                self.default = read_look(defaults.child("w:rPr") if defaults else None)
            elif node.name == "w:style":
                self._add(node)

    def paragraph(self, name: str) -> Style:
        """The style of a paragraph, which is the default one unless it names another."""
        return self.named(name or self._default)

    def named(self, name: str) -> Style:
        """A style with what it inherits; an empty one if there is none of that name."""
        if name not in self._whole:
            self._whole[name] = self._inherit(name)
        return self._whole[name]

    def look(self, direct: Look, character: str, paragraph: Look, table: Look) -> Look:
        """The look of a run: its own, of its character style, its paragraph's, its table's.

        `vanish` is a toggle: in the style of a paragraph and in that of characters it cancels out
        (ECMA-376 part 1, 17.7.3).
        """
        styled = self.named(character).look
        toggled = bool(styled.vanish) ^ bool(paragraph.vanish) ^ bool(table.vanish)
        vanish = toggled or bool(self.default.vanish)
        together = styled.over(paragraph).over(table).over(self.default)
        return direct.over(together._replace(vanish=vanish))

    def _add(self, node: Node) -> None:
        name, paragraph = node.attrs.get("w:styleId", ""), node.child("w:pPr")
        self._styles[name] = Style(
            read_look(node.child("w:rPr")),
            read_fill(paragraph) or read_fill(node.child("w:tblPr")),
            read_numbered(paragraph),
            node.value("w:basedOn") or "",
        )
        default = node.attrs.get("w:default") in ("1", "true", "on")
        if default and node.attrs.get("w:type") == "paragraph":
            self._default = name

    def _inherit(self, name: str) -> Style:
        chain: list[Style] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = chain[-1].base
        whole = Style()
        for style in reversed(chain):
            listed = (
                b if a is None else a for a, b in zip(style.numbered, whole.numbered, strict=True)
            )
            whole = Style(style.look.over(whole.look), style.fill or whole.fill, Numbered(*listed))
        return whole


def _colour(value: str | None, theme: str | None = None) -> Colour | None:
    if theme in ("background1", "light1") and value in (None, "auto"):
        return WHITE
    hexadecimal = value and re.fullmatch("[0-9a-fA-F]{6}", value)
    text = f"#{value}" if hexadecimal else value or ""
    return parse_colour(text.lower())[0]
