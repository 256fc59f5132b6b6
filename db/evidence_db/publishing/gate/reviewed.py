"""What the gate asks of reviews: who looked at passages and claims, and whether anybody objects."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.regular import read_named
from evidence_chain.reviews.allowed_signers import AllowedSigners
from evidence_chain.reviews.review import Signed, check_signature
from evidence_chain.text.compare.differing.kinds import disguised
from evidence_chain.wording.plural import counted
from evidence_db.publishing.leaks.forms.folding import fold
from evidence_db.reading.attested.before import is_answered, reviews_before
from evidence_db.reading.attested.reviewed import rejected, reviews_of, signed_off
from evidence_db.resolving.resolution import rests_on
from evidence_db.resolving.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from evidence_chain.graph import Graph
    from evidence_db.publishing.policy import Policy
    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanting:
    """A passage that a person must look at."""

    index: int
    id: str
    name: str
    """Kind and short id."""
    why: str

    def __str__(self) -> str:
        """What is lacking, in a sentence without its full stop."""
        return f"{self.name} {self.why}"


class PassagesWanting:
    """Finds the passages that a person must look at; of each it is found out once.

    Args:
        reader: A reader of the case.
        signers: Whose signed reviews count; `None` if reviews need no signature.
    """

    def __init__(self, reader: Reader, signers: AllowedSigners | None) -> None:
        self._reader = reader
        self._signers = signers
        self._known: dict[int, Wanting | None] = {}

    def of(self, indexes: Iterable[int]) -> list[Wanting]:
        """Those that nobody looked at, and those that somebody rejected, among these records."""
        asked = list(indexes)
        new = [index for index in asked if index not in self._known]
        self._known |= dict.fromkeys(new)
        self._known |= {one.index: one for one in self._find(new)}
        return [one for index in asked if (one := self._known[index])]

    def _find(self, indexes: Iterable[int]) -> Iterator[Wanting]:
        records = [self._reader.record(index) for index in indexes]
        passages = [one for one in records if is_evidence(one.kind) and one.erased is None]
        reviews = reviews_of(self._reader, (record.index for record in passages))
        for record in passages:
            said = reviews.get(record.index, [])
            if why := self._why(record, said):
                yield Wanting(record.index, record.id, record.name, why)

    def _why(self, record: Record, said: Sequence[Reviewed]) -> str:
        if objections := _objecting(said, self._signers):
            return f"was rejected by {_who(objections)}"
        if inherited := _inherited(self._reader, record.index, said, self._signers):
            return f"replaces what was rejected by {_who(inherited)}"
        if not (reasons := sign_off(record.body.get("match"))) or signed_off(said):
            return ""
        is_stale = any(one.is_approval and one.stale_by for one in said)
        again = ", since something came after the last one" if is_stale else ""
        return f"needs a person's sign-off ({', '.join(reasons)}){again}"


def claim_wanting(
    reader: Reader, policy: Policy, claim: int, graph: Graph, signers: AllowedSigners | None
) -> list[str]:
    """Why the reviews of a claim don't do: somebody rejected it, or too few others approved it."""
    said = reviews_of(reader, [claim]).get(claim, [])
    if objections := _objecting(said, signers):
        who = _who(objections)
        return [f"it was rejected by {who}, who alone can approve it in its place"]
    if inherited := _inherited(reader, claim, said, signers):
        who = _who(inherited)
        return [f"what it replaces was rejected by {who}, who has not approved this wording"]
    bodies = (reader.record(index).body for index in rests_on(graph))
    recorders = {_person(body.get("recorded_by")) for body in bodies}
    approved = [one for one in said if one.stands and one.is_approval]
    others = [one for one in approved if _person(one.reviewer) not in recorders]
    good = others if signers is None else [one for one in others if _is_good(one, signers)]
    there = len({_person(one.reviewer) for one in good})
    if there >= policy.reviews:
        return []
    kind = "approval" if signers is None else "signed approval"
    why = _left_out(said, approved, others, good)
    return [f"it needs {counted(policy.reviews, kind)} by other people, and has {there:,}{why}"]


def _person(name: str | None) -> str:
    """A name, of which another case, spaces and what isn't seen make no other person.

    Nor do letters of other scripts that look like Latin ones: Cyrillic, Greek, Armenian.
    """
    return fold(disguised(fold(name or ""))[0])


def _objecting(said: Sequence[Reviewed], signers: AllowedSigners | None) -> list[Reviewed]:
    """The reviews that reject and weren't taken back.

    Where reviews are signed, what somebody else recorded in the name of whoever signed a rejection
    doesn't take it back: neither an approval without their signature, nor one that they signed
    before it, nor a retraction, which nobody signs.
    """
    found = rejected(said)
    for number, one in enumerate(said if signers is not None else ()):
        if signers is None or one.is_approval or one in found:
            continue
        later = (two for two in said[number + 1 :] if two.reviewer == one.reviewer)
        if _is_good(one, signers) and not any(
            not two.ended and (two.size or 0) > one.index and _is_good(two, signers)
            for two in later
        ):
            found.append(one)
    return found


def _inherited(
    reader: Reader, index: int, own: Sequence[Reviewed], signers: AllowedSigners | None
) -> list[Reviewed]:
    """The objections to what a record replaced, by who said nothing of it in its new words.

    Where reviews are signed, who signed the objection signs what answers it, too.
    """
    signed = [] if signers is None else [one for one in own if _is_good(one, signers)]
    return [
        one
        for said in reviews_before(reader, index)
        for one in _objecting(said, signers)
        if not is_answered(one, signed if signers and _is_good(one, signers) else own)
    ]


def read_signers(root: Path, policy: Policy) -> AllowedSigners | None:
    """The allowed signers that the policy names; None if it asks for no signatures.

    Raises:
        InputError: the file can't be read.
    """
    if not policy.allowed_signers:
        return None
    path = root / policy.allowed_signers
    try:
        return AllowedSigners.parse(read_named(path, _LARGEST).decode())
    except (OSError, UnicodeDecodeError, EvidenceError) as error:
        raise InputError(f"The policy's allowed signers {path} can't be read: {error}") from error


def _left_out(*narrowing: Sequence[Reviewed]) -> str:
    """Of how many reviews why they don't count."""
    why = ("replaced or stale", "by who recorded what it rests on", "not signed by who they say")
    lengths = [len(one) for one in narrowing]
    counts = [more - fewer for more, fewer in pairwise(lengths)]
    told = [f"{count} {reason}" for count, reason in zip(counts, why, strict=True) if count]
    return f" ({', '.join(told)})" if told else ""


def _is_good(one: Reviewed, signers: AllowedSigners) -> bool:
    try:
        return one.as_signed is not None and check_signature(one.as_signed, signers) is Signed.GOOD
    except EvidenceError:
        return False


def _who(reviews: Sequence[Reviewed]) -> str:
    return ", ".join(map(_said_by, reviews))


def _said_by(one: Reviewed) -> str:
    """Who objects, why, and who else tried to take it back."""
    others = [str(by.get("recorded_by")) for by in one.retractions]
    note = f" ({one.said['note']})" if one.said.get("note") else ""
    retracted = f", which {' and '.join(others)} retracted, not they" if others else ""
    return f"{one.reviewer or 'somebody'}{note}{retracted}"
