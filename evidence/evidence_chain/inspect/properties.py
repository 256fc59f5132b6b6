"""Properties that a file has by name, such as its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.patterns import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY = frozenset(
    {
        *("anonymous", "(anonymous)", "unknown", "unspecified", "author", "user", "root", "admin"),
        *("administrator", "python-docx", "openpyxl", "apache poi", "microsoft office user"),
        *("untitled", "owner", "un-named", "(unspecified)", "pptxgenjs", "doxygen", "none"),
    }
)
"""What programs write where they know no author."""


def named(
    values: list[tuple[str, str]], kinds: dict[str, str], place: str, other: str = "property"
) -> Iterator[Finding]:
    """Findings of properties, one for each name, by the kinds that their names have."""
    grouped: dict[str, list[str]] = {}
    for name, value in values:
        grouped.setdefault(name, []).append(value)
    rest = []
    for name, held in grouped.items():
        told = listing(held)
        if not told:
            continue
        if name in kinds:
            nobody = kinds[name] == "author" and told.lower() in _NOBODY
            yield Finding("producer" if nobody else kinds[name], f"{place}, {name}", told)
        else:
            rest.append(f"{name}: {told}")
        yield from paths(" ".join(held), f"{place}, {name}")
    if rest:
        yield Finding(other, place, listing(rest))
