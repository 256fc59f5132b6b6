"""Pages of an edition, of which the program's own words are no leak, in whatever order they stand.

What is withheld may be found where one sentence of ours ends and another begins, as `signed. To`
for `signed.t`. So between pieces of a page that are both our own something is put that nothing is
found across, and the page is searched again. What stands in words of the case, or in words of the
case and ours, is found as before.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from evidence_chain.edition.layout import SITE
from evidence_db.publishing.leaks.forms.folding import fold_utf8
from evidence_db.publishing.leaks.forms.packed import Opened
from evidence_db.publishing.leaks.forms.places import Stretch
from evidence_db.publishing.leaks.needles.keywords import own_words
from evidence_db.publishing.leaks.scanning import hits_of
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from evidence_db.publishing.leaks.needles.needles import Target
    from evidence_db.publishing.leaks.scanning import Hit, Search

_TAGS = re.compile(rb"((?:\s*<[^<>]*>\s*)+)")
_JOINT = "\N{SYMBOL FOR UNIT SEPARATOR}".encode()
_ENOUGH = 12
"""Folded bytes at the edge of a piece by which it is known as our own."""
_BEGINS, _ENDS = (b">", b"'", b"}"), (b"<", b"'", b"{")
"""What stands around a shorter piece where it is all that a tag or a sentence of ours says."""


def without_own(known: Search, root: Path, hits: Iterable[Hit]) -> list[Hit]:
    """What was found, but for what stands in pages only across the joints of our own words.

    Args:
        known: What was searched for.
        root: Where the edition is.
        hits: What was found in it.

    Raises:
        StorageError: a page can't be read.
    """
    found = list(hits)
    pages = {one.path for one in found if one.path.startswith(SITE) and "markup" in one.forms}
    left = {path: _targets_in(known, _apart(_read(root / path))) for path in sorted(pages)}
    return [one for one in found if one.path not in left or one.target in left[one.path]]


def _targets_in(known: Search, data: bytes) -> set[Target]:
    seen = list(known.sights("", Stretch(data, ()), Opened()))
    return {hit.target for hit in hits_of(known.needles, seen)}


def _read(path: Path) -> bytes:
    with open_regular(path) as file:
        return file.read()


def _apart(page: bytes) -> bytes:
    """A page with a joint between all pieces of text that are our own."""
    pieces = _TAGS.split(page)
    texts = [fold_utf8(html.unescape(one.decode("utf-8", "replace")).encode()) for one in pieces]
    for at in range(1, len(pieces) - 1, 2):
        before, after = texts[at - 1], texts[at + 1]
        if _is_own(before, before[-_ENOUGH:]) and _is_own(after, after[:_ENOUGH]):
            pieces[at] += _JOINT
    return b"".join(pieces)


def _is_own(piece: bytes, edge: bytes) -> bool:
    own = own_words()
    if len(edge) == _ENOUGH:
        return edge in own
    return bool(piece) and any(a + piece + b in own for a in _BEGINS for b in _ENDS)
