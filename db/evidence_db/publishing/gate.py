"""The gate: what keeps an edition from being published, and what opens it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import RuleError
from evidence_chain.plural import counted
from evidence_chain.rules import SPEAKS
from evidence_db.proofreading.printed import mend
from evidence_db.publishing.attested import Attesting, stamps_lacking, witnesses_lacking
from evidence_db.publishing.policy import FILE
from evidence_db.publishing.requests import unanswered
from evidence_db.publishing.reviewed import claim_wanting, passages_wanting
from evidence_db.reading.notices.carried import to_look_at_again

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from evidence_chain.graph import Graph
    from evidence_chain.reviews.allowed_signers import AllowedSigners
    from evidence_chain.verify.report import Report
    from evidence_db.publishing.policy import Policy
    from evidence_db.reading.reader import Reader

RULES = {
    "verified": "`evidence verify` holds, with nothing that could not be checked.",
    "covered": "The newest signed checkpoint covers the whole log.",
    "statement": "The statement of each claim that is asked for is disclosed.",
    "withheld-passage": "No passage that is withheld stands in a file that is disclosed.",
    "passages": "Each passage may be published, or was signed off.",
    "origins": "The claim's support has as many independent origins as the policy asks.",
    "contradictions": "Each record that contradicts the claim has a note on its link.",
    "replies": "Each request for comment was answered, or its time is past.",
    "leaks": "No withheld value stands in the edition.",
    "reviews": "Enough other people approved the claim. A rejection shuts it in any case.",
    "timestamps": "As many authorities as the policy asks, and believes, stamped the checkpoint.",
    "witnesses": "As many witnesses as the policy asks cosigned the checkpoint.",
    "inspected": "The files that are handed out give nothing away besides what they show.",
    "proofread": "The article was compared with the evidence.",
}
"""Every rule of the gate, and what it means when it is met."""
_RESTORE = "remove a file that is damaged, and put it back: `evidence add artifact FILE`"
MENDS = {
    "signature": "put the signing key in its place, or name it in EVIDENCE_KEY",
    **dict.fromkeys(("file", "file-sha256", "stream", "crop"), _RESTORE),
    "decisions": "look at `evidence withheld --history`, and restore the case from a copy",
    "dkim": "record the e-mail anew with the key that signed it, `evidence add … --dkim-key FILE`",
    "rendered": "install tesseract, Chromium, LibreOffice, and look at the page",
}
"""What opens the rule `verified`, by the check that keeps it shut."""
_ELSE = "`evidence verify` tells all of it; restore the case from a copy"
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
        behind = [] if covered == size else [f"{counted(size - covered, 'entry')} came after it"]
        yield self._line("covered", None, behind, "`evidence checkpoint`")
        yield self._stamped(covered)
        yield self._cosigned()
        asked: set[int] = set()
        for claim in self._claims:
            record, graph = self._reader.record(claim), self._reader.graph(claim)
            asked |= graph.nodes.keys()
            live = [node.index for node in graph.nodes.values() if graph.is_live(node.index)]
            yield self._passages(record.id, live, self._carried(graph))
            yield self._origins(record.id, claim, graph)
            yield self._contradictions(record.id, claim, graph)
            yield self._replies(record.id)
            yield self._reviews(record.id, claim, graph)
        if self._is_whole:
            yield self._passages(None, self._elsewhere(asked))

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
        mends = dict.fromkeys(MENDS[one.check] for one in found if one.check in MENDS) or [_ELSE]
        problems = [f"{one.check}: {one.detail}" for one in found]
        return self._line("verified", None, problems, "; ".join(mends))

    def _line(self, rule: str, subject: str | None, problems: Sequence[str], mend: str) -> Line:
        if not problems:
            return Line(rule, subject, "met")
        if rule in self._overridden:
            return Line(rule, subject, "overridden", self._overridden[rule])
        told = "; ".join(problem.rstrip(".") for problem in problems[:3])
        more = f" (and {len(problems) - 3} more)" if len(problems) > 3 else ""
        return Line(rule, subject, "unmet", f"{told}{more}. Mend it: {mend}")

    def _carried(self, graph: Graph) -> list[str]:
        """The links that count, and were made for another wording of their claim."""
        counting = [
            one.index for one in graph.links if one.relation in SPEAKS and graph.counts(one)
        ]
        again = sorted(to_look_at_again(self._reader.connection, counting))
        return [
            f"{self._reader.record(index).name} was carried from another wording of the claim: "
            "look at it again (`evidence unlink`, `evidence link`)"
            for index in again
        ]

    def _passages(
        self, id_: str | None, indexes: Iterable[int], carried: Iterable[str] = ()
    ) -> Line:
        """Every passage of a status that may be published; a person's sign-off opens others."""
        wanting = [*carried, *passages_wanting(self._reader, indexes, self._signers)]
        return self._line(
            "passages",
            id_,
            wanting,
            "`evidence replace` or `evidence retract`; or, once somebody has looked at it, "
            "`evidence review REF --approve`",
        )

    def _elsewhere(self, asked: Container[int]) -> Iterator[int]:
        """The passages that bear on none of the claims."""
        rows = self._reader.connection.execute("SELECT idx FROM evidence ORDER BY idx").fetchall()
        return (i for (i,) in rows if i not in asked and not self._reader.is_ended(i))

    def _origins(self, id_: str, claim: int, graph: Graph) -> Line:
        if not is_asked("origins", self._policy):
            return Line("origins", id_, "not-asked")
        there = graph.structure(claim).origins
        lacking = (
            f"it has {counted(there, 'independent origin')}, and needs {self._policy.origins:,}"
        )
        short = [lacking] if there < self._policy.origins else []
        return self._line("origins", id_, short, "`evidence link … --supports`")

    def _contradictions(self, id_: str, claim: int, graph: Graph) -> Line:
        if not is_asked("contradictions", self._policy):
            return Line("contradictions", id_, "not-asked")
        bare = [
            f"nothing is said of {self._reader.record(link.from_).name}, which contradicts it by "
            f"the link {self._reader.record(link.index).id[:8]}"
            for link in graph.links_to(claim, "contradicts")
            if graph.counts(link) and not self._reader.record(link.index).body.get("note")
        ]
        return self._line(
            "contradictions", id_, bare, "`evidence retract LINK`, then `evidence link … --note`"
        )

    def _replies(self, id_: str) -> Line:
        if not is_asked("replies", self._policy):
            return Line("replies", id_, "not-asked")
        mend = "`evidence add response-email … --answers`, or `evidence add no-response --to …`"
        return self._line("replies", id_, self._unanswered, mend)

    def _reviews(self, id_: str, claim: int, graph: Graph) -> Line:
        wanting = claim_wanting(self._reader, self._policy, claim, graph, self._signers)
        if not wanting and not is_asked("reviews", self._policy):
            return Line("reviews", id_, "not-asked")
        return self._line("reviews", id_, wanting, "`evidence review CLAIM --approve --as NAME`")

    @cached_property
    def _unanswered(self) -> list[str]:
        """The requests for comment of the whole case that keep each of its claims back."""
        return [
            f"{self._reader.record(one).name} is unanswered" for one in unanswered(self._reader)
        ]
