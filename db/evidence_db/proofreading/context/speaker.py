"""Whom the sentence around a quotation names, beside whom the record names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_db.proofreading.context.named import (
    agree,
    is_full,
    is_said_by,
    key,
    named_speakers,
    names_in,
    others_spoken_for,
)
from evidence_db.proofreading.context.sender import is_house, is_sender
from evidence_db.proofreading.context.spoken_for import ROLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.text.quotations import Quotation

SPEAKER, SENDER = "speaker", "sender"
_MONSIEUR = "m"


class Speaker(NamedTuple):
    """How the speaker that the article names compares with the record's."""

    outcome: str
    """`same`, `differs`, or `not-compared`."""
    article: str | None
    record: str | None
    why: str = ""
    """Why it was not compared."""

    def as_json(self) -> dict[str, str | None]:
        """The same by name."""
        return {**self._asdict()}


def compare_speaker(quotation: Quotation, recorded: Mapping[str, object]) -> Speaker:
    """The speaker that the article names with whom a record names: its speaker, else its sender.

    Args:
        quotation: the quotation with its sentence.
        recorded: the fields of the record.
    """
    names, why = named_speakers(quotation)
    field = _field_of(recorded)
    if field is None:
        name = names[0] if names else None
        return Speaker("not-compared", name, None, why or "the record names no speaker")
    said = str(recorded[field])
    if not names:
        if is_said_by(quotation, said) or _speaks_for(quotation, field, said):
            return Speaker("same", said, said)
        return Speaker("not-compared", None, said, why)
    same = {_agree(field, name, said) for name in names if is_full(name)}
    if not same or not (key(said) or field == SENDER):
        return Speaker("not-compared", names[0], said, "no name that could be compared")
    if len(same) > 1:
        told = " and ".join(f"“{name}”" for name in names)
        return Speaker("not-compared", None, said, f"the sentence names {told}")
    if same == {False} and (why := _may_be(field, names[0], recorded)):
        return Speaker("not-compared", names[0], said, why)
    return Speaker("same" if same == {True} else "differs", names[0], said)


def _may_be(field: str, name: str, recorded: Mapping[str, object]) -> str:
    """Why a name that isn't the speaker's may still be meant for them; empty if it can't."""
    sender = str(recorded.get(SENDER) or "")
    if field == SPEAKER and is_house(name, sender):
        return (
            f"the sentence names the sender, {sender}, and the record a speaker, {recorded[field]}"
        )
    bare = key(name) - {_MONSIEUR}
    if name.startswith("M.") and bare and agree(bare, key(str(recorded[field]))):
        return f"“{name}” may have an initial, or be Monsieur"
    return ""


def is_speaker(quotation: Quotation, recorded: Mapping[str, object]) -> bool:
    """Whether the article names the record's speaker."""
    return compare_speaker(quotation, recorded).outcome == "same"


def is_named(quotation: Quotation, recorded: Mapping[str, object], field: str) -> bool:
    """Whether the sentence names who stands in this field of a record, alone or among others."""
    if not recorded.get(field):
        return False
    said = str(recorded[field])
    around = f"{quotation.before} {quotation.after} {quotation.leads}"
    names = [*named_speakers(quotation)[0], *(name for *_, name in names_in(quotation.leads))]
    if said in around or is_said_by(quotation, said):
        return True
    return any(_agree(field, name, said) for name in names if is_full(name))


def _speaks_for(quotation: Quotation, field: str, said: str) -> bool:
    """Whether the record names who speaks for the very one that the sentence has spoken for.

    An e-mail is by somebody who writes for whoever sent it.
    """
    if field != SENDER and not ROLE.search(said):
        return False
    return any(_agree(field, name, said) for name in others_spoken_for(quotation) if is_full(name))


def _field_of(recorded: Mapping[str, object]) -> str | None:
    """The field of a record that names who speaks."""
    return next((name for name in (SPEAKER, SENDER) if recorded.get(name)), None)


def _agree(field: str, name: str, said: str) -> bool:
    if field == SENDER:
        return is_sender(name, said)
    return agree(key(name), key(said))
