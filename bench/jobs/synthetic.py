"""The records of an invented case, of any size and in the proportions of a real one.

They come in stories: a preserved file, passages of it, claims, and links between them. Every
passage stands where its selector says. Two further stories, which come first, hold one claim
each with as many links as are asked for.
"""

from __future__ import annotations

import hashlib
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from blake3 import blake3

from evidence_chain import kinds
from evidence_chain.kinds import evidence_kind
from evidence_chain.text import RULES_VERSION, make_selectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.kinds import Kind
    from evidence_db.writing import Writer

_KINDS = ("quote", "quote", "tender-clause", "quote", "response-email", "letter", "quote")
_PASSAGES, _TEXTS, _SENTENCES = 9, 64, 20
_WORDS = (
    "the camera supplier of city hall and police knew that faces were stored for years by a "
    "contract which nobody had read before its deadline in spring when offers from two firms "
    "came with prices below cost while tests on streets failed at night under rain or snow"
).split()
_EXTRACTOR = {"name": "evidence-chain/plain", "version": "1", "options": {"charset": "utf-8"}}
_MATCH = {"status": "verbatim", "notes": [], "rules": RULES_VERSION}


class Planned(NamedTuple):
    """A record to be added."""

    kind: Kind
    values: dict[str, Any]
    names: dict[str, int]
    """By field or public key: which record of the story has its id there."""
    relation: str | None = None


class Document(NamedTuple):
    """A preserved file of plain text."""

    text: str
    passages: list[tuple[int, int]]


Story = list[Planned]


def slug(links: int) -> str:
    """The short name of the claim with so many links."""
    return f"claim-with-{links}-links"


def stories(records: int, links: Sequence[int]) -> Iterator[Story]:
    """Stories of `records` records in all, the first with a claim of that many links each."""
    source = Random(2026)
    texts = [_sentences(source) for _ in range(_TEXTS)]
    left = records
    for number, story in enumerate(_endless(texts, links)):
        yield (cut := list(islice(story, left)))
        left -= len(cut)
        if not left:
            return
        del number


def _endless(texts: Sequence[Sequence[str]], links: Sequence[int]) -> Iterator[Story]:
    number = 0
    for count in links:
        yield _large_story(texts, count)
    while True:
        number += 1
        yield _story(number, _document(number, texts))
