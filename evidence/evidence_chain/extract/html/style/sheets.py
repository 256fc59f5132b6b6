"""The rules of a page's style sheets: which hold on a screen, in which order, and what they say."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2

from evidence_chain.extract.html.style.media import holds, read_import
from evidence_chain.extract.html.style.properties import known
from evidence_chain.extract.html.style.selectors import split
from evidence_chain.extract.html.style.values import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from evidence_chain.extract.html.style.media import Import

DEEPEST = 64
"""Brackets within brackets; a sheet with more isn't read."""
CASED = (
    *("content", "quotes", "list-style", "list-style-type", "counter-reset", "counter-set"),
    *("hyphenate-character", "text-overflow"),
)
_WRITTEN = ("symbols", "additive-symbols", "prefix", "suffix", "negative", "pad")
_MOST_RULES = 200_000
_MOST_IMPORTS = 8
"""Sheets within sheets."""
_DATA = re.compile(r"data:([^,]*),([^#]*)", re.IGNORECASE | re.DOTALL)
_OPENING = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}

Declaration = tuple[str, str, bool]
"""A property, its value, and whether it is important."""


class Rule(NamedTuple):
    """A style rule."""

    selectors: str
    declared: tuple[Declaration, ...]
    layer: int
    """Rules outside all layers have the highest; of important ones the lowest counts."""
    sure: bool
    """Whether the conditions around it are known to hold."""


UNLAYERED = 1 << 30


class Sheets:
    """What the style sheets of one tree say, in their order."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.frames: dict[str, list[tuple[str, tuple[Declaration, ...]]]] = {}
        """Of animations, by name: each key frame's selector and what it declares."""
        self.initial: dict[str, str] = {}
        """Values of variables that are registered (`@property`)."""
        self.unread = False
        """Whether a sheet could not be read."""
        self.imports = 0
        """Sheets that lie elsewhere."""
        self.labels: set[str] = set()
        """Counter styles that put words before items."""
        self._counted_as: dict[str, list[str]] = {}
        """By counter style, those that fall back to it or extend it."""
        self._layers: dict[str, int] = {}
        self._depth = 0

    def add(self, css: str, media: str = "") -> None:
        """Read a sheet that holds for some media."""
        applies = holds(media) if media.strip() else True
        if applies is not False:
            self._read(css, UNLAYERED, applies is True)

    def link(self, url: str, media: str = "") -> None:
        """Read a sheet that is linked to, if it lies within the page, else count it."""
        found = _sheet_within(url)
        applies = holds(media) if media.strip() else True
        if found is None:
            self.imports += 1
        elif applies is not False:
            self._read(found[0], UNLAYERED, applies is True and found[1])

    def _read(self, css: str, layer: int, sure: bool, name: str = "") -> None:
        if too_deep(css) or self._depth >= _MOST_IMPORTS:
            self.unread = True
            return
        self._depth += 1
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        self._take(rules, "", layer, sure, name)
        self._depth -= 1

    def _take(
        self, rules: Iterable[Any], within: str, layer: int, sure: bool, name: str = ""
    ) -> None:
        for rule in rules:
            if len(self.rules) > _MOST_RULES:
                self.unread = True
                return
            if rule.type == "qualified-rule":
                self._style(rule, within, layer, sure, name)
            elif rule.type == "at-rule":
                self._at_rule(rule, within, layer, sure, name)

    def _style(self, rule: Any, within: str, layer: int, sure: bool, name: str) -> None:  # noqa: ANN401
        selectors = tinycss2.serialize(rule.prelude).strip()
        if within:
            selectors = _nested(selectors, within)
        contents = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        self._rule(selectors, contents, layer, sure)
        if any(one.type not in ("declaration", "error") for one in contents):
            self._take(contents, selectors, layer, sure, name)

    def _rule(self, selectors: str, contents: Iterable[Any], layer: int, sure: bool) -> None:
        declared = tuple(_declared(contents))
        if declared and selectors:
            self.rules.append(Rule(selectors, declared, layer, sure))

    def _at_rule(self, rule: Any, within: str, layer: int, sure: bool, name: str) -> None:  # noqa: ANN401
        keyword = rule.lower_at_keyword
        prelude = tinycss2.serialize(rule.prelude).strip()
        if keyword == "import":
            self._import(read_import(rule.prelude), sure, name)
        elif keyword == "layer" and rule.content is None:
            for one in prelude.split(","):
                self._layer(f"{name}.{one.strip()}")
        elif rule.content is not None and not self._definition(keyword, prelude, rule.content):
            applies = _applies(keyword, prelude)
            if applies is False:
                return
            if keyword == "layer":
                name = f"{name}.{prelude or len(self._layers)}"
                layer = self._layer(name)
            contents = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if within:
                self._rule(within, contents, layer, sure and applies is True)
            self._take(contents, within, layer, sure and applies is True, name)

    def _definition(self, keyword: str, name: str, content: Any) -> bool:  # noqa: ANN401
        """Take over what other rules name; whether this is such a thing."""
        if keyword == "property":
            self._register(name, content)
        elif keyword == "counter-style":
            self._count_by(name, content)
        elif keyword.endswith("keyframes"):
            self._animation(name, content)
        else:
            return False
        return True

    def _count_by(self, name: str, content: Any) -> None:  # noqa: ANN401
        """Take over whether a counter style puts words before items."""
        for one in tinycss2.parse_blocks_contents(content, skip_whitespace=True):
            if one.type == "declaration" and one.lower_name in _WRITTEN:
                signs = [str(getattr(token, "value", "")) for token in one.value]
                if any(map(has_words, signs)):
                    self._label(name)
            elif one.type == "declaration" and one.lower_name in ("system", "fallback"):
                for token in one.value:
                    if token.type == "ident":
                        self._counted_as.setdefault(token.value, []).append(name)
                        if token.value in self.labels:
                            self._label(name)

    def _label(self, name: str) -> None:
        """Take over that a counter style has words, and so have those that come back to it."""
        names = [name]
        while names:
            one = names.pop()
            if one not in self.labels:
                self.labels.add(one)
                names += self._counted_as.get(one, [])

    def _import(self, said: Import, sure: bool, name: str) -> None:
        found = _sheet_within(said.url)
        if found is None:
            self.imports += 1
        elif said.applies is not False:
            layer = UNLAYERED
            if said.layer is not None:
                name = f"{name}.{said.layer or len(self._layers)}"
                layer = self._layer(name)
            css, typed = found
            self._read(css, layer, sure and typed and said.applies is True, name)

    def _register(self, name: str, content: Any) -> None:  # noqa: ANN401
        """Take the value that a variable has where nothing says another."""
        for one in tinycss2.parse_blocks_contents(content, skip_whitespace=True):
            if one.type == "declaration" and one.lower_name == "initial-value":
                self.initial[name] = tinycss2.serialize(one.value).strip()

    def _layer(self, name: str) -> int:
        return self._layers.setdefault(name, len(self._layers))

    def _animation(self, name: str, content: Any) -> None:  # noqa: ANN401
        frames = tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)
        self.frames[name.strip("\"'")] = [
            (tinycss2.serialize(frame.prelude).strip().lower(), tuple(declarations(frame.content)))
            for frame in frames
            if frame.type == "qualified-rule"
        ]


