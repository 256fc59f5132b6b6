"""The records of an invented case of any size, in the proportions of a real one.

They come in stories: a preserved file, passages of it, claims, and links between them. Every
passage stands where its selector says. The first stories hold one claim each that has as many
links as are asked for; the files of those are written, so that the claim resolves whole.
"""

from __future__ import annotations

import hashlib
from itertools import count
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from blake3 import blake3

from bench.jobs.named import LINKS, PASSAGES, RECORDS_OF_STORY, linked_slug
from evidence_chain import kinds
from evidence_chain.text import RULES_VERSION, make_selectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evidence_chain.kinds import Kind
    from evidence_db.recording.writer import Writer
    from evidence_db.store.files import Files

_KINDS = ("quote", "tender-clause", "quote", "response-email", "quote", "letter")
_RELATIONS = ("supports", "supports", "contradicts", "supports", "qualifies")
_PHRASES = (
    *("the camera supplier", "city hall", "the police", "a clerk of the court", "nobody"),
    *("knew that", "had read", "stored for years", "paid for", "asked twice about"),
    *("the contract", "faces in the street", "two offers below cost", "a deadline in spring"),
    *("while tests failed at night", "under rain or snow", "before the vote", "in Annex B"),
)


class Planned(NamedTuple):
    """A record to be added."""

    kind: Kind
    values: dict[str, Any]
    names: Mapping[str, int] = MappingProxyType({})
    """By field or public key: the record of the story whose id goes there."""
    public: Mapping[str, str] = MappingProxyType({})


class Document(NamedTuple):
    """A preserved file of plain text, and where sentences stand in it."""

    content: bytes
    sentences: list[tuple[int, int]]
    record: Planned


Story = list[Planned]


def slug(links: int) -> str:
    """The short name of the claim with so many links."""
    return f"claim-with-{links}-links"


def stories(records: int, links: Sequence[int], files: Files) -> Iterator[Story]:
    """Stories of `records` records in all, after one with a claim of that many links each."""
    left = records
    for story in _endless(links, files):
        yield story[:left]
        left -= len(story)
        if left <= 0:
            return


def add_story(writer: Writer, story: Story) -> None:
    """Add the records of a story, which name each other by their place in it."""
    ids: list[str] = []
    for kind, values, names, public in story:
        named = {name: ids[place] for name, place in names.items()}
        if kind in (kinds.LINK, kinds.RETRACTION):
            added = writer.add(kind, values, {**named, **public})
        else:
            added = writer.add(kind, {**values, **named})
        ids.append(added.id)


def linked_stories(records: int, files: Files) -> Iterator[Story]:
    """Stories of `records` records and half as many links again: 30 to each of their claims.

    Of some hundred stories spread over the log (`kept_stories`) the files are written.
    """
    documents = _documents()
    number_of_stories, kept = records // RECORDS_OF_STORY, set(kept_stories(records))
    for number in range(number_of_stories):
        story = _linked_story(number, next(documents), next(documents))
        if number in kept:
            for document in story.documents:
                write_file(files, document)
        yield story.records


