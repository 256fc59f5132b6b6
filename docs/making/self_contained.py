"""A check of the built handbook: its pages load only files that lie beside them (for Sphinx)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_FOLLOWED = {"a", "area", "form"}
"""What names an address that is gone to only when a reader asks for it."""
_ADDRESSED = {"src", "href", "data", "poster", "action", "formaction", "xlink:href", "background"}
_POINTING = {"canonical", "search", "next", "prev", "index", "author", "license", "help"}
"""Relations of a `<link>` that load nothing."""
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def setup(app: Sphinx) -> dict[str, bool]:
    """Check what was built, at the end of each build."""
    app.connect("build-finished", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _check(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build if anything is loaded that is not there."""
    if exception is None and (found := list(missing(Path(app.outdir)))):
        lines = [f"{file} loads {address}, which is no file beside it." for file, address in found]
        raise SphinxError("\n".join(lines))


def missing(folder: Path) -> Iterator[tuple[Path, str]]:
    """What pages and style sheets in `folder` load and what does not lie in it."""
    for file in sorted(folder.rglob("*")):
        if file.suffix not in {".html", ".css", ".svg"}:
            continue
        text = file.read_text()
        loaded = _in_styles(text) if file.suffix == ".css" else _Loaded(text).addresses
        for address in loaded:
            if not _lies_beside(file, address, folder):
                yield file.relative_to(folder), address


class _Loaded(HTMLParser):
    """The addresses of what a page loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(text)
        self.addresses += _in_styles(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in _FOLLOWED or (tag == "link" and set(named.get("rel", "").split()) <= _POINTING):
            return
        self.addresses += [value for name, value in named.items() if name in _ADDRESSED]
        pictures = named.get("srcset", "").split(",")
        self.addresses += [one.split()[0] for one in pictures if one.strip()]


def _in_styles(text: str) -> Iterator[str]:
    for found in _STYLE.finditer(text):
        yield found[1] or found[2]


def _lies_beside(file: Path, address: str, folder: Path) -> bool:
    """Whether an address is within the page, or leads to a file in `folder`."""
    parts = urlsplit(address.strip())
    if parts.scheme == "data" or address.startswith("#"):
        return True
    if parts.scheme or parts.netloc:
        return False
    there = (file.parent / unquote(parts.path)).resolve()
    return there.is_file() and there.is_relative_to(folder.resolve())
