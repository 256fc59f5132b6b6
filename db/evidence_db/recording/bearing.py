"""What a passage says to claims, recorded together with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import InputError
from evidence_db.reading.references import find_claim
from evidence_db.recording.adding import Recorded, add_link

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.recording.writer import Writer


class Borne(NamedTuple):
    """A claim that a passage was linked to."""

    relation: str
    claim: Record
    link: Recorded


@dataclass(frozen=True, slots=True)
class Bearing:
    """The claims that a passage is to be linked to."""

    claims: tuple[tuple[str, str], ...] = ()
    """The relation, and what names the claim."""
    why: str | None = None
    """The note on these links."""

    def check(self, case: Case, reader: Reader) -> None:
        """Look the claims up before a document is read, which may take long.

        Raises:
            InputError: one names no claim, or several.
        """
        for _, named in self.claims:
            find_claim(reader, named, case.files)

    def record(self, case: Case, writer: Writer, id_: str) -> list[Borne]:
        """Link a record to each of them.

        Raises:
            InputError: the record speaks to one in another way already, or with another note.
            RuleError: support would become circular.
        """
        done = []
        for relation, named in self.claims:
            claim = find_claim(writer.reader, named, case.files)
            link = link_to_claim(writer, relation, id_, claim, self.why)
            done.append(Borne(relation, claim, link))
        return done


def link_to_claim(
    writer: Writer, relation: str, id_: str, claim: Record, note: str | None
) -> Recorded:
    """Link a record to a claim, unless the same link stands.

    Raises:
        InputError: the record speaks to it in another way already, or that link has another note,
            so that this one would be lost.
        RuleError: support would become circular.
    """
    link = add_link(writer, relation, id_, claim.id, note)
    if link.new or not note:
        return link
    writer.flush()
    kept = writer.reader.record(link.index).body.get("note")
    if kept == note:
        return link
    slug = claim.body.get("slug") or claim.id[:8]
    says = f"another note, “{kept}”" if kept else "no note"
    raise InputError(
        f"{id_[:8]} {relation} {slug} already, by a link with {says}. What is recorded is never "
        f"changed: take that link back by `evidence unlink {id_[:8]} {slug} --reason …`, then "
        "give this command again. Nothing was recorded."
    )


NOTHING = Bearing()
