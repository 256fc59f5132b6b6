"""Everything that is left to do, in one list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.wording.plural import counted
from evidence_db.publishing.gate.attested import read_attesting
from evidence_db.publishing.gate.gate import Gate, is_asked
from evidence_db.publishing.gate.reviewed import read_signers
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import all_claims
from evidence_db.reading.attested.custody import size_before_told
from evidence_db.reading.attested.reviewed import reviews_of
from evidence_db.reading.attested.stamps import authorities_of
from evidence_db.reading.notices.erasures import erasures
from evidence_db.tasks.of_claims import tasks_of_claim
from evidence_db.tasks.of_documents import tasks_of_documents
from evidence_db.tasks.of_passages import looked_at, tasks_of_passages
from evidence_db.tasks.of_reviews import tasks_of_reviews
from evidence_db.tasks.task import MATTERS, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.gate.gate import Line
    from evidence_db.publishing.policy import Policy
    from evidence_db.reading.reader import Reader

ASKED_ELSEWHERE = ("verified", "leaks", "inspected", "proofread")
"""The rules of the gate for which files are read: `evidence publish --check-only` asks them."""
_SHOWN_ELSEWHERE = ("passages", "replies", "covered")
"""The rules of the gate of which there are lines among the tasks themselves."""


@dataclass(slots=True)
class Todo:
    """What is left to do."""

    tasks: list[Task] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)
    """How many passages somebody has looked at and approved, by who did."""
    unmet: list[str] = field(default_factory=list)
    """The rules of the policy that aren't met, each once."""
    claims: int = 0
    """Claims that were looked at."""
    left: int = 0
    """Claims that were not, since there are too many for one page."""

    def by_matter(self) -> list[tuple[str, list[Task]]]:
        """The tasks of each matter of which there are any, in the order of `MATTERS`."""
        there = {matter: [one for one in self.tasks if one.matter == matter] for matter in MATTERS}
        return [(matter, tasks) for matter, tasks in there.items() if tasks]

    def as_json(self) -> dict[str, Any]:
        """The list as `evidence status --json` has it."""
        return {
            "tasks": [one.as_json() for one in self.tasks],
            "looked_at": self.looked_at,
            "unmet": self.unmet,
            "not_asked_here": list(ASKED_ELSEWHERE),
            "claims": self.claims,
            "claims_left": self.left,
        }


def todo(
    case: Case,
    reader: Reader,
    claims: Sequence[int] = (),
    *,
    most: int | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Todo:
    """What is left to do.

    Args:
        case: The case, for its policy.
        reader: A reader of it.
        claims: The claims that are meant, by index; all, and what is about no claim, if empty.
        most: How many claims are looked at, the newest first; all if `None`.
        progress: Told what is done, how much of it is, and of how much.

    Raises:
        InputError: the policy can't be read.
    """
    policy = read_policy(case.root)
    gone = erasures(reader.connection)
    every = [i for i in claims or all_claims(reader) if i not in gone]
    meant = sorted(every, reverse=True)[:most][::-1]
    found = Todo(claims=len(meant), left=len(every) - len(meant))
    nodes, standing = set[int](), list[int]()
    signers = read_signers(case.root, policy)
    attesting = read_attesting(case.root, policy)
    gate = Gate(
        reader, policy, meant, {}, is_whole=not claims, signers=signers, attesting=attesting
    )
    size, checkpoints = reader.size(), reader.checkpoints()
    lines = [*gate.of_log(checkpoints[-1].size if checkpoints else 0, size)]
    for done, claim in enumerate(meant, 1):
        graph = reader.graph(claim)
        lines += gate.of_claim(claim, graph)
        progress("Looking at claims", done, len(meant))
        if graph.ended(claim):
            continue
        standing.append(claim)
        nodes |= {index for index in graph.nodes if graph.is_live(index)}
        found.tasks += tasks_of_claim(reader, claim, graph)
    found.tasks = list(dict.fromkeys(found.tasks))  # a claim may bear on several that are meant
    passages = sorted(nodes) if claims else _passages(reader, gone)
    found.tasks += tasks_of_passages(reader, passages, gate.wanting)
    reviews = reviews_of(reader, passages)
    found.looked_at = looked_at(reviews.values())
    told = {one.subject for one in found.tasks if one.matter == "passages"}
    found.tasks += tasks_of_reviews(reader, reviews_of(reader, standing) | reviews, told)
    if not claims:
        found.tasks += tasks_of_documents(reader)
    found.tasks += _of_log(reader, policy)
    _note(found, reader, [*lines, *gate.of_the_rest()])
    return found


def _passages(reader: Reader, gone: Container[int]) -> list[int]:
    rows = reader.connection.execute("SELECT idx FROM evidence ORDER BY idx").fetchall()
    return [i for (i,) in rows if i not in gone and not reader.is_ended(i)]


def _of_log(reader: Reader, policy: Policy) -> Iterator[Task]:
    """Entries that no checkpoint covers, and a checkpoint without time-stamp, if nobody asks."""
    size, checkpoints = reader.size(), reader.checkpoints()
    covered = checkpoints[-1].size if checkpoints else 0
    if behind := size - covered:
        says = f"{counted(behind, 'entry')} came after the newest checkpoint."
        yield Task("log", None, "checkpoint", says, "evidence checkpoint")
    asked = is_asked("timestamps", policy)  # then the gate tells whose stamps are lacking
    matters = min(covered, size_before_told(reader))
    if covered and not asked and not authorities_of(reader, matters):
        says = f"The newest checkpoint, of {counted(covered, 'entry')}, has no time-stamp."
        yield Task("log", None, "time-stamp", says, "evidence timestamp --tsa URL")


def _note(found: Todo, reader: Reader, lines: Sequence[Line]) -> None:
    """Note what the gate asks for besides the other tasks."""
    unmet = [one for one in lines if one.outcome == "unmet"]
    found.unmet = list(dict.fromkeys(one.rule for one in unmet))
    for line in unmet:
        if line.rule in _SHOWN_ELSEWHERE:
            continue
        place = reader.place(line.subject) if line.subject else None
        called = str(reader.record(place.index).body.get("slug")) if place else line.rule
        says, _, command = (line.detail or "").partition(" Mend it: ")
        found.tasks.append(Task("gate", line.subject, called, says, command.replace("`", "")))
