"""What a claim rests on: the links that count, and how many origins are independent.

Pure rules over the part of the log that bears on one claim. Structure says nothing of
integrity, and neither says that a claim is true.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.rules import SPEAKS

if TYPE_CHECKING:
    from collections.abc import Iterable


NO_ORIGIN = frozenset(
    f"evidence/{name}" for name in ("request-email", "no-response", "translation")
)
"""Kinds that are no independent origin of support: what a newsroom made itself."""


class Status(StrEnum):
    """How the records that count bear on a claim."""

    SUPPORTED = "supported"
    CONTESTED = "contested"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


class Node(NamedTuple):
    """A record, by its index in the log."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    kind: str
    artifact: int | None = None
    """The preserved file that a passage stands in."""
    withheld: bool = False
    """Whether the file that a passage stands in is not told."""


class Link(NamedTuple):
    """A link between two records."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    relation: str
    from_: int
    to: int


class Structure(NamedTuple):
    """A claim's structure: counts of what is live (neither retracted nor replaced)."""

    status: Status
    supports: int
    contradicts: int
    qualifies: int
    origins: int
    """Origins of the support that share no root with each other."""
    documents: int
    """Distinct preserved files that the support is seen through."""
    origins_withheld: int = 0
    """Supporting records whose origin is withheld, so that none is counted for them."""


@dataclass
class Graph:
    """The part of the log that bears on a claim."""

    nodes: dict[int, Node]
    links: list[Link]
    retracted: dict[int, int] = field(default_factory=dict)
    """The retraction of each record that has one."""
    amendments: dict[int, int] = field(default_factory=dict)
    """The record that each amendment corrects."""
    reviews: dict[int, int] = field(default_factory=dict)
    """The claim or passage that each review is of."""

    @cached_property
    def replaced(self) -> dict[int, int]:
        """The record that replaces each record that has been replaced."""
        return {
            link.to: link.from_
            for link in self.links
            if link.relation == "replaces" and link.index not in self.retracted
        }

    @cached_property
    def _by_target(self) -> dict[tuple[int, str], list[Link]]:
        by_target = defaultdict(list)
        for link in self.links:
            by_target[link.to, link.relation].append(link)
        return by_target

    @cached_property
    def _by_origin(self) -> dict[tuple[int, str], list[Link]]:
        by_origin = defaultdict(list)
        for link in self.links:
            by_origin[link.from_, link.relation].append(link)
        return by_origin

    def kinds(self) -> dict[int, str]:
        """The kind of each entry that bears on a claim, in log order."""
        kinds = {link.index: "link" for link in self.links}
        kinds |= dict.fromkeys(self.retracted.values(), "retraction")
        kinds |= dict.fromkeys(self.amendments, "amendment")
        kinds |= dict.fromkeys(self.reviews, "review")
        kinds |= {index: node.kind for index, node in self.nodes.items()}
        return dict(sorted(kinds.items()))

    def links_to(self, claim: int, relation: str) -> list[Link]:
        """All links of `relation` to a claim, those that no longer count too, in log order."""
        return self._by_target.get((claim, relation), [])

    def links_from(self, index: int, relation: str) -> list[Link]:
        """All links of `relation` from a record, in log order."""
        return self._by_origin.get((index, relation), [])

    def ended(self, index: int) -> bool:
        """Whether a record itself was retracted or replaced."""
        return index in self.retracted or index in self.replaced

    def is_live(self, index: int) -> bool:
        """Whether a record counts: a passage counts no more than the file it stands in."""
        artifact = self.nodes[index].artifact
        return not self.ended(index) and not (artifact is not None and self.ended(artifact))

    def counts(self, link: Link) -> bool:
        """Whether a link to a claim counts.

        A supporting claim counts through its own support, so one that nothing supports does
        not. A contradiction is never discounted for want of evidence.
        """
        if self.ended(link.index) or not self.is_live(link.from_):
            return False
        if link.relation == "supports" and self.nodes[link.from_].kind == "claim":
            return bool(self.support(link.from_))
        return True

    def support(self, claim: int) -> frozenset[int]:
        """The live evidence that supports a claim, directly or through other claims."""
        found: set[int] = set()
        seen: set[int] = set()
        claims = [claim]
        while claims:
            current = claims.pop()
            if current in seen:
                continue
            seen.add(current)
            for link in self.links_to(current, "supports"):
                if self.ended(link.index) or not self.is_live(link.from_):
                    continue
                if self.nodes[link.from_].kind == "claim":
                    claims.append(link.from_)
                else:
                    found.add(link.from_)
        return frozenset(found)

    def lineage(self, index: int) -> frozenset[int]:
        """A record, what it comes from, what that comes from, and so on to its roots.

        A record comes from what it derives from, else from its file; a file that preserves an
        original from that original too; and what was replaced from what replaces it. Two
        records share a root exactly if their lineages meet, also where some run in a circle.
        """
        seen: set[int] = set()
        todo = [index]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo += self._origins_of(current)
        return frozenset(seen)

    def roots(self, index: int) -> list[int]:
        """The ends of a record's lineage, by index: what it finally comes from.

        Where that runs in a circle without an end, the earliest record of it stands for it.
        """
        lineage = self.lineage(index)
        ends = sorted(one for one in lineage if not self._origins_of(one))
        return ends or [min(lineage)]

    def _origins_of(self, index: int) -> list[int]:
        further = [
            link.to
            for relation in ("derives-from", "preserves")
            for link in self.links_from(index, relation)
            if not self.ended(link.index)
        ]
        if index in self.replaced:
            further.append(self.replaced[index])
        artifact = self.nodes[index].artifact
        return further or ([] if artifact is None else [artifact])

    def structure(self, claim: int) -> Structure:
        """Compute the structure of a claim."""
        counts = {
            relation: sum(map(self.counts, self.links_to(claim, relation))) for relation in SPEAKS
        }
        support = self.support(claim)
        untold = {index for index in support if self._is_untold(index)}
        return Structure(
            status=_status(counts["supports"], counts["contradicts"]),
            **counts,
            origins=_origins(
                (self.lineage(index), self.nodes[index].kind not in NO_ORIGIN)
                for index in support - untold
            ),
            documents=len({self.nodes[index].artifact for index in support} - {None}),
            origins_withheld=len(untold),
        )

    def _is_untold(self, index: int) -> bool:
        """Whether nobody can tell from what a record comes, since its file is withheld."""
        return self.nodes[index].withheld and not self._origins_of(index)


def _status(supports: int, contradicts: int) -> Status:
    if supports:
        return Status.CONTESTED if contradicts else Status.SUPPORTED
    return Status.CONTRADICTED if contradicts else Status.UNSUPPORTED


def _origins(lineages: Iterable[tuple[frozenset[int], bool]]) -> int:
    """The number of connected components among lineages, of which one at least is an origin's.

    What is no origin of its own still joins those that it comes from.
    """
    parent: dict[int, int] = {}

    def top(item: int) -> int:
        while parent.setdefault(item, item) != item:
            parent[item] = item = parent[parent[item]]
        return item

    counting = []
    for lineage, is_origin in lineages:
        first, *rest = lineage
        top(first)
        for item in rest:
            parent[top(item)] = top(first)
        counting += [first] if is_origin else []
    return len({top(item) for item in counting})
