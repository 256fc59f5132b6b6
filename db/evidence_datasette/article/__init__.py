"""A proofread article as it is shown: its paragraphs with each quotation marked, and its card.

Its page and the marked copy (`evidence proofread --html`) are made of the same template. Every word
goes through the filter `shown`; neither needs a script to be read.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from evidence_datasette.article.cards import as_shown
from evidence_datasette.words.shown_text import FILTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.proofreading import Proof

__all__ = ["as_shown", "marked_copy"]

_STYLES = ("evidence.css", "proofread/proofread.css")


def marked_copy(proofs: Sequence[Proof]) -> str:
    """Proofread articles as one page by itself, which loads nothing and runs nothing."""
    environment = Environment(
        loader=PackageLoader("evidence_datasette"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(FILTERS)
    style = "".join(map(_static, _STYLES))
    known: dict[str, Any] = {
        "proofs": [as_shown(proof) for proof in proofs],
        "style": style,
        "style_digest": b64encode(sha256(style.encode()).digest()).decode(),
    }
    return environment.get_template("evidence/proofread/copy.html").render(known)


def _static(name: str) -> str:
    return (resources.files("evidence_datasette") / "static" / name).read_text(encoding="utf-8")
