"""ODT, ODS, ODP: properties, changes, comments, what is hidden (OpenDocument 1.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.xml import parse
from evidence_chain.inspect.finding import Finding
from evidence_chain.inspect.office.reading import Elements, content, leaves
from evidence_chain.inspect.patterns import paths
from evidence_chain.inspect.properties import named

if TYPE_CHECKING:
    from evidence_chain.extract.docx.package import Package
    from evidence_chain.inspect.office.openxml import Looked

_PROPERTIES = {
    **dict.fromkeys(("creator", "initial-creator", "printed-by"), "author"),
    **dict.fromkeys(("title", "subject", "description", "keyword"), "title"),
    **dict.fromkeys(("date", "creation-date", "print-date"), "date"),
    "generator": "producer",
}
_STATISTICS = ("editing-duration", "editing-cycles", "document-statistic")
_PICTURE = re.compile(r"(?:Pictures|media)/.+\.(?:jpe?g|png|tiff?|webp|gif)", re.IGNORECASE)
_OBJECT = re.compile(r"Object [^/]+/content\.xml")
_HIDING = {"table": "hidden-sheet", "table-row": "hidden-cells", "table-column": "hidden-cells"}
_TEXTS = ("span", "p", "h")
_NUMBER = "<number>"
"""What stands for the number of a page."""
_VISIBILITY = ("collapse", "filter")


def look(package: Package) -> Looked:
    """What the document gives away, what could not be looked into, and the files in it."""
    found, unchecked, parts = list[Finding](), list[str](), list[tuple[str, bytes]]()
    for name in package.names:
        try:
            if name == "meta.xml":
                held = [one for one in leaves(package, name) if one[0] not in _STATISTICS]
                found += named(held, _PROPERTIES, name)
            elif name in ("content.xml", "styles.xml"):
                found += _Body(package, name).findings
            elif name == "settings.xml":
                found += _settings(package, name)
            elif name.startswith("Thumbnails/"):
                found.append(Finding("thumbnail", name, "a small preview of the first page"))
            elif name.startswith("Basic/") and name.endswith(".xml"):
                found.append(Finding("macro", name, "a library of macros"))
            elif _OBJECT.fullmatch(name):
                found.append(Finding("embedded-file", name, "an embedded object"))
            if _PICTURE.fullmatch(name):
                parts.append((name, content(package, name)))
        except ExtractionError as error:
            unchecked.append(str(error))
    return found, unchecked, parts


def _settings(package: Package, name: str) -> list[Finding]:
    held = dict(leaves(package, name))
    found = [Finding("printer", name, held["PrinterName"])] if "PrinterName" in held else []
    for key, value in held.items():
        found += paths(value, f"{name}, {key}")
    return found


class _Body:
    """Looks through content.xml: which styles hide, and what is hidden, changed, commented on."""

    def __init__(self, package: Package, name: str) -> None:
        self._name = name
        self.findings: list[Finding] = []
        self._style = ""
        self._unseen: dict[str, str] = {}
        """Styles that hide what has them, and the kind of what they hide."""
        self._change = ""
        self._hiding: list[str] = []
        """For each open piece of text the kind of what it hides, or nothing."""
        parse(package.read(name), Elements(self._begun, self._ended), name)

    def _begun(self, element: str, attrs: dict[str, str]) -> None:
        if element == "style":
            self._style = attrs.get("name", "")
        elif element == "text-properties" and attrs.get("display") == "none":
            self._unseen[self._style] = "hidden-text"
        elif element == "table-properties" and attrs.get("display") == "false":
            self._unseen[self._style] = "hidden-sheet"
        elif element == "drawing-page-properties" and attrs.get("visibility") == "hidden":
            self._unseen[self._style] = "hidden-slide"
        elif element in ("deletion", "insertion"):
            self._change = element
        elif element == "changed-region":
            self._change = ""
        elif element == "a" or element.endswith("template"):
            self.findings += paths(attrs.get("href", ""), self._name)
        self._note_hidden(element, attrs)

    def _note_hidden(self, element: str, attrs: dict[str, str]) -> None:
        named = attrs.get("style-name", "")
        kind = self._unseen.get(named)
        if element in _TEXTS:
            self._hiding.append(kind or "")
        if attrs.get("visibility") in _VISIBILITY and element in _HIDING:
            self._add("hidden-cells", f"a {element.replace('table-', '')}")
        elif kind and element in ("table", "page"):
            self._add(kind, attrs.get("name") or "without a name")
        elif element in ("hidden-text", "hidden-paragraph"):
            self._add(
                "hidden-text", attrs.get("string-value") or "text that depends on a condition"
            )

    def _ended(self, element: str, text: str) -> None:
        said = " ".join(text.split())
        if element in _TEXTS and (kind := self._hiding.pop()) and said:
            self._add(kind, said)
        if element == "changed-region":
            self._add("tracked-change", f"{self._change or 'change'}: {said}")
        elif element == "annotation":
            self._add("comment", said)
        elif element == "notes" and any(map(str.isalpha, said.replace(_NUMBER, ""))):
            self._add("notes", said)

    def _add(self, kind: str, gives: str) -> None:
        self.findings.append(Finding(kind, self._name, gives))
