"""The page as its scripts left it, from the browser's own account of it (DOMSnapshot).

The account isn't made by the page's scripts, and has what they hide: closed shadow roots. It is the
flat tree: what stands in a shadow root is where it is shown, and so is what is put in its slots.
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
    | {*("video", "audio", "canvas")}
)
"""Elements that show no text of this document."""
_RENAMED = {"xmp": "pre", "plaintext": "pre", "listing": "pre", "slot": "span"}


class Tree:
    """The main document of a snapshot."""

    def __init__(self, snapshot: dict[str, Any]) -> None:
        self._strings: list[str] = snapshot["strings"]
        document = snapshot["documents"][0]
        self._nodes = document["nodes"]
        self._shown = set(document["layout"]["nodeIndex"])
        self._apart = set(self._nodes.get("shadowRootType", {"index": []})["index"])
        self._children: dict[int, list[int]] = defaultdict(list)
        for index, parent in enumerate(self._nodes["parentIndex"]):
            self._children[parent].append(index)

    @property
    def has_frames(self) -> bool:
        """Whether other documents are shown in it."""
        return any(self._name(one) in ("iframe", "frame") for one in range(self._size))

    @property
    def texts(self) -> Counter[str]:
        """Each text that is laid out, and how often."""
        found: Counter[str] = Counter()
        for index, kind in enumerate(self._nodes["nodeType"]):
            if kind == _TEXT and index in self._shown:
                text = " ".join(self._value(index).split())
                if any(map(str.isalnum, text)):
                    found[text] += 1
        return found

    def html(self) -> str:
        """The document, without scripts and without frames."""
        pieces = ["<!doctype html>\n"]
        roots = [one for one in self._children[0] if self._name(one) == "html"]
        stack: list[str | int] = [*reversed(roots)]
        while stack:
            one = stack.pop()
            pieces.append(one if isinstance(one, str) else self._opened(one, stack))
        return "".join(pieces)

    def _opened(self, index: int, stack: list[str | int]) -> str:
        """How a node begins; what follows of it is put on the stack, the next last."""
        kind, name = self._nodes["nodeType"][index], self._name(index)
        if kind == _TEXT:
            return escape(self._value(index), quote=False)
        styles_other = name == "style" and index in self._apart
        if kind != _ELEMENT or name in _LEFT_OUT or styles_other or not name.isascii():
            return ""
        name = _RENAMED.get(name, name)
        start = f"<{name}{self._attributes(index)}>"
        if name in _VOID:
            return start
        stack.append(f"</{name}>")
        if name == "style":
            stack.append("".join(map(self._value, self._children[index])).replace("</", "<\\/"))
        else:
            stack.extend(reversed(self._children[index]))
        return start

    @property
    def _size(self) -> int:
        return len(self._nodes["nodeType"])

    def _name(self, index: int) -> str:
        return self._text(self._nodes["nodeName"][index]).lower()

    def _value(self, index: int) -> str:
        return self._text(self._nodes["nodeValue"][index])

    def _attributes(self, index: int) -> str:
        listed = [self._text(one) for one in self._nodes["attributes"][index]]
        return "".join(
            f' {name}="{escape(value)}"'
            for name, value in zip(listed[::2], listed[1::2], strict=False)
            if not name.startswith("on") and name.replace("-", "").isalnum()
        )

    def _text(self, number: int) -> str:
        return self._strings[number] if number >= 0 else ""
