"""Step 4, files: the artifacts that must be there, and the passages in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from blake3 import blake3 as digest_of

from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.edition.checking.asked import new_report, refuse_endless
from evidence_chain.edition.checking.entries import crops_of
from evidence_chain.edition.checking.outside import read_small
from evidence_chain.edition.coded import BEGINNING, coded_as
from evidence_chain.edition.layout import LOG, UNREADABLE
from evidence_chain.edition.line import LARGEST as LINE
from evidence_chain.edition.line import body_of, parse
from evidence_chain.entry import Entry
from evidence_chain.entry import parse as parse_entry
from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.groups import Groups
from evidence_chain.objects.asking import StoreError
from evidence_chain.spreading.spreading import weighed
from evidence_chain.text import check_slices
from evidence_chain.verify.passage import FIELDS, check_passage, check_verbatim
from evidence_chain.verify.record import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.checking.outside import Payload
    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.spreading.spreading import Spreading
    from evidence_chain.verify.report import Report

LARGEST = 256 << 20
"""Bytes of a text stream that is looked through."""
_BUFFER = 4 << 20
STREAMS, TEXT = 32, 4 << 20
"""Text streams that one task goes through, and bytes of them."""


def path_of(blake3: str) -> str:
    """Where a preserved file lies in an edition."""
    return f"data/artifacts/{blake3[:2]}/{blake3}"


def titles_of(place: Place, paths: AbstractSet[str]) -> dict[str, str]:
    """What the log says of preserved files, or of texts that were drawn from them, by path."""
    files: dict[str, str] = {}
    titles: dict[str, str] = {}
    with place.open(LOG) as log:
        while data := log.readline(LINE):
            try:
                line = parse(data.removesuffix(b"\n"), checked=True)
                entry = parse_entry(line.entry)
            except FormatError:
                continue
            body = line.body
            told = body.get("title") or body.get("filename")
            if entry.kind == "artifact" and told:
                files[b3(line.entry).hex()] = str(told)
                titles[path_of(str(body.get("blake3")))] = f"It is of: {told}"
            elif (title := files.get(str(body.get("artifact")))) is not None:
                named = [body.get("extracted"), *crops_of(body)]
                for digest in filter(is_hex_digest, named):
                    titles.setdefault(path_of(str(digest)), f"It is drawn from: {title}")
    return {path: titles[path] for path in paths & titles.keys()}


def check_files(
    register: Register,
    payload: Payload,
    absent: AbstractSet[str],
    listed: Mapping[str, str],
    report: Report,
) -> set[str]:
    """Step 7 of docs/format.md, section 8. Returns the digests of the files that are intact.

    Args:
        register: The log.
        payload: Digests and sizes of the files in `artifacts/`.
        absent: The digests that the edition says are not here.
        listed: SHA-256 of each file, by path.
        report: Where findings go.
    """
    expected, digests = register.files, payload.digests
    for path in sorted(set(digests) - set(map(path_of, expected))):
        report.fail("file", path, f"{path}: no disclosed field names this file.")
    for blake3 in sorted(absent):
        if blake3 not in expected:
            report.fail(
                "edition", blake3, f"`absent` has {blake3}, which no disclosed field names."
            )
        if path_of(blake3) in digests:
            report.fail("edition", blake3, f"`absent` has {blake3}, and the file is here.")
    intact = set()
    for blake3, check in expected.items():
        path = path_of(blake3)
        if path in payload.unread:
            report.miss(check, path, f"{path}: it was not read.")
        elif path not in digests:
            if blake3 in absent:
                report.counted["files that are not here"] += 1
            else:
                report.fail(check, path, f"{path}: it is missing, and `absent` doesn't say so.")
        elif digests[path] != blake3:
            report.fail(check, path, f"{path}: its content is not what was preserved.")
        else:
            report.hold(check, "files")
            intact.add(blake3)
    _check_records(register, intact, payload.sizes, listed, report)
    return intact


def _check_records(
    register: Register,
    intact: AbstractSet[str],
    sizes: Mapping[str, int],
    listed: Mapping[str, str],
    report: Report,
) -> None:
    """The size and SHA-256 that a record says its file has."""
    for one, _ in register.opened(register.of_kind("artifact")):
        blake3 = one.values.get("blake3")
        if not isinstance(blake3, str) or blake3 not in intact:
            continue
        path = path_of(blake3)
        if "size" in one.values and one.values["size"] != sizes[path]:
            report.fail("file", one.id, f"{one.name}: its file has another size.")
        if "sha256" in one.values:
            if one.values["sha256"] == listed[path]:
                report.hold("file-sha256", "files")
            else:
                detail = f"{one.name}: its file has another SHA-256."
                report.fail("file-sha256", one.id, detail)


_COMPARED = frozenset({"match", "marks"})
"""Fields that are compared with the file, of which it matters whether a record seals them."""


class Passage(NamedTuple):
    """An evidence record, and where its line stands in the log."""

    place: int
    id: str
    kind: str
    start: int
    end: int

    @property
    def named(self) -> str:
        """What people call it."""
        return f"{self.kind} {self.id[:8]}"

    def opened(self, file: BinaryIO) -> Opened:
        """The record with its values, which were checked before."""
        file.seek(self.start)
        data = file.read(self.end - self.start)[:-1]
        if (body := body_of(data)) is not None and body.keys() >= _COMPARED:
            return Opened(self.place, self.id, Entry(self.kind, {}, {}), body)
        line = parse(data, checked=True)
        return Opened(self.place, self.id, parse_entry(line.entry), line.body)


Stream = tuple[str, bool, list[Passage]]
"""The digest of a text, whether a preserved file is that text itself, and the passages in it."""


def passages_at(register: Register, indexes: Iterable[int]) -> Iterator[Passage]:
    """The evidence records with these indexes."""
    for index in indexes:
        shape = register.shape(index)
        start, end = register.offsets[index : index + 2]
        if shape is not None:
            yield Passage(index, register.ids[index].hex(), shape.kind, start, end)


def check_passages(
    register: Register,
    intact: AbstractSet[str],
    payload: Payload,
    by: Spreading,
    report: Report,
    progress: Progress,
) -> None:
    """Step 8: every passage whose stream is here, against that stream."""
    streams = Groups(register.size)
    for index in range(register.size):
        stream = register.stream(index)
        if stream is None:
            continue
        if register.digests[stream] in intact:
            streams.add(stream, index)
        elif path_of(register.digests[stream]) in payload.unread:
            for one in passages_at(register, [index]):
                report.miss("passage", one.id, f"{one.named}: its text was not read.")
        else:
            report.counted["passages whose text is not here"] += 1
    weights = ((payload.sizes[path_of(register.digests[one])], one) for one in streams)
    chunks = list(weighed(weights, STREAMS, TEXT))
    tasks = (
        [(*_named(register, one), list(passages_at(register, streams.of(one)))) for one in some]
        for some in chunks
    )
    work = partial(_check_streams, register.place)
    for done, found in enumerate(by.in_turn(work, tasks, _lost), 1):
        report.merge(found)
        refuse_endless(report)
        progress("passages", done, len(chunks))


def _named(register: Register, stream: int) -> tuple[str, bool]:
    digest = register.digests[stream]
    return digest, register.files[digest] == "file"


def _check_streams(place: Place, task: Sequence[Stream]) -> Report:
    report, buffer = new_report(), memoryview(bytearray(_BUFFER))
    with place.open(LOG) as log:
        for blake3, is_file, passages in task:
            try:
                data = _stream(place, blake3, buffer)
                text = str(data, "utf-8")
            except UnicodeDecodeError as error:
                for one in passages:
                    detail = f"{one.named}: its text stream is no text: {error}."
                    report.fail("passage", one.id, detail)
                continue
            except FormatError as error:
                _miss("passage", passages, str(error), report)
                continue
            except StoreError as error:
                _miss("passage", passages, f"its text: {error.strerror}.", report)
                continue
            if is_file and (found := coded_as(bytes(data[:BEGINNING]))):
                why = f"its text is a file, by its content {found}, of which not all is shown."
                _miss("extraction", passages, why, report)
            for one in passages:
                _check_one(one.opened(log), text, report)
    return report


def _lost(task: Sequence[Stream], why: str) -> Report:
    """Streams that nobody looked through."""
    report = new_report()
    for _, _, passages in task:
        _miss("passage", passages, f"its text: {why}.", report)
    return report


def _miss(check: str, passages: Iterable[Passage], why: str, report: Report) -> None:
    for one in passages:
        report.miss(check, one.id, f"{one.named}: {why}")


def _stream(place: Place, blake3: str, buffer: memoryview) -> memoryview | bytes:
    """A text stream: in the buffer, which one after the other is read into, if it has room."""
    path = path_of(blake3)
    try:
        with place.open(path) as file:
            size: int = file.readinto(buffer)  # type: ignore[attr-defined]  # as all files have
    except StoreError:
        raise
    except UNREADABLE:
        size = len(buffer)
    stream = buffer[:size] if size < len(buffer) else read_small(place, path, LARGEST)
    if place.is_far and digest_of(stream).hexdigest() != blake3:
        raise FormatError("its text was replaced while the edition was checked.")
    return stream


def _check_one(opened: Opened, text: str, report: Report) -> None:
    if not opened.values.keys() >= set(FIELDS):
        report.counted["passages of which a part is withheld"] += 1
        _check_slices(opened, text, report)
        return
    known = len(report.findings)
    check_passage(opened, text, report)
    found = report.findings[known:]
    if found and all(one.outcome == "not-checked" for one in found):
        del report.findings[known:]
        report.counted["passages compared by rules that this program doesn't know"] += 1
        check_verbatim(opened, report)


def _check_slices(opened: Opened, text: str, report: Report) -> None:
    try:
        check_slices(opened.values.get("selector") or [], text)
    except EvidenceError as error:
        report.fail("passage", opened.id, f"{opened.name}: {error}")
    else:
        report.hold("passage", "passages")