def kept_stories(records: int) -> range:
    """The numbers of the linked stories whose files are written."""
    number_of_stories = records // RECORDS_OF_STORY
    return range(0, number_of_stories, max(1, number_of_stories // 100))


class _Linked(NamedTuple):
    records: Story
    documents: list[Document]


def _linked_story(number: int, *documents: Document) -> _Linked:
    story: Story = []
    passages: list[int] = []
    for document in documents:
        file = len(story)
        story.append(document.record)
        passages += range(file + 1, file + 1 + len(document.sentences))
        story += [passage(document, file, n) for n in range(len(document.sentences))]
    claims = range(len(story), len(story) + 2)
    story += [planned_claim(linked_slug(number, letter)) for letter in "ab"]
    for claim, some in zip(claims, (passages[:LINKS], passages[-LINKS:]), strict=True):
        story += [planned_link(n, passage, claim) for n, passage in enumerate(some)]
    return _Linked(story, list(documents))


def _endless(links: Sequence[int], files: Files) -> Iterator[Story]:
    documents = _documents()
    for wanted in links:
        yield _well_linked(wanted, documents, files)
    for number in count():
        yield _story(number, next(documents))


def _well_linked(wanted: int, documents: Iterator[Document], files: Files) -> Story:
    story = [planned_claim(slug(wanted))]
    for start in range(0, wanted, PASSAGES):
        document = next(documents)
        write_file(files, document)
        file, some = len(story), min(PASSAGES, wanted - start)
        story.append(document.record)
        story += [passage(document, file, number) for number in range(some)]
        story += [planned_link(n, file + 1 + n, 0) for n in range(some)]
    return story


def _story(number: int, document: Document) -> Story:
    """Some twenty records; in one story of five a claim rests on another, or a link is ended."""
    story = [document.record]
    story += [passage(document, 0, place) for place in range(PASSAGES)]
    first = len(story)
    story += [planned_claim(f"claim-{number}-a"), planned_claim(f"claim-{number}-b")]
    story += [planned_link(n, 1 + n, first + n % 2) for n in range(PASSAGES - 2)]
    if number % 5 == 0:
        story.append(_link("supports", first, first + 1))
    if number % 5 == 1:
        ended = {"reason": "The passage speaks of another contract."}
        story.append(Planned(kinds.RETRACTION, ended, {"to": len(story) - 1}))
    return story


def planned_claim(name: str) -> Planned:
    """A claim of this short name."""
    statement = f"In the matter of {name} the supplier knew before the contract was signed."
    return Planned(kinds.CLAIM, {"slug": name, "statement": statement})


def planned_link(number: int, from_: int, to: int) -> Planned:
    """The link of this number to a claim: relations alternate."""
    return _link(_RELATIONS[number % 5], from_, to)


def _link(relation: str, from_: int, to: int) -> Planned:
    note = {"note": "It names the same contract and the same year."}
    return Planned(kinds.LINK, note, {"from": from_, "to": to}, {"relation": relation})


def passage(document: Document, file: int, number: int) -> Planned:
    """A passage of a document, whose record stands at place `file` of its story."""
    start, end = document.sentences[number]
    text = document.content[: document.sentences[-1][1] + 100].decode()
    kind = _KINDS[number % len(_KINDS)]
    values = {
        "text": text[start:end],
        "selector": make_selectors(text, [(start, end)]),
        "extractor": {
            "name": "evidence-chain/plain",
            "version": "1",
            "options": {"charset": "utf-8"},
        },
        "extracted": document.record.values["blake3"],
        "match": {"status": "verbatim", "notes": [], "rules": RULES_VERSION},
        "speaker": "Somebody, press officer of the supplier",
        "date": "2021-04-30",
        "language": "en",
    }
    if kind == "tender-clause":
        values |= {"clause": f"{number}.2", "tender": "Tender 7 of 2019", "page": "12"}
    return Planned(kinds.evidence_kind(kind), values, {"artifact": file})


def linked_claims(number: int, passages: int) -> Story:
    """A claim, and a link to it from each passage of a story that begins with its file."""
    claim = 1 + passages
    linked = [planned_link(n, 1 + n, claim) for n in range(passages)]
    return [planned_claim(linked_slug(number)), *linked]


def document(number: int, sentences: int, size: int) -> Document:
    """A document of about `size` bytes, the first sentences of which are passages."""
    source = Random(number)
    quoted = [_sentence(source) for _ in range(sentences)]
    filling = " ".join(_PHRASES) + ".\n"
    return _document(f"Large document {number}", quoted, filling * (size // len(filling)))


def _documents() -> Iterator[Document]:
    """Documents without end, each told from the others by its first line."""
    source = Random(2026)
    texts = [[_sentence(source) for _ in range(2 * PASSAGES)] for _ in range(64)]
    for number in count():
        yield _document(f"Document {number}", texts[number % len(texts)])


def _document(heading: str, sentences: Sequence[str], rest: str = "") -> Document:
    places, end = [], len(heading)
    for sentence in sentences:
        places.append((end + 1, end + 1 + len(sentence)))
        end += 1 + len(sentence)
    content = "\n".join((heading, *sentences, *([rest] if rest else ()))).encode()
    values = {
        "blake3": blake3(content).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "text/plain",
        "filename": f"{heading.lower().replace(' ', '-')}.txt",
        "title": heading,
        "publisher": "The Evening Paper",
        "published": "2021-05-01",
        "url": "https://paper.example/2021/05/01/cameras",
    }
    return Document(content, places, Planned(kinds.ARTIFACT, values))


def _sentence(source: Random) -> str:
    return " ".join(source.choices(_PHRASES, k=7)).capitalize() + "."


def write_file(files: Files, document: Document) -> None:
    """Preserve the document under its digest."""
    path = files.path(document.record.values["blake3"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document.content)
