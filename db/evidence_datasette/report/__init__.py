"""A report on one claim, to be printed and signed by people: a page by itself.

It tells what was recorded and what came of checking it, and drafts what a person may certify. It
signs nothing, and says of nothing that it was checked that wasn't. Every word out of the case goes
through the filter `shown`; the page loads nothing and runs nothing.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from evidence_chain import __version__
from evidence_datasette.report.facts import facts_of
from evidence_datasette.words import claim_words
from evidence_datasette.words.shown_text import FILTERS

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

__all__ = ["report"]


def report(case: Case, reader: Reader, claim: int, made: str) -> str:
    """The report on a claim, as HTML.

    Args:
        case: The case, or an edition.
        reader: A reader of it.
        claim: The claim, by index.
        made: When it is made, as RFC 3339.

    Raises:
        StorageError: the case can't be read.
    """
    environment = Environment(
        loader=PackageLoader("evidence_datasette"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(claim_words.FILTERS | FILTERS)
    static = resources.files("evidence_datasette") / "static" / "report.css"
    style = static.read_text(encoding="utf-8")
    told = facts_of(case, reader, claim)
    page = environment.get_template("evidence/report.html")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return page.render(**told, made=made, version=__version__, style=style, style_digest=digest)
