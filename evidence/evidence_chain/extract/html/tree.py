"""A page's tree, as browsers build it, and what its structure says of single elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from turbohtml import DocumentFragment, Element, parse

from evidence_chain.extract.html.elements import PRESENTING, SCRIPTS
from evidence_chain.extract.html.style.cascade import Cascade
from evidence_chain.extract.html.style.sheets import Sheets
from evidence_chain.extract.html.style.values import names

if TYPE_CHECKING:
    from turbohtml import Document

_SPEAKING = (
    "[style], [hidden], [open], [popover], [dir], [bgcolor], [background], [color], [text], "
    "[datetime], dialog, object, font[size], ol[type], li[type], bdo, "
    "[mathcolor], [mathsize], [mathbackground], textarea[style], select[style], tfoot"
)
"""Elements whose attributes say whether and how they are seen."""
_DRAWN = "svg, foreignObject, text, [systemLanguage], [requiredExtensions], [textLength]"
_SCRIPTS = "script:not([type]), script[type*=javascript], script[type=module]"
_HOSTS = names(
    "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span"
)
_CITING = "blockquote, [class]"


class Tree(NamedTuple):
    """A page."""

    document: Document
    cascade: Cascade
    speaking: set[Element]
    """Elements that aren't just what their tag makes of them."""
    absent: dict[Element, str]
    """Why the place of an element keeps it from being seen."""
    roles: dict[Element, str]
    """What parts of formulas are."""
    hosts: dict[Element, DocumentFragment]
    unread: dict[str, int]
    """How many style sheets and scripts lie elsewhere or aren't run."""


def build(markup: str, *, citing: bool = False) -> Tree:
    """Parse a page, as browsers do that run scripts.

    Args:
        markup: the page.
        citing: whether it is asked which elements quote.
    """
    document = parse(markup, positions=False, scripting=True, allow_declarative_shadow_roots=False)
    cascade = Cascade()
    hosts = _hosts(document) if "shadowrootmode" in markup.lower() else {}
    absent = _absent(document)
    roles = _roles(document) if "<m" in markup.lower() else {}
    selected = _SPEAKING + (f", {_CITING}" if citing else "")
    speaking = {*roles, *absent, *hosts}
    attributes = [selected]
    if "<svg" in markup.lower():
        named = sorted(PRESENTING | {"x", "y", "dx", "dy", "rotate", "width", "height", "viewBox"})
        attributes += (f"svg [{name}], svg[{name}]" for name in named)
        attributes.append(_DRAWN)
    imports = 0
    roots: list[tuple[Element | None, Document | DocumentFragment]] = [(None, document)]
    for host, root in [*roots, *hosts.items()]:
        apart = _apart(root)
        sheets = _sheets(root, apart)
        imports += sheets.imports
        cascade.add(root, sheets, apart, host)
    overlaid = (element for element, _ in cascade.generated)
    speaking.update(document.select(", ".join(attributes)), cascade.elements, overlaid)
    unread = {
        "style_sheets": imports,
        "scripts": len(document.select(_SCRIPTS)),
    }
    return Tree(document, cascade, speaking, absent, roles, hosts, unread)


def _apart(root: Document | DocumentFragment) -> set[Element]:
    """The elements in templates, which are no part of the tree around them."""
    found: set[Element] = set()
    for template in root.select("template"):
        if template not in found:
            found.update(template.select("*"))
    return found


def _sheets(root: Document | DocumentFragment, apart: set[Element]) -> Sheets:
    sheets = Sheets()
    for element in root.select("style, link[rel~=stylesheet i][href]"):
        if element in apart:
            continue
        if element.tag == "link":
            _link(sheets, element)
            continue
        kind = str(element.attrs.get("type") or "text/css").lower().strip()
        if kind == "text/css":
            text = "".join(getattr(node, "data", "") for node in element.children)
            sheets.add(text, str(element.attrs.get("media") or ""))
    return sheets


def _link(sheets: Sheets, element: Element) -> None:
    attrs = element.attrs
    said = attrs.get("rel") or ""
    kinds = {one.lower() for one in (said.split() if isinstance(said, str) else said)}
    styles = str(attrs.get("type") or "text/css").lower().strip() == "text/css"
    if styles and "alternate" not in kinds and "disabled" not in attrs:
        sheets.link(str(attrs.get("href")), str(attrs.get("media") or ""))
    else:
        sheets.imports += 1


def _hosts(document: Document) -> dict[Element, DocumentFragment]:
    """Elements that show a tree of their own in the place of what is in them."""
    found: dict[Element, DocumentFragment] = {}
    for template in document.select("template[shadowrootmode]"):
        mode = str(template.attrs.get("shadowrootmode")).lower()
        host, content = template.parent, next(iter(template.children), None)
        if not isinstance(host, Element) or not isinstance(content, DocumentFragment):
            continue
        if mode in ("open", "closed") and (host.tag in _HOSTS or "-" in host.tag):
            found.setdefault(host, content)
    return found


def _absent(document: Document) -> dict[Element, str]:
    found: dict[Element, str] = {}
    for select in document.select("select:not([multiple])"):
        if str(select.attrs.get("size") or "1") in ("0", "1"):
            options = select.select("option")
            shown = [
                one for one in options if not {"disabled", "hidden"} & dict(one.attrs).keys()
            ] or options
            chosen = [one for one in options if "selected" in dict(one.attrs)][-1:] or shown[:1]
            found |= dict.fromkeys(
                (one for one in options if one not in chosen), "an option that isn't chosen"
            )
    for one in document.select("option[label]"):
        if one.attrs.get("label") not in ("", one.text):
            found[one] = "shown by its label"
    for one in document.select("semantics > :not(:first-child), maction > :not(:first-child)"):
        found[one] = "not shown of a formula"
    return found


def _roles(document: Document) -> dict[Element, str]:
    """What the parts of formulas are, by their place among those beside them."""
    found: dict[Element, str] = {}
    for element in document.select(", ".join(SCRIPTS)):
        parts = [child for child in element.children if isinstance(child, Element)]
        for place, role in SCRIPTS[element.tag].items():
            if place < len(parts):
                found[parts[place]] = role
    return found
