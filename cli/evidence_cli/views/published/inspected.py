"""What files give away, for people: shown to their owner alone, with hostile text made harmless."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.inspect import LIMITS, Severity
from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from evidence_chain.inspect import Finding, Inspection
    from evidence_db.case import Case

_WHEN_ADDED = 10
"""Files that are looked into when they are added."""
_SHOWN = 300
"""Characters of what a finding gives away."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file, and what came of looking into it."""

    name: str
    local: Callable[[], AbstractContextManager[Path]]
    """Its path, for as long as that is needed."""
    inspection: Inspection
    id: str | None = None
    """Its record, if it is preserved."""


def lines(one: Inspected, *, everything: bool) -> Iterator[str]:
    """What was found in a file: each kind with its places, then what to do.

    Args:
        one: The file.
        everything: Whether what is ordinary is told, too.
    """
    inspection = one.inspection
    yield paint(flat(one.name), bold=True) + (f" · artifact {one.id[:8]}" if one.id else "")
    unseen = [*filter(_is_unseen, inspection.findings)]
    shown = inspection.findings if everything else [*inspection.reveals, *unseen]
    kinds: dict[str, list[Finding]] = {}
    for finding in shown:
        kinds.setdefault(finding.kind, []).append(finding)
    for kind, findings in kinds.items():
        yield from _kind(kind, findings)
    for reason in inspection.unchecked:
        yield wrapped(f"{paint('not checked', fg='yellow')}  {flat(reason)}", "  ")
    yield _sum(inspection, everything=everything)
    if not inspection.media_type.startswith("text/"):
        yield wrapped(LIMITS, "  ")


def remaining(copy: Inspection, original: Inspection) -> Iterator[str]:
    """What a copy still gives away: how much of each kind, and in full what the original didn't.

    Args:
        copy: What came of looking into the copy.
        original: What came of looking into the file that it was made of, told before.
    """
    known = {(finding.kind, finding.gives) for finding in original.reveals}
    counts = Counter(finding.kind for finding in copy.reveals)
    new = [one for one in copy.reveals if (one.kind, one.gives) not in known]
    for kind in dict.fromkeys(one.kind for one in new):
        yield from _kind(kind, [one for one in new if one.kind == kind])
    for reason in copy.unchecked:
        yield wrapped(f"{paint('not checked', fg='yellow')}  {flat(reason)}", "  ")
    if counts:
        told = ", ".join(f"{kind} ({count})" for kind, count in sorted(counts.items()))
        yield wrapped(f"The copy still has: {told}.", "  ")
    else:
        yield _sum(copy, everything=True).replace("  It ", "  The copy ", 1)


def _kind(kind: str, findings: list[Finding]) -> Iterator[str]:
    first = findings[0]
    colour = "red" if first.severity == Severity.REVEALS else "cyan"
    yield f"  {paint(str(first.severity), fg=colour, bold=True)}  {kind}: {first.what}"
    for finding in findings:
        yield wrapped(f"{flat(finding.place)}: {_gives(finding)}", "      ")
    if first.severity == Severity.REVEALS:
        yield wrapped(f"What to do: {first.remedy}", "    ")


def _gives(finding: Finding) -> str:
    said = flat(finding.gives)
    return f"“{said[:_SHOWN]}{' …' if len(said) > _SHOWN else ''}”"


def _sum(inspection: Inspection, *, everything: bool) -> str:
    hidden = [one.place.rpartition(", ")[2] for one in inspection.findings if _is_unseen(one)]
    reveals, total = len(inspection.reveals), len(inspection.findings)
    ordinary = total - reveals - len(hidden)
    if not inspection.media_type and not total:
        return "  It could not be looked into: whether it gives anything away is not known."
    more = f"; {counted(ordinary, 'ordinary thing')}: --all" if ordinary and not everything else ""
    gives = counted(reveals, "thing") if reveals else "nothing that was looked for"
    unseen = f"; but look at its {', '.join(hidden)}, above" if hidden else ""
    return f"  It gives away {gives}{unseen}{more}."


def _is_unseen(finding: Finding) -> bool:
    """Whether it is text of a page that its style hides: a menu, or what somebody meant to hide."""
    return finding.kind == "html-hidden" and "hidden text" in finding.place


def told_when_added(case: Case, ids: Sequence[str]) -> Iterator[str]:
    """One line for each file just preserved that gives something away.

    Args:
        case: The case.
        ids: The records of the files; those after the first few are not looked into.
    """
    from evidence_db.reading.notices.inspected import inspect_preserved
    from evidence_db.reading.references import find_record

    with case.reader() as reader:
        documents = [find_record(reader, id_, "artifact") for id_ in ids[:_WHEN_ADDED]]
    for document in documents:
        inspection, short = inspect_preserved(case.files, document), document.id[:8]
        if count := len(inspection.reveals):
            called = f" ({short})" if len(ids) > 1 else ""
            yield f"It{called} gives away {counted(count, 'thing')}: evidence inspect {short}"
    if len(ids) > _WHEN_ADDED:
        left = counted(len(ids) - _WHEN_ADDED, "further file")
        yield f"{left} not inspected: evidence inspect REF…"
