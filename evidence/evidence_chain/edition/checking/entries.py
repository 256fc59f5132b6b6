"""Step 4, line by line: entries, ids, commitments; and what the register keeps of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evidence_chain import canonical
from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.edition.checking.asked import new_report
from evidence_chain.edition.checking.register import (
    KEPT,
    OF_EVIDENCE,
    Facts,
    Register,
    measure,
)
from evidence_chain.edition.layout import LOG
from evidence_chain.edition.line import parse
from evidence_chain.entry import is_evidence
from evidence_chain.errors import FormatError
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.parallel import spread
from evidence_chain.text.verdict import Status
from evidence_chain.values import check_fields
from evidence_chain.verify.record import check_commitments, check_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence_chain.canonical import Json
    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.line import Line
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

STRETCH = 2048
"""Lines that one task goes through."""


@dataclass(slots=True)
class Stretch:
    """What came of some lines."""

    start: int
    report: Report = field(default_factory=new_report)
    facts: list[Facts | None] = field(default_factory=list)
    leaves: bytearray = field(default_factory=bytearray)
    distrusted: set[int] = field(default_factory=set)


def read_log(place: Place, workers: int, report: Report, progress: Progress) -> Register:
    """Read and check every line, and keep what further checks need.

    Raises:
        FormatError: the log is not made of lines.
        StorageError: it can't be read.
    """
    offsets, whole = measure(place)
    if not whole:
        raise FormatError("The last line of log.jsonl doesn't end: something is cut off.")
    register = Register(place, offsets)
    spans = [
        offsets[start : start + STRETCH + 1].tolist() for start in range(0, register.size, STRETCH)
    ]
    tasks = [(number * STRETCH, span) for number, span in enumerate(spans)]
    found = []
    for done, stretch in enumerate(spread(partial(_read_stretch, place), tasks, workers), 1):
        found.append(stretch)
        progress("records", done, len(tasks))
    for stretch in sorted(found, key=lambda one: one.start):
        report.merge(stretch.report)
        register.facts += stretch.facts
        register.leaves += stretch.leaves
        register.distrusted |= stretch.distrusted
    return register


def _read_stretch(place: Place, task: tuple[int, Sequence[int]]) -> Stretch:
    start, span = task
    stretch = Stretch(start)
    with place.open(LOG) as file:
        file.seek(span[0])
        for number, (begin, end) in enumerate(pairwise(span)):
            _read_line(start + number, file.read(end - begin)[:-1], stretch)
    return stretch


def _read_line(index: int, data: bytes, stretch: Stretch) -> None:
    report = stretch.report
    try:
        line = parse(data)
    except FormatError as error:
        report.fail("entry", f"line {index}", f"Line {index} of log.jsonl: {error}")
        stretch.facts.append(None)
        stretch.leaves += bytes(32)
        return
    id_ = b3(line.entry).hex()
    opened = check_entry(index, id_, line.entry, report)
    stretch.leaves += leaf_hash(line.entry)
    if opened.entry is None:
        stretch.facts.append(None)
        return
    _check_values(opened, line, stretch)
    stretch.facts.append(
        Facts(
            id_,
            opened.entry.kind,
            opened.entry.open,
            frozenset(opened.entry.sealed),
            frozenset(line.body),
            kept(opened.entry.kind, opened.values),
        )
    )


def _check_values(opened: Opened, line: Line, stretch: Stretch) -> None:
    """The disclosed values are checked; that some are not as committed to is kept."""
    if not check_disclosed(opened, line, stretch.report):
        stretch.distrusted.add(opened.index)
    match = opened.values.get("match")
    if isinstance(match, dict) and match.get("status") == Status.ALTERED:
        stretch.report.counted["passages recorded as altered: their file has other words"] += 1


def check_disclosed(opened: Opened, line: Line, report: Report) -> bool:
    """The disclosed values are those committed to, and may be what they are.

    Returns whether nothing speaks against their being those committed to.
    """
    single = new_report()
    if line.body:
        body, salts = canonical.encode(line.body), canonical.encode(line.salts)
        check_commitments(opened, body, salts, None, single)
        single.findings = [one for one in single.findings if one.check == "commitment"]
        report.merge(single)
    if opened.entry is not None:
        for problem in check_fields(opened.entry, opened.values):
            report.fail("rules", opened.id, f"{opened.name}: {problem}")
    return not single.findings


def kept(kind: str, values: Mapping[str, Json]) -> dict[str, Any]:
    """The values of a record that the register has."""
    if is_evidence(kind):
        found = {name: values[name] for name in OF_EVIDENCE if name in values}
        if crops := crops_of(values):
            found["crops"] = crops
        if values.get("selector") is not None:
            found["placed"] = True
        return found
    return {name: values[name] for name in KEPT.get(kind, ()) if name in values}


def crops_of(values: Mapping[str, Json]) -> list[str]:
    """The digests of the pictures of a passage that are disclosed.

    They stand in `regions`; other programs may have a list of them beside it, `crops`.
    """
    regions, crops = (
        value if isinstance(value, list) else []
        for value in (values.get("regions"), values.get("crops"))
    )
    named = [*(one.get("crop") for one in regions if isinstance(one, dict)), *crops]
    return [crop for crop in named if is_hex_digest(crop)]
