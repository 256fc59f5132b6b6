"""What a passage says to claims, recorded together with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
            InputError: the record speaks to one in another way already.
            RuleError: support would become circular.
        """
        done = []
        for relation, named in self.claims:
            claim = find_claim(writer.reader, named, case.files)
            done.append(Borne(relation, claim, add_link(writer, relation, id_, claim.id, self.why)))
        return done


NOTHING = Bearing()
