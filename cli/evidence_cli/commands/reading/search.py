"""`evidence search`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from evidence_chain.wording.plural import counted
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, say, wrapped

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.text_search import Hit, Unsearched

_WHY = {
    "withheld": "is withheld",
    "not-drawn": "was not read when it was added, or could not be",
    "not-here": "is not here, or not as it was recorded",
    "unreadable": "is of a type from which no text is drawn",
    "too-long": "is too long",
}


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@common
@pass_session
def command(session: Session, words: tuple[str, ...], limit: int) -> None:
    """Find claims, passages and whole documents that hold all WORDS; word* is a beginning.

    A passage is found by who says it, too.
    """
    from evidence_cli.views.records.records import Line
    from evidence_db.reading.finding import terms
    from evidence_db.reading.searching import said_by, search

    case = session.case(published=True)
    wanted = " ".join(words)
    with case.reader() as reader:
        indexes = dict.fromkeys([*search(reader, wanted, limit), *said_by(reader, wanted, limit)])
        found = [Line.of(reader, reader.record(one)) for one in [*indexes][:limit]]
        hits, unsearched = _documents(case, reader, terms(wanted), limit)
        documents = [(Line.of(reader, one.document), one) for one in hits]

    def tell() -> None:
        for line in found:
            say(line.text())
        for line, hit in documents:
            say(line.text())
            say(wrapped(f"… {flat(_line(hit))} …", "  "))
        if not found and not documents:
            begun = shlex.quote(f"{wanted.rstrip('*')}*")
            star = "" if "*" in wanted else f" Words that begin so: evidence search {clean(begun)}"
            say(f"Nothing found.{star}")
        for why, left in unsearched.items():
            say(
                wrapped(
                    f"Not searched: {counted(len(left), 'document')}, the text of which "
                    f"{_WHY[why]}."
                )
            )

    result = [line.json() for line in found]
    result += [
        line.json() | {"start": hit.start, "known": hit.held.known} for line, hit in documents
    ]
    ids = [line.record.id for line in (*found, *(line for line, _ in documents))]
    session.answer(result, ids, tell)


def _documents(
    case: Case, reader: Reader, wanted: list[str], limit: int
) -> tuple[list[Hit], dict[Unsearched, list[int]]]:
    """The documents that hold the words, and those that were not searched, by the reason."""
    from evidence_db.text_search import look_through

    hits: list[Hit] = []
    unsearched: dict[Unsearched, list[int]] = {}
    before: int | None = None
    while True:
        looked = look_through(case, reader, wanted, before)
        hits += looked.hits
        for why, left in looked.unsearched.items():
            unsearched.setdefault(why, []).extend(left)
        before = looked.before
        if before is None or len(hits) >= limit:
            return hits[:limit], unsearched


def _line(hit: Hit) -> str:
    from evidence_db.reading.excerpts import line_at
    from evidence_db.reading.finding import AROUND

    return line_at(hit.held.text, hit.start, AROUND)
