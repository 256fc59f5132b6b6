"""Content controls that are bound to a value: programs show the value, whatever words stand there.

ECMA-376 part 1, 17.5.2.6: `w:dataBinding` names a part of custom XML and a place in it. Documents
that Word saved have the same words in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.docx.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.docx.package import Package
    from evidence_chain.extract.docx.xml import Node

_BOUND = b"dataBinding"
_STEP = re.compile(r"/(?:[^/\[\]:()*@]+:)?([^/\[\]:()*@]+)(?:\[(\d{1,6})\])?")
_PATH = re.compile(f"(?:{_STEP.pattern})+")
_CORE = {
    "{6c3c8bc8-f283-45ae-878a-bab7291924a1}": "docProps/core.xml",
    "{6668398d-a668-4e3e-a5eb-62b293d839f1}": "docProps/app.xml",
}
"""What Word calls the properties of a document."""
_RUN = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)")
_WITHOUT_WORDS = ("w14:checkbox", "w:picture")

Key = tuple[str, str, str]
"""A control, by its id, its path and the id of its part."""


class _Element:
    def __init__(self, name: str) -> None:
        self.name = name.rpartition(":")[2]
        self.children: list[_Element] = []
        self.text: list[str] = []


class _Values:
    """Builds the elements of a part, with their text. A `Handler`."""

    def __init__(self) -> None:
        self.attrs: dict[str, str] = {}
        """Of the root."""
        self._open = [_Element("")]

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if len(self._open) == 1:
            self.attrs = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self._open[-1].children.append(_Element(name))
        self._open.append(self._open[-1].children[-1])

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        for one in self._open:
            one.text.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        pass

    def at(self, path: str) -> str | None:
        """The text at a path of names and numbers; `None` if there is nothing."""
        here = self._open[0]
        for name, number in _STEP.findall(path):
            alike = [child for child in here.children if child.name == name]
            place = int(number or 1) - 1
            if not 0 <= place < len(alike):
                return None
            here = alike[place]
        return "".join(here.text)


class _Control(NamedTuple):
    told: dict[str, str]
    items: dict[str, str]
    words: list[str]


class _Controls:
    """Collects the bound controls of a part, and the words in them. A `Handler`."""

    def __init__(self) -> None:
        self.found: list[_Control] = []
        self._open: list[_Control] = []
        self._words = False

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "w:sdt":
            self._open.append(_Control({}, {}, []))
        elif self._open:
            self._tell(self._open[-1], name, attrs)
        self._words = name == "w:t"

    def _tell(self, control: _Control, name: str, attrs: dict[str, str]) -> None:
        if name in ("w:dataBinding", "w15:dataBinding"):
            control.told.update(
                path=attrs.get("w:xpath", ""), part=attrs.get("w:storeItemID", "").lower()
            )
        elif name == "w:id":
            control.told.setdefault("id", attrs.get("w:val", ""))
        elif name == "w:date":
            control.told["date"] = attrs.get("w:fullDate", "")
        elif name == "w:listItem":
            shown = attrs.get("w:displayText", "")
            control.items[attrs.get("w:value", shown)] = shown
        elif name in _WITHOUT_WORDS:
            control.told["wordless"] = name
        elif name == "w:showingPlcHdr":
            control.told["placeholder"] = name

    def end(self, name: str) -> None:
        self._words = False
        if name == "w:sdt":
            self.found.append(self._open.pop())
        elif name in ("w:p", "w:tab", "w:br"):
            for one in self._open:
                one.words.append(" ")

    def text(self, data: str) -> None:
        if self._words:
            for one in self._open:
                one.words.append(data)

    def namespace(self, prefix: str, uri: str) -> None:
        pass


def key_of(properties: Node) -> Key | None:
    """What the control of this `w:sdtPr` is called here; `None` if it isn't bound."""
    binding = properties.child("w:dataBinding") or properties.child("w15:dataBinding")
    if binding is None:
        return None
    part = binding.attrs.get("w:storeItemID", "").lower()
    return properties.value("w:id") or "", binding.attrs.get("w:xpath", ""), part


def replaced(package: Package, name: str) -> dict[Key, str]:
    """The controls of a part whose words aren't those that are shown, and what is, if it is known.

    Raises:
        ExtractionError: the part or one with values can't be read.
    """
    if not any(_BOUND in chunk for chunk in _overlapping(package.read(name))):
        return {}
    controls, values = _Controls(), _read_values(package)
    parse(package.read(name), controls, name)
    found: dict[Key, str] = {}
    for control in controls.found:
        told = control.told
        if "path" not in told or "wordless" in told:
            continue
        shown = _shown(control, values)
        if shown is not None and _bare(shown) != _bare("".join(control.words)):
            found[told.get("id", ""), told["path"], told["part"]] = shown
    return found


def _overlapping(chunks: Iterator[bytes]) -> Iterator[bytes]:
    last = b""
    for chunk in chunks:
        yield last + chunk
        last = chunk[-len(_BOUND) :]


def _read_values(package: Package) -> dict[str, _Values]:
    """The parts that controls may be bound to, by their ids."""
    found = {}
    for item, name in _CORE.items():
        if name in package:
            found[item] = _values(package, name)
    for part in package.related(package.main()):
        if part.kind != "customXml" or part.name not in package:
            continue
        described = [one for one in package.related(part.name) if one.kind == "customXmlProps"]
        for one in described:
            if one.name in package:
                item = _values(package, one.name).attrs.get("itemID", "").lower()
                found[item] = _values(package, part.name)
    return found


def _values(package: Package, name: str) -> _Values:
    values = _Values()
    parse(package.read(name), values, name)
    return values


def _shown(control: _Control, values: dict[str, _Values]) -> str | None:
    """What is shown in the place of a control's words; `None` where these are."""
    told = control.told
    path = told["path"].removesuffix("/text()").removesuffix("/text()[1]")
    if not _PATH.fullmatch(path):
        return ""
    parts = [values[told["part"]]] if told["part"] in values else list(values.values())
    value = next((found for each in parts if (found := each.at(path)) is not None), None)
    if value is None or (not value.strip() and "placeholder" in told):
        return None
    if told.get("date", "")[:10] and told["date"][:10] == value.strip()[:10]:
        return None
    if "<w:t" in value:
        return " ".join(_RUN.findall(value))
    return control.items.get(value, value)


def _bare(text: str) -> str:
    return "".join(text.split())
