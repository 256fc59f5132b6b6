"""Which declarations hold for which element: matched, and ranked as CSS Cascade 5 has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from turbohtml import Element, SelectorSyntaxError

from evidence_chain.extract.html.style import selectors
from evidence_chain.extract.html.style.sheets import UNLAYERED, Sheets, declarations
from evidence_chain.extract.html.style.values import names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from turbohtml import Document, DocumentFragment

    from evidence_chain.extract.html.style.sheets import Declaration

_INLINE = (1, 0, 0, 0)
_HARMLESS_PARTS = names(
    "placeholder selection backdrop file-selector-button cue target-text "
    "spelling-error grammar-error highlight view-transition details-content"
)


class Ranked(NamedTuple):
    """A declaration, and what decides between it and others."""

    rank: tuple[bool, int, tuple[int, ...], int]
    """Importance, layer, the selector's weight, the order."""
    name: str
    value: str


class Matched(NamedTuple):
    """What the rules say of one element."""

    sure: tuple[Ranked, ...] = ()
    unsure: tuple[Ranked, ...] = ()
    """What holds under conditions, or for selectors, that aren't understood here."""


class Cascade:
    """What the rules of a page say, element by element."""

    def __init__(self) -> None:
        self.elements: dict[Element, Matched] = {}
        self.generated: dict[tuple[Element, str], Matched] = {}
        """Of what is put before and after elements, and of the labels of items."""
        self.unread = False
        self.labels: set[str] = set()
        """Counter styles that put words before items."""
        self.frames: dict[str, list[tuple[str, tuple[Declaration, ...]]]] = {}
        self.initial: dict[str, str] = {}
        """Values of variables that are registered."""
        self._inline: dict[str, tuple[Ranked, ...]] = {}
        self._same: dict[Matched, Matched] = {}

    def add(
        self,
        tree: Document | DocumentFragment,
        sheets: Sheets,
        apart: Container[Element] = (),
        host: Element | None = None,
    ) -> None:
        """Match the rules of the sheets of a tree, which hold in it alone.

        Args:
            tree: a page, or what an element shows in its place.
            sheets: of this tree.
            apart: elements in it that belong to another tree.
            host: the element that shows this tree.
        """
        self.unread |= sheets.unread
        self.frames |= sheets.frames
        self.labels |= sheets.labels
        self.initial |= sheets.initial
        found = _Matching(tree, apart, host)
        for order, rule in enumerate(sheets.rules):
            parts = selectors.split(rule.selectors)
            for part in parts:
                found.match(part, rule.declared, rule.layer, order, sure=rule.sure)
        for element, both in found.elements.items():
            self.elements[element] = self._merge(self.elements.get(element), both)
        for (element, part), both in found.generated.items():
            kept = self.generated.get((element, part))
            self.generated[element, part] = self._merge(kept, both)

    def inline(self, style: str) -> tuple[Ranked, ...]:
        """What a `style` attribute declares."""
        if style not in self._inline:
            self._inline[style] = tuple(_ranked(declarations(style), UNLAYERED, _INLINE, 0))
        return self._inline[style]

    def _merge(self, before: Matched | None, both: _Both) -> Matched:
        sure = (*(before.sure if before else ()), *both.sure)
        unsure = (*(before.unsure if before else ()), *both.unsure)
        made = Matched(sure, unsure)
        return self._same.setdefault(made, made)


class _Both:
    __slots__ = ("sure", "unsure")

    def __init__(self) -> None:
        self.sure: list[Ranked] = []
        self.unsure: list[Ranked] = []


class _Matching:
    def __init__(
        self, tree: Document | DocumentFragment, apart: Container[Element], host: Element | None
    ) -> None:
        self.elements: dict[Element, _Both] = defaultdict(_Both)
        self.generated: dict[tuple[Element, str], _Both] = defaultdict(_Both)
        self._tree = tree
        self._apart = apart
        self._host = host
        self._names: set[str] | None = None

    def match(
        self, text: str, declared: Iterable[Declaration], layer: int, order: int, *, sure: bool
    ) -> None:
        selector = selectors.read(text)
        if selector.part in _HARMLESS_PARTS or selector.part.startswith(("-", "view-transition")):
            return
        if not self._may_match(selector.element):
            return
        found, exact = self._select(selector)
        if not found:
            return
        ranked = list(_ranked(declared, layer, (0, *selector.weight), order))
        inside = selector.part in ("before", "after", "marker")
        sure = sure and exact and (inside or selector.part in ("", "slotted"))
        for element in found:
            if element in self._apart:
                continue
            both = self.generated[element, selector.part] if inside else self.elements[element]
            (both.sure if sure else both.unsure).extend(ranked)

    def _select(self, selector: selectors.Selector) -> tuple[list[Element], bool]:
        """The elements, and whether it is just these."""
        if self._host is not None and (":host" in selector.element or selector.part == "slotted"):
            return self._around(selector, self._host)
        if ":defined" in selector.element.lower():
            return self._tree.select(selectors.wider(selector.element)), False
        try:
            return self._tree.select(selector.element), True
        except SelectorSyntaxError:
            pass
        try:
            return self._tree.select(selectors.wider(selector.element)), False
        except SelectorSyntaxError:
            return [], False

    def _around(self, selector: selectors.Selector, host: Element) -> tuple[list[Element], bool]:
        """The host of a shadow tree, or what stands in its slots."""
        if selector.part == "slotted":
            return [one for one in host.children if isinstance(one, Element)], False
        if selector.element.strip() == ":host":
            return [host], True
        return [host, *self._tree.select("*")], False

    def _may_match(self, element: str) -> bool:
        """Whether the page has all the classes and ids that the selector needs."""
        needed = selectors.names(element)
        if not needed:
            return True
        if self._names is None:
            self._names = set()
            for one in self._tree.select("[class], [id]"):
                attrs = one.attrs
                self._names.add(f"#{attrs.get('id')}".lower())
                held = attrs.get("class") or ()
                self._names.update(
                    f".{name}".lower() for name in (held.split() if isinstance(held, str) else held)
                )
        return {name.lower() for name in needed} <= self._names


def _ranked(
    declared: Iterable[Declaration], layer: int, weight: tuple[int, ...], order: int
) -> Iterable[Ranked]:
    for name, value, important in declared:
        level = -layer if important else layer
        yield Ranked((important, level, weight, order), name, value)
