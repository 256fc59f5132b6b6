"""What is left to do for claims: support, contradictions, links that were carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.graph import Status
from evidence_chain.rules import SPEAKS
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
    counting = [one.index for one in graph.links if one.relation in SPEAKS and graph.counts(one)]
    for index in sorted(to_look_at_again(reader.connection, counting)):
        link = reader.record(index)
        yield Task(
            "links",
            link.id,
            link.id[:8],
            f"It bears on {slug}.",
            f"evidence review {slug} --approve",
        )
