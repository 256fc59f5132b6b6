"""The gate: what keeps an edition from being published, and what opens it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import RuleError
from evidence_chain.rules import SPEAKS
from evidence_chain.wording.plural import counted
from evidence_db.proofreading.printed import mend
from evidence_db.publishing.gate import mends
from evidence_db.publishing.gate.attested import Attesting, stamps_lacking, witnesses_lacking
from evidence_db.publishing.gate.requests import unanswered
from evidence_db.publishing.gate.reviewed import PassagesWanting, claim_wanting
from evidence_db.publishing.policy import FILE
from evidence_db.reading.notices.carried import to_look_at_again

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from evidence_chain.graph import Graph, Link
    from evidence_chain.reviews.allowed_signers import AllowedSigners
    from evidence_chain.verify.report import Report
    from evidence_db.publishing.gate.requests import Waiting
    from evidence_db.publishing.policy import Policy
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

RULES = {
    "verified": "`evidence verify` holds, with nothing that could not be checked.",
    "covered": "The newest signed checkpoint covers the whole log.",
    "statement": "The statement of each claim that is asked for is disclosed.",
    "withheld-passage": "No passage that is withheld stands in a file that is disclosed.",
    "passages": "Each passage may be published, or was signed off.",
    "origins": "The claim's support has as many independent origins as the policy asks.",
    "contradictions": "Each record that contradicts the claim has a note on its link.",
    "replies": "Each request for comment was answered, or nothing came up to a recorded day since.",
    "leaks": "No withheld value stands in the edition.",
    "reviews": "Enough other people approved the claim. A rejection shuts it in any case.",
    "timestamps": "As many authorities as the policy asks, and believes, stamped the checkpoint.",
    "witnesses": "As many witnesses as the policy asks cosigned the checkpoint.",
    "inspected": "The files that are handed out give nothing away besides what they show.",
    "proofread": "The article was compared with the evidence.",
}
"""Every rule of the gate, and what it means when it is met."""
NEVER = ("verified", "covered", "statement", "withheld-passage", "leaks")
"""The rules that nobody overrides: what breaks them, a reader's check would find.

