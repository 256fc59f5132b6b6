"""How the text of a DOCX looks, as far as it decides whether a reader sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.layout import Placed, read_placed, twips
from evidence_chain.extract.html.style.colours import alike, parse_colour

if TYPE_CHECKING:
    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.html.style.colours import Colour

_SMALLEST = 2
"""Half-points, up to which no one reads it."""
_NARROWEST = 10
"""Per cent of their width, up to which no one reads letters."""
_RAISED, _FARTHEST = 4, 600
"""Half-points from which on letters are raised or lowered, and up to which they are on the page."""
_USUAL = 22
"""Half-points of letters whose size isn't told."""
_TOGGLES = ("vanish", "strike", "dstrike", "caps")
"""Properties that cancel out between styles (ECMA-376 part 1, 17.7.3)."""
_CLEAR = 95_000
"""Thousandths of a per cent of transparency from which on letters are not seen."""
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
    strike: bool | None = None
    dstrike: bool | None = None
    caps: bool | None = None
    """Whether small letters are shown as capitals."""
    scale: int | None = None
    """Per cent of the letters' width."""
    position: int | None = None
    """Half-points above the line."""
    apart: int | None = None
    """Twips between letters, besides what there is."""

    def over(self, other: Look) -> Look:
        """This look, and for what it leaves open the other."""
        return Look._make(b if a is None else a for a, b in zip(self, other, strict=True))

    def toggle(self, on: dict[str, bool]) -> Look:
        """This look with these properties on or off."""
        return Look._make(on.get(name, value) for name, value in self._asdict().items())

    def hidden(self, behind: Colour | None) -> str:
        """Why a reader doesn't see text of this look on that colour; nothing if they do."""
        if self.vanish:
            return "hidden font"
        if self.size is not None and self.size <= _SMALLEST:
            return f"font size {self.size / 2:g} pt"
        if self.clear:
            return "letters without filling"
        if self.scale is not None and self.scale <= _NARROWEST:
            return f"letters of {self.scale} % of their width"
        if abs(self.position or 0) > _FARTHEST:
            return "raised or lowered off the page"
        if -(self.apart or 0) > 5 * (self.size or _USUAL):
            return "letters one on the other"
        behind = self.fill or behind
        hidden = self.colour and behind and alike(self.colour, behind)
        return "colour of its background" if hidden else ""

    @property
    def struck(self) -> bool:
        """Whether a line goes through the letters."""
        return bool(self.strike or self.dstrike)

    @property
    def shift(self) -> str:
        """`superscript`, `subscript`, or nothing for letters on the line."""
        if self.raised in ("superscript", "subscript"):
            return self.raised
        if abs(self.position or 0) < _RAISED:
            return ""
        return "superscript" if (self.position or 0) > 0 else "subscript"


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
    placed: Placed = Placed()


def read_look(properties: Node | None) -> Look:
    """The look that `w:rPr` gives."""
    if properties is None or not properties.children:
        return PLAIN
    highlight = properties.value("w:highlight")
    colour = properties.child("w:color")
    fill = properties.child("w14:textFill")
    position, apart = properties.value("w:position"), properties.value("w:spacing")
    return Look(
        properties.switch("w:vanish"),
        number(properties.value("w:szCs" if _is_complex(properties) else "w:sz")),
        _colour(colour.attrs.get("w:val"), colour.attrs.get("w:themeColor")) if colour else None,
        _colour(highlight) if highlight not in (None, "none") else read_fill(properties),
        _is_clear(fill) if fill else None,
        properties.value("w:vertAlign"),
        properties.switch("w:strike"),
        properties.switch("w:dstrike"),
        properties.switch("w:caps"),
        number((properties.value("w:w") or "").removesuffix("%")),
        _half_points(position),
        twips(apart),
    )


def _is_complex(properties: Node) -> bool:
    """Whether the run is of a complex script, as Arabic and Hebrew are, which has its own size."""
    return bool(properties.switch("w:rtl") or properties.switch("w:cs"))


def _half_points(text: str | None) -> int | None:
    """A number of half-points, or a length with its unit."""
    length = twips(text)
    bare = length is not None and text is not None and text.strip()[-1:].isdigit()
    return length if bare or length is None else length // 10


def _is_clear(fill: Node) -> bool:
    """Whether letters of this filling are not seen: it is none, or is transparent."""
    solid = fill.child("w14:solidFill")
    alphas = [
        number(alpha.attrs.get("w14:val"))
        for colour in (solid.children if solid else [])
        for alpha in colour.all("w14:alpha")
    ]
    return fill.child("w14:noFill") is not None or any((one or 0) >= _CLEAR for one in alphas)


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

        Some properties are toggles: in the style of a paragraph and in that of characters they
        cancel out (ECMA-376 part 1, 17.7.3).
        """
        looks = self.named(character).look, paragraph, table
        toggled = {
            name: sum(bool(getattr(look, name)) for look in looks) % 2 == 1
            or bool(getattr(self.default, name))
            for name in _TOGGLES
        }
        together = looks[0].over(paragraph).over(table).over(self.default)
        return direct.over(together.toggle(toggled))

    def _add(self, node: Node) -> None:
        name, paragraph = node.attrs.get("w:styleId", ""), node.child("w:pPr")
        self._styles[name] = Style(
            read_look(node.child("w:rPr")),
            read_fill(paragraph) or read_fill(node.child("w:tblPr")),
            read_numbered(paragraph),
            node.value("w:basedOn") or "",
            read_placed(paragraph),
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
            whole = Style(
                style.look.over(whole.look),
                style.fill or whole.fill,
                Numbered(*listed),
                placed=style.placed.over(whole.placed),
            )
        return whole


def _colour(value: str | None, theme: str | None = None) -> Colour | None:
    if theme in ("background1", "light1") and value in (None, "auto"):
        return WHITE
    hexadecimal = value and re.fullmatch("[0-9a-fA-F]{6}", value)
    text = f"#{value}" if hexadecimal else value or ""
    return parse_colour(text.lower())[0]
