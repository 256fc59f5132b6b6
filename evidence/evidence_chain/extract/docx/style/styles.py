"""How the text of a DOCX looks, as far as it decides whether a reader sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.layout import Placed, number, read_placed, twips
from evidence_chain.extract.docx.style.colours import (
    WHITE,
    is_clear,
    read_colour,
    read_fill,
    read_filling,
)
from evidence_chain.extract.docx.style.symbols import read_font
from evidence_chain.extract.html.style.colours import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.extract.docx.xml import Node
    from evidence_chain.extract.html.style.colours import Colour

_SMALLEST = 2
"""Half-points, up to which no one reads it."""
_NARROWEST = 10
"""Per cent of their width, up to which no one reads letters."""
_TIGHTEST = 60
"""Twips into which no one can read a word pressed."""
_RAISED, _FARTHEST = 4, 600
"""Half-points from which on letters are raised or lowered, and up to which they are on the page."""
_USUAL = 22
"""Half-points of letters whose size isn't told."""
_TOGGLES = ("vanish", "strike", "dstrike", "caps")
"""Properties that cancel out between styles (ECMA-376 part 1, 17.7.3)."""
_LONGEST_CHAIN = 64


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
    filling: Colour | None = None
    """Of the letters, where Word draws them otherwise than `colour` (`w14:textFill`)."""
    font: str | None = None
    fit: int | None = None
    """Twips into which the letters are pressed, all of them."""

    def over(self, other: Look) -> Look:
        """This look, and for what it leaves open the other."""
        return Look._make(b if a is None else a for a, b in zip(self, other, strict=True))

    def toggle(self, on: dict[str, bool]) -> Look:
        """This look with these properties on or off."""
        return Look._make(on.get(name, value) for name, value in self._asdict().items())

    def hidden(self, behind: Sequence[Colour]) -> str:
        """Why a reader doesn't see text of this look on one of these; nothing if they do."""
        if self.vanish:
            return "hidden font"
        if self.size is not None and self.size <= _SMALLEST:
            return f"font size {self.size / 2:g} pt"
        if self.clear:
            return "letters without filling"
        if self.scale is not None and self.scale <= _NARROWEST:
            return f"letters of {self.scale} % of their width"
        if self.fit is not None and self.fit <= _TIGHTEST:
            return "letters pressed into no width"
        if abs(self.position or 0) > _FARTHEST:
            return "raised or lowered off the page"
        if -(self.apart or 0) > 5 * (self.size or _USUAL):
            return "letters one on the other"
        colours = [one for one in (self.colour, self.filling) if one]
        grounds = [self.fill] if self.fill else behind
        hidden = any(alike(one, ground) for one in colours for ground in grounds)
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


class Condition(NamedTuple):
    """What the style of a table says of some of its cells (ECMA-376 part 1, 17.7.6)."""

    kind: str
    """Of which, such as `firstRow`."""
    look: Look
    fill: Colour | None


class Style(NamedTuple):
    """What a style says of text and paragraphs."""

    look: Look = PLAIN
    fill: Colour | None = None
    numbered: Numbered = Numbered()
    base: str = ""
    placed: Placed = Placed()
    conditions: tuple[Condition, ...] = ()


def read_look(properties: Node | None) -> Look:
    """The look that `w:rPr` gives."""
    if properties is None or not properties.children:
        return PLAIN
    highlight = properties.value("w:highlight")
    colour = properties.child("w:color")
    fill = properties.child("w14:textFill")
    position, apart = properties.value("w:position"), properties.value("w:spacing")
    always = properties.child("w:vanish") is None
    return Look(
        properties.switch("w:specVanish" if always else "w:vanish"),
        number(properties.value("w:szCs" if _is_complex(properties) else "w:sz")),
        read_colour(colour.attrs.get("w:val"), colour.attrs.get("w:themeColor"))
        if colour
        else None,
        read_colour(highlight) if highlight not in (None, "none") else read_fill(properties),
        is_clear(fill) if fill else None,
        properties.value("w:vertAlign"),
        properties.switch("w:strike"),
        properties.switch("w:dstrike"),
        properties.switch("w:caps"),
        number((properties.value("w:w") or "").removesuffix("%")),
        _half_points(position),
        twips(apart),
        read_filling(fill) if fill else None,
        read_font(properties),
        twips(properties.value("w:fitText")),
    )


def _is_complex(properties: Node) -> bool:
    """Whether the run is of a complex script, as Arabic and Hebrew are, which has its own size."""
    return bool(properties.switch("w:rtl") or properties.switch("w:cs"))


def _half_points(text: str | None) -> int | None:
    """A number of half-points, or a length with its unit."""
    length = twips(text)
    bare = length is not None and text is not None and text.strip()[-1:].isdigit()
    return length if bare or length is None else length // 10


def read_numbered(properties: Node | None) -> Numbered:
    """The list that `w:pPr` names."""
    listed = properties.child("w:numPr") if properties else None
    if listed is None:
        return Numbered()
    return Numbered(number(listed.value("w:numId")), number(listed.value("w:ilvl")))


class Styles:
    """The styles of a document, each with all that it is based on."""

    def __init__(self, root: Node | None = None) -> None:
        self._styles: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self._default = ""
        self._table = ""
        self.page = [WHITE]
        """The colours that a page may have."""
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

    def add_page(self, colour: str | None) -> None:
        """The document names a background, which some programs show and print, and others don't."""
        known = read_colour(colour)
        self.page += [known] if known else []

    def table(self, name: str) -> Style:
        """The style of a table, which is the default one unless it names another."""
        return self.named(name or self._table)

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
            read_fill(paragraph)
            or read_fill(node.child("w:tcPr"))
            or read_fill(node.child("w:tblPr")),
            read_numbered(paragraph),
            node.value("w:basedOn") or "",
            read_placed(paragraph),
            tuple(map(_condition, node.all("w:tblStylePr"))),
        )
        default = node.attrs.get("w:default") in ("1", "true", "on")
        if default and node.attrs.get("w:type") == "paragraph":
            self._default = name
        elif default and node.attrs.get("w:type") == "table":
            self._table = name

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
                conditions=style.conditions + whole.conditions,
            )
        return whole


def _condition(node: Node) -> Condition:
    fill = read_fill(node.child("w:tcPr")) or read_fill(node.child("w:tblPr"))
    return Condition(node.attrs.get("w:type", ""), read_look(node.child("w:rPr")), fill)
