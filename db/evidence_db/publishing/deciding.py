"""Deciding what is withheld: looked at before it is done, and done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.entry import parse
from evidence_chain.errors import InputError
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.shown_before import shown_before
from evidence_db.publishing.withholding.decisions import Decision, decide, decisions, standing
from evidence_db.publishing.withholding.gathering import withholding
from evidence_db.publishing.withholding.naming import check_field, short
from evidence_db.reading.references import find_record
from evidence_db.store.decided import check_decided, keep_decided

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.shown_before import ShownBefore
    from evidence_db.publishing.withholding.closure import Withheld
    from evidence_db.publishing.withholding.decisions import Standing
    from evidence_db.reading.reader import Reader
    from evidence_db.recording.writer import Writer


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants withheld or disclosed."""

    references: Sequence[str]
    fields: Sequence[str]
    """Of each of these records; the whole records if there are none."""
    withheld: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What comes of it."""

    new: list[Decision]
    """Those that say something else than what stood."""
    before: Withheld
    after: Withheld
    shown: list[ShownBefore]
    """What an earlier edition shows of that which is withheld anew."""
    overruled: list[tuple[int, str]]
    """The fields, by record, that a rule of the policy names, and a new decision discloses."""
    everywhere: list[str]
    """Fields that are disclosed anew, and that the policy withholds in every record still."""


def foresee(case: Case, reader: Reader, wish: Wish, by: str, at: str) -> Foreseen:
    """What a wish would change, without changing anything.

    Raises:
        InputError: a reference names nothing, a field can't be withheld, there is no reason, or
            the case is an edition.
    """
    if case.edition is not None:
        raise InputError(
            f"{case.edition} is an edition, which nobody changes: decide in the case that it was "
            "published of, and publish again. What was handed out can't be called back."
        )
    if wish.withheld and not (wish.reason and wish.reason.strip()):
        raise InputError("Say why with --reason, in words that readers may see.")
    made = [one for reference in wish.references for one in _made(case, reader, reference, wish)]
    stood = standing(decisions(reader.connection))
    new = [
        one._replace(at=at, by=by)
        for one in dict.fromkeys(made)
        if not _stands(one, stood.get(one.of))
    ]
    policy = read_policy(case.root)
    before, whole = (
        withholding(reader, policy.withhold, policy.everywhere, further) for further in ((), new)
    )
    after = whole.withheld
    there = before.withheld
    added = {index: names.keys() - there.get(index, {}).keys() for index, names in after.items()}
    opened = {
        (one.of, name)
        for one in new
        if not one.withheld
        for name in ([one.field] if one.field else whole.records[one.of].sealed)
    }
    return Foreseen(
        new,
        there,
        after,
        shown_before(case.root, reader, added),
        [one for one in whole.exempt if one in opened],
        sorted({name for _, name in opened} & policy.everywhere.keys()),
    )


def _made(case: Case, reader: Reader, reference: str, wish: Wish) -> Iterator[Decision]:
    record = find_record(reader, reference, files=case.files)
    sealed = parse(reader.row(record.index).entry.encode()).sealed
    for name in wish.fields:
        check_field(name, sealed, f"{record.name}, a record of kind {short(record.kind)}")
    reason = wish.reason and wish.reason.strip()
    whole: list[str | None] = [None]
    for field in wish.fields or whole:
        yield Decision(record.index, field, wish.withheld, reason, "", "")


def _stands(one: Decision, there: Standing | None) -> bool:
    """Whether this is so already."""
    if there is None:
        return False
    stands = there.whole if one.field is None and not there.fields else None
    stands = there.of(one.field) if one.field is not None else stands
    return stands is not None and (stands.withheld, stands.reason) == (one.withheld, one.reason)


def check_kept(reader: Reader) -> None:
    """Refuse to decide where decisions of before are gone.

    Raises:
        KeyFileError: they are, as what is kept beside the key tells.
    """
    check_decided(reader.info().origin, reader.connection)


def keep(writer: Writer, foreseen: Foreseen) -> None:
    """Keep what was decided, in an open transaction."""
    decide(writer, foreseen.new)


def keep_beside_key(reader: Reader) -> None:
    """Keep, where the key is, that all of this was decided.

    After it was: who is killed in between has more decisions than are kept, which is no harm.

    Raises:
        KeyFileError: it can't be written.
    """
    keep_decided(reader.info().origin, reader.connection)
