"""An article held against a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.text.quotations import Left, find, indirect
from evidence_db.proofreading.looking import look_up
from evidence_db.proofreading.outcome import Looked, Outcome
from evidence_db.proofreading.places import Places
from evidence_db.proofreading.readings import wanted
from evidence_db.proofreading.texts import Texts
from evidence_db.proofreading.wording import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.article import Article
    from evidence_chain.text.quotations import Span
    from evidence_db.case import Case
    from evidence_db.proofreading.places import Hidden
    from evidence_db.reading.reader import Reader

MOST = 10_000
"""Quotations of one article that are looked up."""


@dataclass(slots=True)
class Proof:
    """What came of one article."""

    name: str
    article: Article
    looked: list[Looked]
    """Every quotation in the article's order, those too that were left alone."""
    indirect: list[Span]
    """Where the article says in its own words what somebody said, which nothing compares."""
    unreadable: list[dict[str, str]]
    """Documents that could not be looked through, or not whole: id, name, and why."""
    documents: int
    """Those that were looked through."""
    claims: list[dict[str, Any]] = field(default_factory=list)

    @property
    def wrong(self) -> list[Looked]:
        """What differs, stands nowhere, or must be looked at by a person."""
        return [one for one in self.looked if one.is_wrong]

    @property
    def not_looked(self) -> list[Looked]:
        """What was not found, where not everything could be looked through."""
        return [one for one in self.looked if one.outcome is Outcome.NOT_LOOKED]

    def line(self, one: Looked) -> int:
        """The line of the article that a quotation begins at, or its paragraph's number."""
        return self._line(*one.wanted.quotation.start)

    def _line(self, number: int, at: int) -> int:
        paragraph = self.article.paragraphs[number]
        further = paragraph.text.count("\n", 0, at) if self.article.lines else 0
        return paragraph.line + further

    def as_json(self) -> dict[str, Any]:
        """All of it by name."""
        return {
            "article": self.name,
            "ok": not self.wrong and not self.not_looked,
            "counted_by": "line" if self.article.lines else "paragraph",
            "quotations": [
                one.as_json(number, self.line(one)) for number, one in enumerate(self.looked, 1)
            ],
            "left_alone": {
                str(kind): sum(one.wanted.quotation.left is kind for one in self.looked)
                for kind in Left
            }
            | {"indirect speech": len(self.indirect)},
            "indirect": [self._own_words(span) for span in self.indirect],
            "not_proofread": self.article.left_out,
            "documents": self.documents,
            "unreadable": self.unreadable,
            "claims": self.claims,
        }

    def _own_words(self, span: Span) -> dict[str, Any]:
        words = self.article.paragraphs[span.paragraph].text[span.start : span.end]
        return {
            "line": self._line(span.paragraph, span.start),
            "text": " ".join(words.split()),
            "span": list(span),
            "left_alone": "indirect speech",
        }


def proofread(
    case: Case,
    reader: Reader,
    article: Article,
    name: str,
    *,
    claims: bool = False,
    hidden: Hidden = lambda *_: None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Proof:
    """Find every quotation of an article, and look each up in a case.

    Args:
        case: the case.
        reader: one state of it.
        article: the article.
        name: what it is called.
        claims: whether sentences are listed that use the words of a claim, too.
        hidden: why editions withhold a field of a record, given its index; `None` if they don't.
        progress: told how far it is.

    Raises:
        InputError: it has more quotations than are looked up.
        StorageError: the case can't be read.
    """
    quotations = find(article.paragraphs)
    if len(quotations) > MOST:
        raise InputError(
            f"The article {name} has {len(quotations):,} quotations, and {MOST:,} are looked up at "
            "most. Proofread its parts one by one."
        )
    every = [wanted(one, article.paragraphs) for one in quotations]
    texts = Texts(case, reader)
    places = Places(texts, hidden)
    asked = [one for one in every if one.quotation.left is None]
    found = {id(one.wanted): one for one in look_up(asked, texts, places, progress)}
    looked = [found.get(id(one)) or Looked(one, Outcome.LEFT) for one in every]
    (documents,) = reader.connection.execute("SELECT count(*) FROM artifact").fetchone()
    return Proof(
        name,
        article,
        looked,
        indirect(article.paragraphs),
        [
            _unread(reader, index, why, whole=whole)
            for whole, each in ((True, texts.unreadable), (False, texts.partly))
            for index, why in sorted(each.items())
        ],
        documents - len(texts.unreadable),
        sentences(reader, article.paragraphs) if claims else [],
    )


def _unread(reader: Reader, index: int, why: str, *, whole: bool) -> dict[str, str]:
    record = reader.record(index)
    name = str(record.body.get("title") or record.body.get("filename") or "document")
    return {"document": record.id, "name": name, "why": why, "whole": str(whole).lower()}
