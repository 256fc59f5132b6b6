"""Step 4, line by line: entries, ids, commitments; and what the register keeps of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evidence_chain import canonical
from evidence_chain.digest import b3, is_hex_digest, sha256
from evidence_chain.edition.checking.asked import new_report, refuse_endless
from evidence_chain.edition.checking.register import Facts, Register, Shape, measure
from evidence_chain.edition.checking.rules import Rules
from evidence_chain.edition.layout import LOG
from evidence_chain.edition.line import parse
from evidence_chain.edition.usual import read_usual
from evidence_chain.entry import MAX_ENTRY, check_values, is_evidence, opens, salts_of
from evidence_chain.errors import EvidenceError, FormatError, UnreachedError
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.log.tiles import WIDTH, bundle
from evidence_chain.text.verdict import Status
from evidence_chain.values import check_fields
from evidence_chain.verify.passage import is_nowhere
from evidence_chain.verify.record import check_form

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from evidence_chain.canonical import Json
    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.line import Line
    from evidence_chain.edition.place import Place
    from evidence_chain.entry import Entry
    from evidence_chain.spreading.spreading import Spreading
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

KEPT = {
    "artifact": ("blake3",),
    "amendment": ("changes",),
    "custody": ("subjects",),
    "review": ("signature",),
}
"""The values by which records are judged, but for those of evidence."""
STRETCH = 4 * WIDTH
"""Lines that one task goes through: those of some bundles of entries."""


@dataclass(slots=True)
class Stretch:
    """What came of some lines."""

    start: int
    report: Report = field(default_factory=new_report)
    facts: list[Facts | None] = field(default_factory=list)
    leaves: bytearray = field(default_factory=bytearray)
    entries: list[bytes] = field(default_factory=list)
    """The entries of the lines that could be read, and aren't too long, until they are a bundle."""
    bundles: list[bytes | None] = field(default_factory=list)
    """SHA-256 of each bundle of entries that ends in it; `None` where it hasn't all of them."""
    distrusted: set[int] = field(default_factory=set)
    is_lost: bool = False
    """Whether nobody read them."""
    shapes: dict[tuple[Any, ...], Shape] = field(default_factory=dict)
    """Each once, so that they are handed over once."""

    def end_bundle(self) -> None:
        """Take what was read since the last one as a bundle."""
        whole = len(self.entries) == WIDTH
        self.bundles.append(sha256(bundle(self.entries)) if whole else None)
        self.entries.clear()

    def shape(
        self, kind: str, relation: str | None, sealed: tuple[str, ...], disclosed: tuple[str, ...]
    ) -> Shape:
        """What an entry has in common with others, given its names in their order."""
        known = kind, relation, sealed, disclosed
        shape = self.shapes.get(known)
        if shape is None:
            shape = Shape(kind, relation, frozenset(sealed), frozenset(disclosed))
            self.shapes[known] = shape
        return shape


def read_log(place: Place, by: Spreading, report: Report, progress: Progress) -> Register:
    """Read and check every line, and keep what further checks need.

    Raises:
        FormatError: the log is not made of lines.
        StorageError: it can't be read.
        StoreError: the store that it is in can't be asked.
        UnreachedError: some lines were not read, so that nothing is known of the whole log.
    """
    offsets, whole = measure(place)
    if not whole:
        raise FormatError("The last line of log.jsonl doesn't end: something is cut off.")
    register = Register(place, offsets)
    rules, is_whole = Rules(register, report), True
    for stretch in by.in_turn(partial(_read_stretch, place), _tasks(offsets), _lost):
        report.merge(stretch.report)
        refuse_endless(report)
        is_whole = is_whole and not stretch.is_lost
        if not is_whole:
            continue
        for facts in stretch.facts:
            if facts is None:
                register.add(None)
                continue
            places = register.places_of(facts)
            rules.take(facts, places)
            _name_files(facts, register.files, report)
            register.add(facts, places)
        register.leaves += stretch.leaves
        register.bundles += stretch.bundles
        register.distrusted |= stretch.distrusted
        progress("records", len(register.ids), register.size)
    if not is_whole or len(register.ids) < register.size:
        raise UnreachedError(
            "The log was not read whole, so nothing that asks for the whole of it was looked at: "
            "its root and rules, files, passages, the database, signatures."
        )
    rules.end()
    return register


def _tasks(offsets: array[int]) -> Iterator[tuple[int, array[int]]]:
    """Index of the first line of each stretch, and where its lines begin and end."""
    for start in range(0, len(offsets) - 1, STRETCH):
        yield start, offsets[start : start + STRETCH + 1]


def _read_stretch(place: Place, task: tuple[int, Sequence[int]]) -> Stretch:
    start, span = task
    stretch = Stretch(start)
    with place.open(LOG) as file:
        file.seek(span[0])
        for index, (begin, end) in enumerate(pairwise(span), start):
            _read_line(index, file.read(end - begin)[:-1], stretch)
            if (index + 1) % WIDTH == 0:
                stretch.end_bundle()
    stretch.entries.clear()
    stretch.shapes.clear()
    return stretch


