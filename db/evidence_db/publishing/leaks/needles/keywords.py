"""Words that are the format's own, or the program's: they tell nothing, whoever withholds them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.entry import RELATIONS
from evidence_chain.extract.stream import MarkKind
from evidence_chain.kinds import evidence_kinds, field_names
from evidence_chain.text.verdict import KINDS, SIGN_OFF, Status
from evidence_chain.values import ACTIONS
from evidence_db.publishing.leaks.forms.folding import BARRIER, fold, fold_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

OF_THE_PROGRAM = ("media_type", "extractor")
"""Fields whose values are chosen by the program, from few."""
_KINDS = (
    *("artifact", "original", "claim", "link", "retraction", "amendment", "erasure", "key"),
    "custody",
)
_OTHERS = ("TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix", "approved")
_METADATA = "datasette-metadata.json"
_TEXT = (".html", ".js", ".css", ".py", ".json")
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:]+Z?)?)?)?")


@cache
def keywords() -> frozenset[str]:
    """The words of docs/format.md, folded."""
    known = (
        *(RELATIONS, ACTIONS, Status, SIGN_OFF, KINDS, MarkKind, _KINDS, _OTHERS, field_names()),
        *(evidence_kinds(), [f"evidence/{name}" for name in evidence_kinds()]),
    )
    return frozenset(fold(str(word)) for words in known for word in words)


def _tree() -> Path:
    """Where the metadata lies of a program that isn't installed."""
    return Path(str(resources.files("evidence_db"))).parents[1]


@cache
def own_words() -> bytes:
    """What editions and their pages say, whatever the case is, folded.

    Templates and sentences are read as text alone, from where they are installed.
    """
    pages, database = resources.files("evidence_datasette"), resources.files("evidence_db")
    places = [
        *(pages / name for name in ("templates", "static", "words", "site")),
        *(database / "publishing" / "writing", database / _METADATA, _tree() / _METADATA),
    ]
    return BARRIER.join(fold_utf8(data) for place in places for data in _below(place))


def _below(place: Traversable) -> Iterator[bytes]:
    if place.is_file() and place.name.endswith(_TEXT):
        yield place.read_bytes()
    elif place.is_dir():
        for one in place.iterdir():
            yield from _below(one)


def also_told(value: str) -> list[str]:
    """What a disclosed value says besides: a time its day, month and year."""
    return [value, value[:10], value[:7]] if _ISO.fullmatch(value) else [value]
