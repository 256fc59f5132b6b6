"""The gate's rule `inspected`: what the files that are handed out give away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from evidence_chain.errors import RuleError, StorageError
from evidence_chain.inspect import Inspection
from evidence_chain.wording.plural import counted
from evidence_db.publishing.gate.gate import Line, is_asked
from evidence_db.reading.notices.inspected import inspect_preserved
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from evidence_db.publishing.policy import Policy
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

RULE = "inspected"
_AT_ONCE = 2
"""Files that are looked into at a time."""
_NAMED = 3
"""Kinds of findings that a line tells; `evidence inspect` tells all."""


def inspected(
    files: Files,
    reader: Reader,
    policy: Policy,
    selection: Selection,
    overridden: Mapping[str, str],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> list[Line]:
    """A line for each file that gives something away, or could not be looked into.

    One line for all of them, `met`, if there is no such file.

    Args:
        files: The preserved files of the case.
        reader: A reader of the case.
        policy: What the newsroom asks.
        selection: What will be disclosed.
        overridden: Why a rule doesn't count: `inspected`, or `inspected:REF` for one file.
        progress: Told of each file.

    Raises:
        RuleError: it is overridden for what is no file that will be handed out.
    """
    if not is_asked(RULE, policy):
        return [Line(RULE, None, "not-asked")]
    documents = list(_handed_out(reader, selection))
    reasons = dict(_reasons(files, reader, documents, overridden))
    progress(RULE, 0, len(documents))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = threads.map(lambda one: _inspection(files, one), documents)
        lines = []
        for done, (document, inspection) in enumerate(zip(documents, found, strict=True), 1):
            progress(RULE, done, len(documents))
            if inspection.reveals or inspection.unchecked:
                reason = overridden.get(RULE) or reasons.get(document.index)
                lines.append(_line(document, inspection, reason))
    return lines or [Line(RULE, None, "met")]


def _handed_out(reader: Reader, selection: Selection) -> Iterator[Record]:
    """The files that will be in the edition."""
    rows = reader.connection.execute("SELECT idx FROM artifact ORDER BY idx")
    for (index,) in rows.fetchall():
        document = reader.record(index)
        shown = "blake3" in selection.names(index, document.body)
        if shown and str(document.body.get("blake3")) not in selection.absent:
            yield document


def _reasons(
    files: Files, reader: Reader, documents: list[Record], overridden: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Why findings in single files don't count, by the entries of the files."""
    there = {one.index for one in documents}
    for rule, reason in overridden.items():
        _, colon, reference = rule.partition(f"{RULE}:")
        if colon:
            document = find_record(reader, reference, "artifact", files=files)
            if document.index not in there:
                raise RuleError(
                    f"{rule!r} names a file that will not be handed out, so there is nothing to "
                    "override."
                )
            yield document.index, reason


def _inspection(files: Files, document: Record) -> Inspection:
    """What came of it; of a file that is missing or damaged the rule `verified` tells."""
    try:
        return inspect_preserved(files, document)
    except StorageError:
        return Inspection("", [], [])


def _line(document: Record, inspection: Inspection, reason: str | None) -> Line:
    if reason:
        return Line(RULE, document.id, "overridden", reason)
    told = list(dict.fromkeys(one.kind for one in inspection.reveals))
    kinds = ", ".join(told[:_NAMED]) + (" and more" if len(told) > _NAMED else "")
    problems = [f"it gives away {counted(len(inspection.reveals), 'thing')} ({kinds})"] * bool(told)
    if inspection.unchecked:
        problems.append("it could not be looked into, or not all of it")
    short = document.id[:8]
    return Line(
        RULE,
        document.id,
        "unmet",
        f"{document.name}: {'; '.join(problems)}. Mend it: look at it (`evidence inspect "
        f"{short}`), leave the file out (`--without-files {short} --reason …`), or hand it out as "
        f'it is (`--override {RULE}:{short} --because "…"`)',
    )
