"""XML read by expat, event by event; without document types, so without entities of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEEPEST = 5000
"""Levels of elements; documents that people write have some dozens."""
_MOST = 3_000_000
"""Elements of a part; a thousand pages have some hundred thousand."""

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    **dict.fromkeys(
        (f"{_OFFICE}wordprocessingml/2006/main", f"{_STRICT}wordprocessingml/main"), "w:"
    ),
    **dict.fromkeys((f"{_OFFICE}drawingml/2006/main", f"{_STRICT}drawingml/main"), "a:"),
    **dict.fromkeys((f"{_OFFICE}drawingml/2006/chart", f"{_STRICT}drawingml/chart"), "c:"),
    **dict.fromkeys((f"{_OFFICE}drawingml/2006/diagram", f"{_STRICT}drawingml/diagram"), "dgm:"),
    **dict.fromkeys(
        (
            f"{_OFFICE}drawingml/2006/wordprocessingDrawing",
            f"{_STRICT}drawingml/wordprocessingDrawing",
        ),
        "wp:",
    ),
    **dict.fromkeys((f"{_OFFICE}spreadsheetml/2006/main", f"{_STRICT}spreadsheetml/main"), "x:"),
    **dict.fromkeys((f"{_OFFICE}presentationml/2006/main", f"{_STRICT}presentationml/main"), "p:"),
    **dict.fromkeys((f"{_OFFICE}officeDocument/2006/math", f"{_STRICT}officeDocument/math"), "m:"),
    f"{_OFFICE}markup-compatibility/2006": "mc:",
    f"{_OFFICE}package/2006/relationships": "",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps:",
    "urn:schemas-microsoft-com:vml": "v:",
}
"""What the namespaces that are read here are called here, whatever a document calls them."""


class Handler(Protocol):
    """What is told of a document's elements."""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins; its attributes by name."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some text, not necessarily all of it at once."""

    def namespace(self, prefix: str, uri: str) -> None:
        """The document calls a namespace so."""


class _Names(dict[str, str]):
    """Names as expat gives them, to the short ones used here; filled as they turn up."""

    def __missing__(self, full: str) -> str:
        uri, space, local = full.rpartition(" ")
        self[full] = name = _PREFIXES.get(uri, "?:") + local if space else local
        return name


def parse(chunks: Iterable[bytes], handler: Handler, what: str) -> None:
    """Tell `handler` what is in a part.

    Args:
        chunks: the part's bytes.
        handler: what is told of it. Names in other namespaces than those read here begin with `?:`.
        what: its name, for messages.

    Raises:
        ExtractionError: it is no well-formed XML, has a document type, or is nested too deeply.
    """
    names, depth, count = _Names(), 0, 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST:
            raise _refusal(what, f"its elements are nested more than {_DEEPEST} deep")
        if count > _MOST:
            raise _refusal(what, f"there are more than {_MOST} elements")
        handler.start(names[name], {names[key]: value for key, value in attrs.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(names[name])

    def refuse(*_: object) -> None:
        raise _refusal(what, "it has a document type, which no Office program writes")

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartNamespaceDeclHandler = lambda prefix, uri: handler.namespace(
        prefix or "", uri or ""
    )
    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise _refusal(what, f"it is no well-formed XML ({error})") from error


class Node:
    """An element with those in it; its text is dropped."""

    __slots__ = ("attrs", "children", "name")

    def __init__(self, name: str, attrs: dict[str, str]) -> None:
        self.name = name
        self.attrs = attrs
        self.children: list[Node] = []

    def child(self, name: str) -> Node | None:
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Node]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def value(self, name: str) -> str | None:
        """What the first child of this name has as `w:val`; `None` without child or value."""
        child = self.child(name)
        return child.attrs.get("w:val") if child else None

    def switch(self, name: str) -> bool | None:
        """Whether the child of this name switches on or off; `None` if there is none."""
        child = self.child(name)
        return child.attrs.get("w:val", "1") not in ("0", "false", "off") if child else None


class Tree:
    """Builds a node with all in it. A `Handler`."""

    def __init__(self, name: str = "", attrs: dict[str, str] | None = None) -> None:
        self.root = Node(name, attrs or {})
        self.open = [self.root]

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Add an element to the innermost open one."""
        node = Node(name, attrs)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        """Close the innermost element."""
        self.open.pop()

    def text(self, data: str) -> None:
        """Drop it."""

    def namespace(self, prefix: str, uri: str) -> None:
        """Nothing depends on it."""


class Alternatives:
    """Which of the alternatives for the same content is taken (ECMA-376 part 3, 9.3).

    It is the first that is understood.
    """

    def __init__(self, understood: tuple[str, ...]) -> None:
        self._understood = understood
        """How the namespaces begin that an alternative may require."""
        self._uris: dict[str, str] = {}
        self._taken: list[bool] = []
        """For each open choice, whether one was taken."""

    def namespace(self, prefix: str, uri: str) -> None:
        """Remember what the document calls a namespace."""
        self._uris[prefix] = uri

    def begin(self) -> None:
        """A choice begins."""
        self._taken.append(False)

    def end(self) -> None:
        """It ends."""
        self._taken.pop()

    def takes(self, attrs: dict[str, str]) -> bool:
        """Whether this alternative is the one; it is where there is no choice."""
        if not self._taken:
            return True
        required = [self._uris.get(prefix, "") for prefix in attrs.get("Requires", "").split()]
        takes = not self._taken[-1] and all(uri.startswith(self._understood) for uri in required)
        self._taken[-1] |= takes
        return takes


def parse_tree(chunks: Iterable[bytes], what: str) -> Node:
    """The root element of a part.

    Raises:
        ExtractionError: as `parse` does.
    """
    tree = Tree()
    parse(chunks, tree, what)
    return tree.root.children[0]


def _refusal(what: str, reason: str) -> ExtractionError:
    return ExtractionError(
        f"The text of this Office document could not be had: in its part {what[:100]!r}, {reason}. "
        "The file is damaged or hostile. Preserve it in another form too, such as PDF."
    )