A file in which a withheld passage stands is named by itself, with `--despite`.
"""


def is_asked(rule: str, policy: Policy) -> bool:
    """Whether anybody asks a rule of what is published."""
    asked = {
        "origins": policy.origins > 0,
        "contradictions": policy.contradictions_noted,
        "replies": policy.replies,
        "reviews": policy.reviews > 0,
        "timestamps": policy.timestamps > 0,
        "witnesses": policy.witnesses,
        "inspected": policy.inspected,
        "proofread": bool(policy.articles),
    }
    return asked.get(rule, True)


@dataclass(frozen=True, slots=True)
class Line:
    """One rule asked of one thing; `subject` is an id, or `None` for the whole edition."""

    rule: str
    subject: str | None
    outcome: str
    """`met`, `overridden`, `not-asked`, or `unmet`, which keeps the gate shut."""
    detail: str | None = None
    """Why it was overridden; or what is lacking, and the command that mends it."""

    def as_json(self) -> dict[str, Any]:
        """The line as edition.json has it."""
        return asdict(self)


class Gate:
    """Asks every rule of the claims that are to be published.

    Args:
        reader: A reader of the case.
        policy: What the newsroom asks.
        claims: The claims, by index.
        overridden: Why a rule doesn't count, by rule.
        signers: Whose signed reviews count; None if reviews need no signature.
        attesting: Whose time-stamps and cosignatures count.
        is_whole: Whether all records are to be published, those that bear on no claim, too.
        articles: What is wrong with the articles that the policy names.
        wanting: Finds the passages that want a look, if what it found before is at hand.
    """

    def __init__(
        self,
        reader: Reader,
        policy: Policy,
        claims: Sequence[int],
        overridden: Mapping[str, str],
        *,
        is_whole: bool = False,
        signers: AllowedSigners | None = None,
        attesting: Attesting | None = None,
        articles: Sequence[str] = (),
        wanting: PassagesWanting | None = None,
    ) -> None:
        may = [name for name in RULES if name not in NEVER]
        for rule in overridden:
            if rule not in may and not rule.startswith("inspected:"):
                raise RuleError(
                    f"The rule {rule!r} can't be overridden; those that can: {', '.join(may)}."
                )
        self._reader = reader
        self._policy = policy
        self._claims = claims
        self._overridden = overridden
        self._is_whole = is_whole
        self._signers = signers
        self._asked: set[int] = set()
        """The records that bear on the claims that were asked about."""
        self.wanting = wanting or PassagesWanting(reader, signers)
        self._attesting = attesting or Attesting()
        self._articles = articles

    def lines(self, report: Report, covered: int, size: int) -> Iterator[Line]:
        """Every rule with what came of it.

        Args:
            report: What `verify` found.
            covered: The size of the newest checkpoint.
            size: The size of the log.
        """
        yield self._verified(report)
        yield from self.of_records(covered, size)
        asked_for = is_asked("proofread", self._policy)
        proofread = self._line("proofread", None, self._articles, mend(self._articles))
        yield proofread if asked_for else Line("proofread", None, "not-asked")

    def of_records(self, covered: int, size: int) -> Iterator[Line]:
        """The rules for which no file is read: of the log's cover and of each claim."""
        yield from self.of_log(covered, size)
        for claim in self._claims:
            yield from self.of_claim(claim, self._reader.graph(claim))
        yield from self.of_the_rest()

    def of_log(self, covered: int, size: int) -> Iterator[Line]:
        """The rules of the log's cover, and of who attests the newest checkpoint."""
        behind = [] if covered == size else [f"{counted(size - covered, 'entry')} came after it"]
        yield self._line("covered", None, behind, "`evidence checkpoint`")
        yield self._stamped(covered)
        yield self._cosigned()

    def of_claim(self, claim: int, graph: Graph) -> Iterator[Line]:
        """The rules of one claim, on which all that is in `graph` bears.

        Of one that was retracted or replaced the passages alone are asked: they are published.
        """
        record = self._reader.record(claim)
        self._asked |= graph.nodes.keys()
        live = [node.index for node in graph.nodes.values() if graph.is_live(node.index)]
        yield self._passages(record, live, self._carried(graph))
        if self._reader.is_ended(claim):
            return
        yield self._origins(record, graph)
        yield self._contradictions(record, graph)
        yield self._replies(record.id)
        yield self._reviews(record, graph)

    def of_the_rest(self) -> Iterator[Line]:
        """The rules of what bears on none of the claims, if that is published, too."""
        if self._is_whole:
            yield self._passages(None, self._elsewhere(self._asked))

    def _stamped(self, covered: int) -> Line:
        """The newest checkpoint is stamped by enough authorities that the policy believes."""
        if not is_asked("timestamps", self._policy):
            return Line("timestamps", None, "not-asked")
        asked, roots = self._policy.timestamps, self._attesting.roots
        short = stamps_lacking(self._reader, covered, asked, roots)
        mend = "`evidence timestamp`" if roots else f"`authority_roots` in {FILE}"
        return self._line("timestamps", None, short, mend)

    def _cosigned(self) -> Line:
        """The newest checkpoint is cosigned by a quorum of the newsroom's witnesses."""
        if not is_asked("witnesses", self._policy):
            return Line("witnesses", None, "not-asked")
        lacking = witnesses_lacking(self._reader, self._attesting.witnesses)
        return self._line("witnesses", None, lacking, "`evidence cosign`")

    def _verified(self, report: Report) -> Line:
        """What `verify` found, but for what the rule `covered` says."""
        found = [one for one in report.problems if one.check != "coverage"]
        problems = [f"{one.check}: {one.detail}" for one in found]
        return self._line("verified", None, problems, mends.of_checks(one.check for one in found))

    def _line(self, rule: str, subject: str | None, problems: Sequence[str], mend: str) -> Line:
        if not problems:
            return Line(rule, subject, "met")
        if rule in self._overridden:
            return Line(rule, subject, "overridden", self._overridden[rule])
        told = "; ".join(problem.rstrip(".") for problem in problems[: mends.MOST])
        left = len(problems) - mends.MOST
        more = f" (and {left} more)" if left > 0 else ""
        return Line(rule, subject, "unmet", f"{told}{more}. Mend it: {mend}")

    def _carried(self, graph: Graph) -> list[Link]:
        """The links that count, and were made for another wording of their claim."""
        counting = {
            one.index: one for one in graph.links if one.relation in SPEAKS and graph.counts(one)
        }
        again = sorted(to_look_at_again(self._reader.connection, counting))
        return [counting[index] for index in again]

    def _passages(
        self, claim: Record | None, indexes: Iterable[int], carried: Sequence[Link] = ()
    ) -> Line:
        """Every passage of a status that may be published; a person's sign-off opens others."""
        wanting = self.wanting.of(indexes)
        problems = [
            f"{self._reader.record(link.index).name} was carried from another wording of the "
            f"claim: look at it again, and {mends.unlinked(self._reader, link)} if it doesn't hold"
            for link in carried
        ]
        slug = claim and str(claim.body.get("slug") or claim.id[:8])
        return self._line(
            "passages",
            claim and claim.id,
            [*problems, *map(str, wanting)],
            mends.of_passages(wanting, carried, slug),
        )

    def _elsewhere(self, asked: Container[int]) -> Iterator[int]:
        """The passages that bear on none of the claims."""
        rows = self._reader.connection.execute("SELECT idx FROM evidence ORDER BY idx").fetchall()
        return (i for (i,) in rows if i not in asked and not self._reader.is_ended(i))

    def _origins(self, claim: Record, graph: Graph) -> Line:
        if not is_asked("origins", self._policy):
            return Line("origins", claim.id, "not-asked")
        there = graph.structure(claim.index).origins
        lacking = (
            f"it has {counted(there, 'independent origin')}, and needs {self._policy.origins:,}"
        )
        short = [lacking] if there < self._policy.origins else []
        return self._line("origins", claim.id, short, mends.of_origins(claim))

    def _contradictions(self, claim: Record, graph: Graph) -> Line:
        if not is_asked("contradictions", self._policy):
            return Line("contradictions", claim.id, "not-asked")
        links = [
            link
            for link in graph.links_to(claim.index, "contradicts")
            if graph.counts(link) and not self._reader.record(link.index).body.get("note")
        ]
        bare = [
            f"nothing is said of {self._reader.record(link.from_).name}, which contradicts it by "
            f"the link {self._reader.record(link.index).id[:8]}"
            for link in links
        ]
        mend = mends.of_contradictions(self._reader, links, claim)
        return self._line("contradictions", claim.id, bare, mend)

    def _replies(self, id_: str) -> Line:
        if not is_asked("replies", self._policy):
            return Line("replies", id_, "not-asked")
        return self._line(
            "replies", id_, [*map(str, self._unanswered)], mends.of_requests(self._unanswered)
        )

    def _reviews(self, claim: Record, graph: Graph) -> Line:
        wanting = claim_wanting(self._reader, self._policy, claim.index, graph, self._signers)
        if not wanting and not is_asked("reviews", self._policy):
            return Line("reviews", claim.id, "not-asked")
        return self._line("reviews", claim.id, wanting, mends.of_reviews(claim))

    @cached_property
    def _unanswered(self) -> list[Waiting]:
        """The requests for comment of the whole case that keep each of its claims back."""
        return unanswered(self._reader)