def _lost(task: tuple[int, Sequence[int]], why: str) -> Stretch:
    """Lines that nobody read."""
    start, span = task
    stretch = Stretch(start, is_lost=True)
    last = start + len(span) - 2
    detail = f"Lines {start} to {last} of log.jsonl: {why}."
    stretch.report.miss("entry", f"lines {start} to {last}", detail)
    return stretch


def _read_line(index: int, data: bytes, stretch: Stretch) -> None:
    usual = read_usual(data)
    if usual is None:
        _read_closely(index, data, stretch)
        return
    line, entry = usual
    stretch.entries.append(line.entry)
    stretch.leaves += leaf_hash(line.entry)
    stretch.report.hold("entry", "entries")
    stretch.report.hold("commitment", "records")
    _take(stretch, b3(line.entry), entry, line.body, line.body)


def _read_closely(index: int, data: bytes, stretch: Stretch) -> None:
    """The same for any line, and telling what is wrong with it."""
    report = stretch.report
    try:
        line = parse(data)
    except FormatError as error:
        report.fail("entry", f"line {index}", f"Line {index} of log.jsonl: {error}")
        stretch.facts.append(None)
        stretch.leaves += bytes(32)
        return
    id_ = b3(line.entry)
    opened = check_form(index, id_.hex(), line.entry, report)
    if len(line.entry) <= MAX_ENTRY:
        stretch.entries.append(line.entry)
    stretch.leaves += leaf_hash(line.entry)
    entry = opened.entry
    if entry is None:
        stretch.facts.append(None)
        return
    report.hold("entry", "entries")
    if not check_disclosed(opened, line, data, report):
        stretch.distrusted.add(index)
    _take(stretch, id_, entry, line.body, opened.values)


def _take(
    stretch: Stretch,
    id_: bytes,
    entry: Entry,
    disclosed: Collection[str],
    values: Mapping[str, Json],
) -> None:
    """Keep what the next steps need of an entry that could be read.

    Args:
        stretch: Where it is kept.
        id_: Its id.
        entry: The parsed entry.
        disclosed: The names of its disclosed fields.
        values: Those of their values that are what it commits to.
    """
    shape = stretch.shape(entry.kind, entry.open.get("relation"), (*entry.sealed,), (*disclosed,))
    stretch.facts.append(Facts(id_, shape, entry.open, kept(entry.kind, values)))
    if is_altered(values):
        stretch.report.counted["passages recorded as altered: their file has other words"] += 1
    if is_evidence(entry.kind) and is_nowhere(values):
        detail = f"{entry.kind} {id_.hex()[:8]}: it is recorded as found, but not where it stands."
        stretch.report.fail("passage", id_.hex(), detail)


def is_altered(values: Mapping[str, Json]) -> bool:
    """Whether a passage is recorded as one that its file has in other words."""
    match = values.get("match")
    return isinstance(match, dict) and match.get("status") == Status.ALTERED


def check_disclosed(opened: Opened, line: Line, data: bytes, report: Report) -> bool:
    """The disclosed values are those committed to, and may be what they are.

    Returns whether nothing speaks against their being those committed to. Fills `opened.values`.
    `data` is the line as it stands in the log.
    """
    if opened.entry is None:
        return False
    is_right = True
    if line.body:
        try:
            if not opens(opened.entry, line.body, line.salts, data):
                encoded = canonical.encode_members(line.body, data)
                check_values(opened.entry, salts_of(line.salts), encoded)
        except EvidenceError as error:
            report.fail("commitment", opened.id, f"{opened.name}: {error}")
            is_right = False
        else:
            report.hold("commitment", "records")
            opened.values = line.body
    for problem in check_fields(opened.entry, opened.values):
        report.fail("rules", opened.id, f"{opened.name}: {problem}")
    return is_right


def kept(kind: str, values: Mapping[str, Json]) -> dict[str, Any]:
    """The values of a record by which it is judged."""
    if not is_evidence(kind):
        return {name: values[name] for name in KEPT.get(kind, ()) if name in values}
    found = {
        name: values[name] for name in ("artifact", "extracted") if is_hex_digest(values.get(name))
    }
    if crops := crops_of(values):
        found["crops"] = crops
    if values.get("selector") is not None or (values.get("text") and "artifact" in found):
        found["placed"] = True
    return found


def _name_files(facts: Facts, files: dict[str, str], report: Report) -> None:
    """Note the files that a record names; a passage without its text is counted."""
    values, kind = facts.values, facts.shape.kind
    if kind == "artifact" and isinstance(values.get("blake3"), str):
        files[values["blake3"]] = "file"
    elif is_evidence(kind):
        if "extracted" in values:
            files.setdefault(values["extracted"], "stream")
        else:
            report.counted["passages whose text is not here"] += "placed" in values
        for crop in values.get("crops", ()):
            files.setdefault(crop, "crop")


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
