"""Step 4, texts: drawn from the preserved files anew, where this program has an extractor.

A stream that nobody can draw from its file could hold words that the file doesn't.
"""

from __future__ import annotations

import errno
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from blake3 import blake3 as digest_of

from evidence_chain.digest import b3
from evidence_chain.edition.checking.asked import new_report, refuse_endless
from evidence_chain.edition.checking.documents import Passage, passages_at, path_of
from evidence_chain.edition.coded import BEGINNING, coded_as
from evidence_chain.edition.layout import LOG
from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.groups import Groups
from evidence_chain.objects.asking import StoreError
from evidence_chain.text import STANDS, match, spans
from evidence_chain.verify.fresh_extraction import check_afresh
from evidence_chain.verify.passage import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.extract.stream import TextStream
    from evidence_chain.spreading.spreading import Spreading
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

_AS_IT_IS = ("text/plain", "text/markdown")
"""Types of which the text is the file itself, if it is in UTF-8."""
NOT_DRAWN = "passages whose text was not drawn from its file anew"


class File(NamedTuple):
    """A preserved file that is here and intact."""

    blake3: str
    media_type: str
    """Without its parameters."""


Task = tuple[File, list[Passage]]


def check_texts(
    register: Register,
    intact: AbstractSet[str],
    by: Spreading,
    report: Report,
    progress: Progress,
) -> None:
    """The passages whose streams are here, against the texts of their files as drawn now.

    A passage in a stream that is a plain file itself stands in the file. What can't be drawn is
    counted: files that are not here, types without an extractor.
    """
    preserved = dict(_preserved(register, intact))
    numbers: dict[File, int] = {}
    files = Groups(register.size)
    for index in range(register.size):
        stream = register.stream(index)
        if stream is None or register.digests[stream] not in intact:
            continue
        artifact = register.named(index, "artifact")
        file = None if artifact is None else preserved.get(artifact)
        if file is None:
            report.counted[NOT_DRAWN] += 1
        elif file.media_type not in _AS_IT_IS or file.blake3 != register.digests[stream]:
            files.add(numbers.setdefault(file, len(numbers)), index)
    tasks = (
        (file, list(passages_at(register, files.of(number))))
        for file, number in sorted(numbers.items())
    )
    work = partial(_check_file, register.place)
    for done, found in enumerate(by.in_turn(work, tasks, _lost), 1):
        report.merge(found)
        refuse_endless(report)
        progress("texts", done, len(numbers))


def _preserved(register: Register, intact: AbstractSet[str]) -> Iterator[tuple[int, File]]:
    """The preserved files that are here and intact, by the index of their records."""
    for one, _ in register.opened(register.of_kind("artifact")):
        blake3, media_type = one.values.get("blake3"), one.values.get("media_type")
        if isinstance(media_type, str) and isinstance(blake3, str) and blake3 in intact:
            yield one.index, File(blake3, media_type.partition(";")[0].strip().lower())


def _lost(task: Task, why: str) -> Report:
    """A file of which nobody drew the text."""
    report = new_report()
    for one in task[1]:
        report.miss("extraction", one.id, f"{one.named}: {why}.")
    return report


def _check_file(place: Place, task: Task) -> Report:
    file, passages = task
    try:
        fresh = _drawn(place, file)
    except StoreError as error:
        return _lost(task, str(error.strerror))
    except FormatError as error:
        return _lost(task, str(error))
    report = new_report()
    if fresh is None:
        report.counted[NOT_DRAWN] += len(passages)
        return report
    digest = b3(fresh.encoded).hex()
    with place.open(LOG) as log:
        for one in passages:
            _check_one(one.opened(log), fresh, digest, file.media_type, report)
    return report


def _drawn(place: Place, file: File) -> TextStream | None:
    """The text of a file, if one can be drawn from it here."""
    from evidence_chain.extract import extract
    from evidence_chain.extract.extractors import known_for

    if file.media_type not in known_for(file.media_type):
        return None
    try:
        with place.local(path_of(file.blake3)) as path:
            if place.is_far:
                _refuse_another(path, file.blake3)
            text, found = extract(path, file.media_type), coded_as(_head_of(path))
    except EvidenceError:
        return None
    if found not in (None, file.media_type):
        raise FormatError(f"its file is {found} by its content, and not {file.media_type}")
    return text


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(BEGINNING)


def _refuse_another(path: Path, blake3: str) -> None:
    """What was fetched must be what was hashed before."""
    state = digest_of()
    state.update_mmap(path)
    if state.hexdigest() != blake3:
        raise StoreError(errno.ESTALE, "another file was put in its place meanwhile")


def _check_one(
    opened: Opened, fresh: TextStream, digest: str, media_type: str, report: Report
) -> None:
    if any(opened.values.get(name) is None for name in FIELDS):
        report.counted[NOT_DRAWN] += 1
        return
    is_same = opened.values["extracted"] == digest
    single = new_report()
    if _is_ours(opened, fresh):
        check_afresh(opened, fresh, single, same=is_same)
    elif is_same or _stands(opened, fresh.text):
        single.hold("extraction", "passages")
    else:
        told = single.fail if media_type == "text/plain" else single.miss
        detail = f"{opened.name}: the passage is not in the text that is drawn from the file now."
        told("extraction", opened.id, detail)
    if not opened.values["selector"]:
        single.findings = []
    report.merge(single)


def _is_ours(opened: Opened, fresh: TextStream) -> bool:
    """Whether a stream was drawn by the extractor that is known here, whose marks compare."""
    extractor = opened.values.get("extractor")
    return isinstance(extractor, dict) and extractor.get("name") == fresh.extractor["name"]


def _stands(opened: Opened, text: str) -> bool:
    """Whether the selected words are in a text that another extractor drew."""
    try:
        found = spans(opened.values["selector"])
    except EvidenceError:  # told by the check of the slices
        return True
    return all(exact in text or match(exact, text).status in STANDS for *_, exact in found)
