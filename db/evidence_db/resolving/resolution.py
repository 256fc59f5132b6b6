"""A claim resolved to its chain: what speaks to it, where each passage stands, and in which log.

The result is the JSON that `resolve --json` prints; the tree that people read is drawn from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import FormatError
from evidence_chain.rules import SPEAKS
from evidence_chain.text import fragments
from evidence_db.reading.attested.before import objections_before
from evidence_db.reading.attested.cosigned import seen_by_witnesses
from evidence_db.reading.attested.keys import own_key_of
from evidence_db.reading.attested.reviewed import reviews_of, signed_off
from evidence_db.reading.attested.stamps import stamped
from evidence_db.reading.notices.amendments import corrected_in
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.notices.withheld import reasons_of
from evidence_db.reading.showing import amended_of
from evidence_db.resolving.chain import Chain
from evidence_db.resolving.integrity import integrity_of
from evidence_db.resolving.left_behind import left_behind
from evidence_db.resolving.sign_off import doubts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.graph import Graph, Link
    from evidence_chain.log.key import VerifierKey
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Json = dict[str, Any]
_SHOWN = ("text", "selector", "extracted", "extractor", "match", "artifact")
DEPTH = 20
"""Claims, each supporting the next, of which one resolution shows what speaks to them."""
AROUND = 200
"""Characters that are shown before and after a passage, of a text stream that is intact."""


def resolve(case: Case, reader: Reader, claim: int, key: VerifierKey | None = None) -> Json:
    """Resolve a claim.

    Args:
        case: The case, for its files.
        reader: A reader of it.
        claim: The claim's index in the log.
        key: The signer that the user expects; that of their own key if there is none.

    Returns:
        `claim`, the structure (`status`, `supports`, `contradicts`, `qualifies`, `origins`,
        `documents`), `integrity`, `complete` (whether something was left out of the log), `chain`
        (one object a link) and `log`.
    """
    return Resolution(case, reader, claim, key).as_json()


def chain_of(
    case: Case, reader: Reader, key: VerifierKey | None = None, *, whole: bool = True
) -> Chain:
    """The checks of a case's records, and of whether something was left out, if `whole`.

    Without a key, the signer expected is the user's own.
    """
    return Chain(
        case, reader, key or own_key_of(reader, published=case.edition is not None), whole=whole
    )


def rests_on(graph: Graph) -> list[int]:
    """Every entry that bears on a claim: records, links between them, what ended either."""
    return list(graph.kinds())


class Resolution:
    """A claim with all that bears on it, checked. `resolve` says what the arguments are."""

    def __init__(
        self, case: Case, reader: Reader, claim: int, key: VerifierKey | None = None
    ) -> None:
        self.reader = reader
        self.claim = claim
        self._shown = {claim}
        self.graph: Graph = reader.graph(claim)
        self.chain = chain_of(case, reader, key)
        kinds = self.graph.kinds()
        self._records = {
            index: self.chain.record(row, kinds[index])
            for index, row in self.chain.check(kinds).items()
        }
        self._records |= corrected_in(self.graph, self._records)
        self._record = self._records.__getitem__
        self._why = reasons_of(case.edition)
        self._reviews = reviews_of(reader, self.graph.nodes)
        self._again = to_look_at_again(reader.connection, (one.index for one in self.graph.links))

    def as_json(self) -> Json:
        """What `resolve` returns."""
        structure = self.graph.structure(self.claim)._asdict()
        return {
            "claim": self._claim(self.claim),
            **structure,
            "integrity": integrity_of(self.chain.total()),
            "complete": integrity_of(self.chain.complete),
            "chain": self._links_to(self.claim, 1),
            "left_behind": [one.as_json() for one in left_behind(self.reader, self.claim)],
            "log": self._log(),
        }

    def _links_to(self, claim: int, depth: int) -> list[Json]:
        """Every link to a claim: what supports it, then at once what contradicts it."""
        return [
            self._link(link, depth)
            for relation in SPEAKS
            for link in self.graph.links_to(claim, relation)
        ]

    def _further(self, claim: int, depth: int) -> Json:
        """What speaks to a claim that supports another: once, however many it supports."""
        if claim in self._shown:
            return {"chain": [], "left_out": "shown-already"}
        if depth >= DEPTH:
            return {"chain": [], "left_out": "too-deep"}
        self._shown.add(claim)
        return {"chain": self._links_to(claim, depth + 1), "left_out": None}

    def _link(self, link: Link, depth: int) -> Json:
        record = self._record(link.index)
        speaker = self._record(link.from_)
        resolved: Json = {
            "id": record.id,
            "index": link.index,
            "relation": link.relation,
            "uncovered": self.chain.leaves_out(link.index),
            "counts": self.graph.counts(link),
            "ended": self._ended(link.index),
            **{name: record.body.get(name) for name in ("note", "recorded_by", "recorded_at")},
            "withheld": self._why.told(record.index, record.body),
            "look_again": link.index in self._again,
            "integrity": integrity_of(self.chain.reports[link.index]),
        }
        if speaker.kind == "claim":
            status = self.graph.structure(link.from_).status
            about = self._claim(link.from_) | {"status": status}
            return resolved | {"record": about} | self._further(link.from_, depth)
        return resolved | {"record": self._evidence(speaker)}

    def _claim(self, index: int) -> Json:
        record = self._record(index)
        return self._common(record) | {
            "slug": record.body.get("slug"),
            "statement": record.body.get("statement"),
            "note": record.body.get("note"),
            "reviews": [one.as_json() for one in self._reviews.get(index, [])],
            "objected_before": [one.as_json() for one in objections_before(self.reader, index)],
        }

    def _evidence(self, record: Record) -> Json:
        artifact = self.graph.nodes[record.index].artifact
        said = {name: value for name, value in record.body.items() if name not in _SHOWN}
        approved = signed_off(reviews := self._reviews.get(record.index, []))
        return self._common(record) | {
            "fields": {name: value for name, value in said.items() if value not in (None, "", [])},
            "text": record.body.get("text"),
            "match": record.body.get("match"),
            "sign_off": [] if self._why.hides(record) else doubts_of(record, self.chain.erased),
            "signed_off": approved and approved.id,
            "reviews": [one.as_json() for one in reviews],
            "compared": record.index in self.chain.comparison.compared,
            "fragments": self._fragments(record),
            "document": None if artifact is None else self._document(artifact),
            "derives_from": self._origins(record.index),
            "roots": [self._origin(self._record(root)) for root in self.graph.roots(record.index)],
            "translations": self._related(
                link.from_ for link in self._live(self.graph.links_to(record.index, "translates"))
            ),
            **{
                relation: self._related(
                    link.to for link in self._live(self.graph.links_from(record.index, relation))
                )
                for relation in ("translates", "answers")
            },
        }

    def _fragments(self, record: Record) -> list[Json]:
        """Where a passage stands: start, end and exact text in the stream, and what is around."""
        try:
            found = fragments(record.body.get("selector") or [])
        except FormatError:
            return []  # the check of the passage says what is wrong with it
        if self.chain.comparison.compared.get(record.index) is False:
            found = [one._replace(prefix="", suffix="") for one in found]
            stream = ""  # the file has the passage, and another text around it
        else:
            stream = self._stream(record)
        return [
            {
                "exact": exact,
                "start": start,
                "end": end,
                "before": stream[max(0, start - AROUND) : start] or prefix,
                "after": stream[end : end + AROUND] or suffix,
            }
            for start, end, exact, prefix, suffix, *_ in found
        ]

    def _stream(self, record: Record) -> str:
        """The text that a passage stands in; empty if it isn't intact, or its file is withheld."""
        artifact = self.graph.nodes[record.index].artifact
        if artifact is None or not is_hex_digest(self._record(artifact).body.get("blake3")):
            return ""
        return self.chain.streams.text(str(record.body.get("extracted"))) or ""

    def _live(self, links: list[Link]) -> Iterator[Link]:
        return (link for link in links if not self.graph.ended(link.index))

    def _related(self, indexes: Iterator[int]) -> list[Json]:
        """Passages that translate another, are translated or answered by it, in short."""
        return [
            self._common(record)
            | {name: record.body.get(name) for name in ("text", "language", "translator")}
            | {name: record.body.get(name) for name in ("sender", "recipient", "date", "subject")}
            for record in map(self._record, indexes)
        ]

    def _document(self, index: int) -> Json:
        record = self._record(index)
        about = ("filename", "title", "publisher", "published", "url", "media_type", "size", "note")
        return self._common(record) | {
            **{name: record.body.get(name) for name in about},
            "blake3": (blake3 := record.body.get("blake3")),
            "absent": self._why.absent.get(str(blake3)),
            "derives_from": self._origins(index),
        }

    def _origins(self, index: int) -> list[Json]:
        """What a record derives from, and whether it is held."""
        links = self._live(self.graph.links_from(index, "derives-from"))
        return [self._origin(self._record(link.to)) for link in links]

    def _origin(self, record: Record) -> Json:
        held = record.kind == "artifact" or any(
            not self.graph.ended(link.index) and self.graph.is_live(link.from_)
            for link in self.graph.links_to(record.index, "preserves")
        )
        title = record.body.get("title") or record.body.get("filename")
        return self._common(record) | {"title": title, "held": held}

    def _common(self, record: Record) -> Json:
        return {
            "id": record.id,
            "index": record.index,
            "kind": record.kind,
            "uncovered": self.chain.leaves_out(record.index),
            "ended": self._ended(record.index),
            "erased": self.chain.erasure(record.index),
            "amended": amended_of(record, self.chain.newest),
            "withheld": self._why.told(record.index, record.body),
            "integrity": integrity_of(self.chain.reports[record.index]),
        }

    def _ended(self, index: int) -> Json | None:
        """How a record was ended, if it was: retracted with a reason, or replaced by another."""
        if index in self.graph.retracted:
            retraction = self.graph.retracted[index]
            reason = self._record(retraction).body.get("reason")
            uncovered = self.chain.leaves_out(retraction)
            return {"how": "retracted", "reason": reason, "uncovered": uncovered}
        if index in self.graph.replaced:
            by = self.graph.replaced[index]
            record = self._records.get(by) or self.reader.record(by)  # a claim's bears on nothing
            uncovered = any(map(self.chain.leaves_out, self._replacing(index)))
            return {"how": "replaced", "by": record.id, "uncovered": uncovered}
        return None

    def _replacing(self, index: int) -> list[int]:
        links = self._live(self.graph.links_to(index, "replaces"))
        return [one for link in links for one in (link.index, link.from_)]

    def _log(self) -> Json:
        newest, last = self.chain.newest, max(self.chain.reports)
        return {
            "origin": self.reader.info().origin,
            "index": self.claim,
            "size": self.reader.size(),
            "checkpoint": newest if newest is not None and self.claim < newest else None,
            "signer": self._signer(),
            "timestamps": stamped(self.reader, last),
            "witnesses": seen_by_witnesses(self.reader, last),
        }

    def _signer(self) -> str:
        """`known`, `unknown`, or `failed` if the newest checkpoint can't be believed."""
        if self.chain.newest is not None and self.chain.checkpoint is None:
            return "failed"
        return "known" if self.chain.signed else "unknown"
