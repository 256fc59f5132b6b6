"""What is left to do for claims: support, contradictions, links that were carried over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.graph import Status
from evidence_chain.rules import SPEAKS
from evidence_chain.wording.plural import counted
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.graph import Graph
    from evidence_db.reading.reader import Reader


def tasks_of_claim(reader: Reader, claim: int, graph: Graph) -> Iterator[Task]:
    """What one standing claim lacks.

    Args:
        reader: A reader of the case.
        claim: The claim's index.
        graph: What bears on it.
    """
    record = reader.record(claim)
    slug = str(record.body.get("slug") or record.id[:8])
    structure = graph.structure(claim)
    statement = str(record.body.get("statement") or "")
    if structure.status is Status.CONTRADICTED:
        yield Task("contradicted", record.id, slug, statement, f"evidence resolve {slug}")
    elif structure.status is Status.CONTESTED:
        yield Task("contested", record.id, slug, statement, f"evidence resolve {slug}")
    elif not structure.supports:
        yield Task(
            "unsupported", record.id, slug, statement, f"evidence quote FILE … --supports {slug}"
        )
    if structure.supports and structure.origins == 1 and not structure.origins_withheld:
        yield Task(
            "one-origin", record.id, slug, statement, f"evidence quote FILE … --supports {slug}"
        )
    yield from _carried(reader, graph)


def _carried(reader: Reader, graph: Graph) -> Iterator[Task]:
    """The claims with links that were carried over, each once: its review looks at all of them."""
    counting = {
        one.index: one.to for one in graph.links if one.relation in SPEAKS and graph.counts(one)
    }
    again = Counter(counting[one] for one in to_look_at_again(reader.connection, counting))
    for index, links in sorted(again.items()):
        claim = reader.record(index)
        slug = str(claim.body.get("slug") or claim.id[:8])
        says = f"{counted(links, 'link')} to “{claim.body.get('statement') or ''}”"
        yield Task("links", claim.id, slug, says, f"evidence review {slug} --approve")
