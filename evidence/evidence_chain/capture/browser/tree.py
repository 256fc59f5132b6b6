"""The page as its scripts left it, from the browser's own account of it (DOMSnapshot).

The account isn't made by the page's scripts, and has what they hide: closed shadow roots.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from html import escape
from typing import Any

_ELEMENT, _TEXT = 1, 3
_VOID = frozenset(
    {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source")}
    | {*("track", "wbr")}
)
_LEFT_OUT = frozenset(
    {*("script", "noscript", "template", "iframe", "frame", "noembed", "noframes", "object")}
)
"""Elements that show no text of this document."""
_RENAMED = {"xmp": "pre", "plaintext": "pre", "listing": "pre"}
_SHADOWS = ("open", "closed")


class Tree:
    """The main document of a snapshot."""

    def __init__(self, snapshot: dict[str, Any]) -> None:
        self._strings: list[str] = snapshot["strings"]
        document = snapshot["documents"][0]
        self._nodes = document["nodes"]
        self._shown = set(document["layout"]["nodeIndex"])
        self.frames = len(snapshot["documents"]) - 1
        shadows = self._nodes.get("shadowRootType", {"index": [], "value": []})
        self._shadows = {
            index: self._text(value)
            for index, value in zip(shadows["index"], shadows["value"], strict=True)
        }
        self._children: dict[int, list[int]] = defaultdict(list)
        for index, parent in enumerate(self._nodes["parentIndex"]):
            self._children[parent].append(index)

    @property
    def texts(self) -> Counter[str]:
        """Each text that is laid out, and how often."""
        found: Counter[str] = Counter()
        for index, kind in enumerate(self._nodes["nodeType"]):
            if kind == _TEXT and index in self._shown:
                text = " ".join(self._text(self._nodes["nodeValue"][index]).split())
                if any(map(str.isalnum, text)):
                    found[text] += 1
        return found

    @property
    def shadow_roots(self) -> int:
        """How many trees scripts or the page keep apart."""
        return sum(kind in _SHADOWS for kind in self._shadows.values())

    def html(self) -> str:
        """The document, trees that are kept apart put where they are shown."""
        pieces = ["<!doctype html>\n"]
        roots = [one for one in self._children[0] if self._name(one) == "html"]
        stack: list[str | tuple[int, int]] = [(one, -1) for one in reversed(roots)]
        while stack:
            one = stack.pop()
            if isinstance(one, str):
                pieces.append(one)
            else:
                pieces.append(self._opened(*one, stack))
        return "".join(pieces)

    def _opened(self, index: int, host: int, stack: list[str | tuple[int, int]]) -> str:
        """How a node begins; what follows of it is put on the stack.

        Args:
            index: the node.
            host: the element whose shadow tree it is in, or -1.
            stack: what is to be written, the next last.
        """
        kind = self._nodes["nodeType"][index]
        if kind == _TEXT:
            return escape(self._text(self._nodes["nodeValue"][index]), quote=False)
        name = self._name(index)
        if kind != _ELEMENT or name in _LEFT_OUT or (name == "style" and host >= 0):
            return ""
        name = _RENAMED.get(name, name)
        start = f"<{name}{self._attributes(index)}>"
        if name in _VOID:
            return start
        if name == "style":
            return start + self._raw(index) + "</style>"
        stack.append(f"</{name}>")
        stack.extend(reversed(self._within(index, name, host)))
        return start

    def _within(self, index: int, name: str, host: int) -> list[tuple[int, int]]:
        """What is shown within an element."""
        children = self._children[index]
        if name == "slot" and host >= 0:
            wanted = self._attribute(index, "name")
            assigned = [
                one
                for one in self._children[host]
                if one not in self._shadows and self._attribute(one, "slot") == wanted
            ]
            return [(one, -1) for one in assigned] or [(one, host) for one in children]
        for one in children:
            if self._shadows.get(one) in _SHADOWS:
                return [(inner, index) for inner in self._children[one]]
        return [(one, host) for one in children if one not in self._shadows]

    def _raw(self, index: int) -> str:
        texts = (self._text(self._nodes["nodeValue"][one]) for one in self._children[index])
        return "".join(texts).replace("</", "<\\/")

    def _name(self, index: int) -> str:
        return self._text(self._nodes["nodeName"][index]).lower()

    def _attribute(self, index: int, wanted: str) -> str:
        return dict(self._pairs(index)).get(wanted, "")

    def _attributes(self, index: int) -> str:
        return "".join(
            f' {name}="{escape(value)}"'
            for name, value in self._pairs(index)
            if not name.startswith("on") and name.replace("-", "").isalnum()
        )

    def _pairs(self, index: int) -> list[tuple[str, str]]:
        listed = [self._text(one) for one in self._nodes["attributes"][index]]
        return list(zip(listed[::2], listed[1::2], strict=False))

    def _text(self, number: int) -> str:
        return self._strings[number] if number >= 0 else ""
