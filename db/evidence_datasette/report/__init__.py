"""A report on claims, to be printed and signed by people: a page by itself.

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
from markupsafe import Markup

from evidence_chain import __version__
from evidence_datasette.report.facts import Album, facts_of
from evidence_datasette.words import claim_words
from evidence_datasette.words.shown_text import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

__all__ = ["report"]


def report(case: Case, reader: Reader, claims: Iterable[int], made: str) -> str:
    """The report on some claims, as HTML.

    Args:
        case: The case, or an edition.
        reader: A reader of it.
        claims: The claims, by index, in the order in which they are told.
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
    album = Album(case.files)
    told = [facts_of(case, reader, one, album) for one in claims]
    section = environment.get_template("evidence/report/claim.html")
    page = environment.get_template("evidence/report/report.html")
    of = [one["resolved"]["claim"] for one in told]
    return page.render(
        names=[one["slug"] or one["id"][:8] for one in of],
        sections=[
            Markup(section.render(**one, made=made, version=__version__))  # noqa: S704
            for one in told
        ],
        style=style,
        style_digest=b64encode(sha256(style.encode()).digest()).decode(),
    )
