"""What came of one quotation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence_db.proofreading.context.speaker import Speaker
    from evidence_db.proofreading.readings import Wanted


class Outcome(StrEnum):
    """What came of looking a quotation up."""

    RECORDED = "recorded"
    """It stands in a record."""
    UNRECORDED = "unrecorded"
    """It stands in a document, and no record holds it."""
    EDITED = "edited"
    """It stands there but for what the article left out or put in."""
    DIFFERS = "differs"
    """Something near it stands there."""
    NOWHERE = "nowhere"
    """All documents were looked through, and it stands in none."""
    NOT_LOOKED = "not-looked"
    """It was not found, and not all documents could be looked through."""
    LEFT = "left-alone"


@dataclass(slots=True)
class Held:
    """A record that holds a quotation."""

    id: str
    kind: str
    claims: list[tuple[str, str]] = field(default_factory=list)
    """Relation and short name of each claim that it bears on."""
    ended: str | None = None
    """Whether it was retracted or replaced."""
    translates: str | None = None
    """The record that it translates."""


@dataclass(slots=True)
class Looked:
    """A quotation, and what came of it."""

    wanted: Wanted
    outcome: Outcome
    status: str = ""
    """As `text.Status` has it."""
    notes: list[str] = field(default_factory=list)
    look: list[str] = field(default_factory=list)
    """Why a person must look at it."""
    records: list[Held] = field(default_factory=list)
    document: tuple[str, str] | None = None
    """Id and name of the document that it stands in, or that has what is nearest."""
    also_in: int = 0
    """Further documents that it stands in."""
    there: str = ""
    """What stands there, for one that differs."""
    difference: list[dict[str, str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    speaker: Speaker | None = None
    withheld: list[str] = field(default_factory=list)
    """Whom the article names and editions withhold, each with the reason."""
    signed_off: str | None = None
    """Who looked at the passage and approved it, if a person must look at it."""
    review: str | None = None
    """What records that somebody has."""
    remarks: list[str] = field(default_factory=list)
    command: str | None = None
    """What records it."""

    @property
    def is_wrong(self) -> bool:
        """Whether it differs, stands nowhere, names somebody withheld, or needs a person's look."""
        bad = self.outcome in (Outcome.DIFFERS, Outcome.NOWHERE)
        return bad or bool(self.look or self.withheld) or self.other_speaker

    @property
    def other_speaker(self) -> bool:
        """Whether the article names another speaker than the record."""
        return self.speaker is not None and self.speaker.outcome == "differs"

    def as_json(self, number: int, line: int) -> dict[str, Any]:
        """All of it by name."""
        quotation = self.wanted.quotation
        return {
            "number": number,
            "line": line,
            "text": self.wanted.text,
            "parts": [[list(span) for span in spans] for spans in quotation.parts],
            "mark": quotation.mark,
            "closed": quotation.closed,
            "within": list(quotation.within) if quotation.within else None,
            "outcome": str(self.outcome),
            "left_alone": quotation.left and str(quotation.left),
            "ok": not self.is_wrong and self.outcome is not Outcome.NOT_LOOKED,
            "status": self.status or None,
            "notes": self.notes,
            "look": self.look,
            "records": [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "claims": [{"relation": rel, "claim": slug} for rel, slug in one.claims],
                    "ended": one.ended,
                    "translates": one.translates,
                }
                for one in self.records
            ],
            "document": self.document and {"id": self.document[0], "name": self.document[1]},
            "also_in": self.also_in,
            "there": self.there or None,
            "difference": self.difference,
            "kinds": self.kinds,
            "omitted": self.omitted,
            "inserted": self.inserted,
            "speaker": self.speaker and self.speaker.as_json(),
            "withheld": self.withheld,
            "signed_off": self.signed_off,
            "review": self.review,
            "remarks": self.remarks,
            "command": self.command,
        }
