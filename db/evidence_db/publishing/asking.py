"""What a publisher asks for, taken to the gate: what it says, and what would be disclosed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_db.proofreading.printed import wrong_in_articles
from evidence_db.publishing.gate.attested import read_attesting
from evidence_db.publishing.gate.gate import Gate
from evidence_db.publishing.gate.inspecting import inspected
from evidence_db.publishing.gate.reviewed import read_signers
from evidence_db.publishing.gate.withheld_lines import WithheldLines
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import all_claims, of_claims, selection_by
from evidence_db.publishing.shown_before import SHOWN, shown_before
from evidence_db.publishing.withholding.decisions import decisions
from evidence_db.publishing.withholding.hinted import Hint, hinted
from evidence_db.reading.notices.erasures import erasures
from evidence_db.reading.references import find_claim, find_record
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from evidence_db.case import Case
    from evidence_db.publishing.gate.gate import Line
    from evidence_db.publishing.policy import Policy
    from evidence_db.publishing.withholding.decisions import Decision
    from evidence_db.publishing.withholding.gathering import Withholding
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader

ENDED = "Its record no longer stands, and nothing was quoted from it."


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to be published."""

    claims: Sequence[str] = ()
    """References of claims; the whole case if there are none."""
    overridden: Mapping[str, str] = field(default_factory=dict)
    """Why a rule of the gate doesn't count, by rule."""
    without_files: Sequence[str] = ()
    """References of preserved files that may not be handed out."""
    reason: str = ""
    """Why those are left out."""
    despite: Sequence[str] = ()
    """References of preserved files that are disclosed though what is withheld stands in them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it."""

    lines: list[Line]
    selection: Selection
    policy: Policy
    size: int
    """Entries of the log that was verified."""
    called: Mapping[str, str]
    """The short names of the claims, by id."""
    warnings: Sequence[Hint] = ()
    """What no search finds, for the publisher to look at."""
    decided: Sequence[Decision] = ()
    """All that was decided to be withheld or disclosed until then."""

    @property
    def unmet(self) -> list[Line]:
        """What keeps the gate shut."""
        return [line for line in self.lines if line.outcome == "unmet"]


def ask(
    case: Case, request: Request, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Asked:
    """Verify the case, and ask every rule of the gate.

    Raises:
        InputError: a reference names nothing, or the policy can't be read.
        RuleError: a rule is overridden that there isn't, or that nobody may override.
        StorageError: the case can't be read.
    """
    policy = read_policy(case.root)
    with case.reader() as reader:
        wanted = {_claim(reader, reference) for reference in request.claims}
        selection = select(case, reader, policy, request)
        gone = erasures(reader.connection)
        told = (i for i in all_claims(reader) if selection.names(i, ["statement"]))
        claims = [index for index in told if index not in gone]
        wrong = wrong_in_articles(case, reader, policy.articles, selection.hidden, progress)
        gate = Gate(
            reader,
            policy,
            claims,
            request.overridden,
            is_whole=not wanted,
            signers=read_signers(case.root, policy),
            attesting=read_attesting(case.root, policy),
            articles=wrong,
        )
        report = verify(case, Wanted(all_digests=True), progress)
        checkpoints = reader.checkpoints()
        covered = checkpoints[-1].size if checkpoints else 0
        withheld = WithheldLines(case, reader, selection)
        lines = [
            *gate.lines(report, covered, reader.size()),
            *withheld.statements(wanted),
            *withheld.passages(request.despite),
            *inspected(case.files, reader, policy, selection, request.overridden, progress),
        ]
        called = {one.id: str(one.body.get("slug")) for one in map(reader.record, claims)}
        warned = [
            *hinted(reader, selection),
            *(
                Hint(SHOWN, one.id, one.sentence)
                for one in shown_before(case.root, reader, selection.withheld)
            ),
        ]
        decided = decisions(reader.connection)
        return Asked(lines, selection, policy, reader.size(), called, warned, decided)


def _claim(reader: Reader, reference: str) -> int:
    """The claim that somebody asks to be published.

    Raises:
        InputError: there is none, or it was erased.
    """
    claim = find_claim(reader, reference)
    if claim.erased is not None:
        raise InputError(f"{claim.name} was erased, so there is nothing of it to publish.")
    return claim.index


def select(
    case: Case,
    reader: Reader,
    policy: Policy,
    request: Request,
    gathered: Withholding | None = None,
) -> Selection:
    """What would be disclosed, whatever the gate says.

    Args:
        case: The case.
        reader: A reader of it.
        policy: What the newsroom withholds.
        request: What is asked for.
        gathered: What the case withholds in single records, if it is at hand.

    Raises:
        InputError: a reference names nothing.
        FormatError: the database has what is no record.
    """
    wanted = {_claim(reader, reference) for reference in request.claims}
    shown = of_claims(reader, wanted) if wanted else None
    return _without(case, reader, selection_by(reader, policy, shown, gathered), request)


def _without(case: Case, reader: Reader, selection: Selection, request: Request) -> Selection:
    """The same, without some files and the texts that were drawn from them.

    Nor is a file handed out whose record ended, and on which no passage was ever based.
    """
    absent = dict.fromkeys(_ended_and_unquoted(reader), ENDED)
    for reference in request.without_files:
        artifact = find_record(reader, reference, "artifact", files=case.files)
        absent[str(artifact.body["blake3"])] = request.reason
        for index in reader.passages_in(artifact.index):
            absent[str(reader.record(index).body["extracted"])] = request.reason
    return replace(selection, absent=absent)


def _ended_and_unquoted(reader: Reader) -> set[str]:
    """The digests of files whose records were all retracted or replaced, and never quoted from."""
    named = reader.connection.execute(
        "SELECT DISTINCT blake3 FROM artifact WHERE blake3 IS NOT NULL AND idx IN (SELECT to_idx "
        "FROM retraction UNION SELECT to_idx FROM link WHERE relation = 'replaces')"
    ).fetchall()
    return {str(digest) for (digest,) in named if not _is_wanted(reader, digest)}


def _is_wanted(reader: Reader, digest: str) -> bool:
    """Whether a record of a file stands, or anything was quoted from it."""
    rows = reader.connection.execute("SELECT idx FROM artifact WHERE blake3 = ?", (digest,))
    files = [index for (index,) in rows.fetchall()]
    return any(not reader.is_ended(one) or reader.passages_in(one) for one in files)