def declarations(css: str | list[Any]) -> list[Declaration]:
    """What a `style` attribute or a block declares, as far as it decides what is seen."""
    if isinstance(css, str) and too_deep(css):
        return []
    return [
        *_declared(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True))
    ]


def _sheet_within(url: str) -> tuple[str, bool] | None:
    """The style sheet that a `data:` URL holds, and whether all browsers take it for one.

    `None` if it lies elsewhere or can't be decoded.
    """
    found = _DATA.fullmatch(re.sub(r"[\t\r\n]", "", url).strip())
    if not found:
        return None
    kind = found[1].lower().replace(" ", "")
    data = unquote_to_bytes(found[2])
    if kind.endswith(";base64"):
        data = b"".join(data.split())
        try:
            data = base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
        except binascii.Error:
            return None
    return data.decode("utf-8", "replace"), kind.partition(";")[0] == "text/css"


def too_deep(css: str) -> bool:
    """Whether there are more brackets within brackets than a sheet needs."""
    if css.count("{") + css.count("(") + css.count("[") <= DEEPEST:
        return False
    depth = 0
    for char in css:
        if char in _OPENING:
            depth = max(0, depth + _OPENING[char])
            if depth > DEEPEST:
                return True
    return False


def _declared(contents: Iterable[Any]) -> Iterable[Declaration]:
    for one in contents:
        if one.type != "declaration":
            continue
        name = known(one.name)
        if name:
            value = tinycss2.serialize(
                [token for token in one.value if token.type != "comment"]
            ).strip()
            cased = name.startswith("--") or name in CASED or "var(" in value.lower()
            yield name, value if cased else value.lower(), one.important


def _applies(keyword: str, prelude: str) -> bool | None:
    """Whether what stands in an at-rule holds; `None` if that can't be told."""
    if keyword == "media":
        return holds(prelude)
    if keyword == "layer":
        return True
    return None if keyword in ("supports", "container", "scope", "starting-style") else False


def _nested(selectors: str, within: str) -> str:
    """The selectors of a rule within a rule (CSS Nesting 1)."""
    around = f":is({within})"
    return ", ".join(
        one.replace("&", around) if "&" in one else f"{around} {one}" for one in split(selectors)
    )
