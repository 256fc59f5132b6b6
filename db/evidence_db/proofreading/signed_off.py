"""Whether a person must look at the records that hold a quotation, or did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.text.compare.letters import letters
from evidence_db.reading.attested.reviewed import reviews_of, signed_off
from evidence_db.resolving.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.proofreading.outcome import Looked
    from evidence_db.proofreading.standing import Stands
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

OF_PLACES = ("short", "ambiguous")
"""Notes that say nothing where a record says which place is meant."""


def settle(reader: Reader, looked: Looked, stands: Stands, records: Sequence[Record]) -> None:
    """Ask for a person's look at records, unless each was approved; never at what they aren't.

    What the article left out or put in itself is no part of what was approved.

    Args:
        reader: a reader of the case.
        looked: the quotation; what is to be looked at is put down here.
        stands: where it stands.
        records: the records that hold it, in its order.
    """
    approvals, wanting, cleared = list[str](), list[str](), set[str]()
    for record in records:
        noted = [one for one in sign_off(record.body.get("match")) if one not in OF_PLACES]
        if not noted:
            continue
        approved = signed_off(reviews_of(reader, [record.index]).get(record.index, []))
        if approved is None:
            wanting.append(record.id)
            looked.look += noted
        else:
            approvals.append(approved.reviewer or "somebody whose name is withheld")
            cleared.update(noted)
    if wanting:
        looked.review = f"evidence review {wanting[0][:8]} --approve"
    elif approvals:
        looked.signed_off = ", ".join(dict.fromkeys(approvals))
        there = "".join(letters(str(record.body.get("text"))) for record in records)
        own = letters(stands.reading.text) not in there
        kept = {*stands.found.notes} if own else set[str]()
        looked.look = [one for one in looked.look if one not in cleared or one in kept]
