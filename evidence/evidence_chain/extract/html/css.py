"""Style sheets, as far as simple rules go: selectors of a tag, an id and classes.

Selectors with combinators, pseudo-classes or attributes are passed over, and so are rules that
hold for some screens only (`@media` with a condition).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROPERTIES = frozenset(
    {
        *("background", "background-color", "bottom", "clip", "clip-path", "color", "display"),
        *("content-visibility", "font", "font-size", "height", "left", "margin-left", "opacity"),
        *("margin-top", "max-height", "max-width", "overflow", "overflow-x", "overflow-y", "right"),
        *("position", "text-decoration", "text-decoration-line", "text-indent", "top", "width"),
        *("transform", "visibility"),
    }
)
"""Those that decide whether and how text is seen."""

_NOISE = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))")
_PARENTHESES = r"\((?:[^()]++|\([^()]*+\))*+\)"
_DECLARATION = re.compile(rf"(?:^|;)\s*([a-z-]+)\s*:((?:[^;()]++|{_PARENTHESES})*+)")
_SIMPLE = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")
_BRACE = re.compile(r"[{};]")
_ALWAYS = re.compile(r"@(?:media\s+(?:only\s+)?(?:all|screen)|supports\b.*|layer\b.*)", re.DOTALL)
_STYLE_ELEMENTS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|textarea|title|xmp)\b.*?(?:</\1|\Z)"
    r"|<style\b([^<>]*)>(.*?)(?:</style|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_MEDIA = re.compile(r"""\bmedia\s*=\s*["']?\s*(?!all|screen\s*["'>]|["'>])\w""", re.IGNORECASE)

Rank = tuple[bool, tuple[int, int, int], int]
"""What decides between two declarations: importance, the selector's weight, the order."""


def declarations(text: str) -> dict[str, tuple[bool, str]]:
    """The declarations of a `style` attribute: whether it is important, and the value, by name."""
    text = _NOISE.sub(" ", text.lower())
    text = _ESCAPE.sub(_unescape, _STRING.sub("''", text)) if "\\" in text else text
    found: dict[str, tuple[bool, str]] = {}
    for name, value in _DECLARATION.findall(text):
        value, _, important = value.partition("!")
        if name in PROPERTIES and bool(important) >= found.get(name, (False,))[0]:
            found[name] = bool(important), value.strip()
    return found


def style_elements(markup: str) -> str:
    """The text of all `<style>` elements that are meant for a screen."""
    found = _STYLE_ELEMENTS.finditer(markup)
    return "\n".join(one[3] for one in found if one[3] and not _MEDIA.search(one[2]))


class Sheet:
    """The rules of a page's style sheets that are understood here."""

    def __init__(self, css: str) -> None:
        self._rules: dict[str, dict[str, dict[str, tuple[Rank, str]]]] = {}
        """By one name of the selector (id, class or tag), by selector, by property."""
        self._known: dict[tuple[str, str, str], dict[str, tuple[Rank, str]]] = {}
        for order, (selectors, body) in enumerate(_rules(css)):
            declared = declarations(body)
            for selector in selectors.split(",") if declared else ():
                self._add(selector.strip(), declared, order)

    def declared(self, tag: str, name: str, classes: str) -> dict[str, tuple[Rank, str]]:
        """What the rules say about an element with this tag, id and class attribute."""
        if not self._rules:
            return {}
        key = tag, name, classes
        if key not in self._known:
            self._known[key] = self._cascade(
                {tag, f"#{name}", *(f".{one}" for one in classes.split())}
            )
        return self._known[key]

    def _cascade(self, names: set[str]) -> dict[str, tuple[Rank, str]]:
        found: dict[str, tuple[Rank, str]] = {}
        for name in names | {"*"}:
            for selector, declared in self._rules.get(name, {}).items():
                if names.issuperset(_names(selector)):
                    for each, ranked in declared.items():
                        found[each] = max(found.get(each, ranked), ranked)
        return found

    def _add(self, selector: str, declared: dict[str, tuple[bool, str]], order: int) -> None:
        if not selector or not _SIMPLE.fullmatch(selector):
            return
        names = _names(selector)
        ids, classes = selector.count("#"), selector.count(".")
        weight = ids, classes, len(names) - ids - classes
        rule = self._rules.setdefault(names[-1] if names else "*", {}).setdefault(selector, {})
        for name, (important, value) in declared.items():
            ranked = (important, weight, order), value
            rule[name] = max(rule.get(name, ranked), ranked)


def _names(selector: str) -> list[str]:
    """`p.a#b` as `p`, `.a` and `#b`."""
    return re.findall(r"[.#]?[\w-]+", selector)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that always holds."""
    css = _NOISE.sub(" ", _ESCAPE.sub(_unescape, _STRING.sub("''", css.lower())))
    opened: list[tuple[str, bool]] = []
    before = 0
    for brace in _BRACE.finditer(css):
        text = css[before : brace.start()].strip()
        if brace[0] == "{":
            holds = not opened or (opened[-1][1] and bool(_ALWAYS.fullmatch(opened[-1][0])))
            opened.append((text, holds))
        elif brace[0] == "}" and opened:
            selectors, holds = opened.pop()
            if holds and not selectors.startswith("@"):
                yield selectors, text
        elif opened and not opened[-1][0].startswith("@"):
            continue
        before = brace.end()


def _unescape(escape: re.Match[str]) -> str:
    if escape[2]:
        return escape[2]
    point = int(escape[1], 16)
    return chr(point) if 0 < point < 0xD800 else "\ufffd"
