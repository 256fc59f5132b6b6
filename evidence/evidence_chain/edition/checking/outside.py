"""Steps 2 and 3: files and names, the note's form, the manifests, every file's SHA-256."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import sha256
from evidence_chain.edition import bag, note
from evidence_chain.edition.layout import Found, is_left_behind, problems
from evidence_chain.edition.place import FILES, UNREADABLE
from evidence_chain.errors import EvidenceError, FormatError, StorageError
from evidence_chain.spreading.parallel import chunks, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.edition.place import Place
    from evidence_chain.log.note import SignedNote
    from evidence_chain.verify.report import Report

BATCH = 64
_BUFFER = 1 << 18
_LARGE = 16 << 20
"""Bytes of a file that is hashed alone."""


class Outside(NamedTuple):
    """What steps 2 and 3 learned of an edition."""

    there: Mapping[str, int]
    """Size of each regular file, by path."""
    note: EditionNote | None
    signed: SignedNote | None
    listed: Mapping[str, str]
    """SHA-256 in hex of each payload file, as the manifest lists it."""


def read_small(place: Place, path: str, most: int) -> bytes:
    """All of a file that has `most` bytes or fewer.

    Raises:
        FormatError: it has more.
        StorageError: it can't be read.
    """
    try:
        with place.open(path) as file:
            data = file.read(most + 1)
    except UNREADABLE as error:
        raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error
    if len(data) > most:
        raise FormatError(f"{path} has more than {most:,} bytes, which is more than it may have.")
    return data


def check_layout(place: Place, most: int | None, report: Report) -> list[Found]:
    """Step 2. Returns all that is there, but what an operating system left behind."""
    bound = most or FILES
    found = list(place.walk(bound))
    if len(found) > bound:
        report.fail("layout", "files", f"There are more than {bound:,} files, so none was opened.")
        return []
    wrong = list(problems(found))
    for path, problem in wrong:
        report.fail("layout", path, f"{path}: {problem}")
    if not wrong:
        report.hold("layout", "files", len(found))
    return [one for one in found if not is_left_behind(one.path)]


def check_bag(place: Place, found: Sequence[Found], report: Report) -> Outside:
    """Step 3, but for the contents of the payload files."""
    there = {one.path: one.size for one in found if one.sort == "file"}
    signed = said = None
    tags: dict[str, bytes] = {}
    for name in bag.TAGS:
        try:
            tags[name] = read_small(place, name, note.LARGEST if name == bag.NOTE else bag.LARGEST)
        except EvidenceError as error:
            report.fail("manifest", name, f"{name}: {error}")
    try:
        if bag.NOTE in tags:
            said, signed = note.read(tags[bag.NOTE])
            report.hold("note", "notes")
    except FormatError as error:
        report.fail("note", bag.NOTE, str(error))
    listed = _check_tags(tags, there, said, report)
    return Outside(there, said, signed, listed)


def _check_tags(
    tags: Mapping[str, bytes],
    there: Mapping[str, int],
    said: EditionNote | None,
    report: Report,
) -> dict[str, str]:
    if len(tags) < len(bag.TAGS):
        return {}
    payload = {path: size for path, size in there.items() if path.startswith("data/")}
    listed: dict[str, str] = {}
    wrong: list[str] = []
    try:
        listed = bag.read_manifest(tags[bag.MANIFEST])
        wrong += _other_files(listed.keys(), payload.keys())
    except FormatError as error:
        wrong.append(f"{bag.MANIFEST}: {error}")
    wrong += _misfits(tags, payload, said)
    for problem in wrong:
        report.fail("manifest", "bag", problem)
    if not wrong:
        report.hold("manifest", "tag files", len(bag.TAGS))
    return listed


def _other_files(listed: Set[str], payload: Set[str]) -> Iterator[str]:
    for path in sorted(listed ^ payload)[:20]:
        lost = "is listed and not there" if path in listed else "is there and not listed"
        yield f"{path} {lost}: the manifest has every file of data/, and no other."


def _misfits(
    tags: Mapping[str, bytes], payload: Mapping[str, int], said: EditionNote | None
) -> Iterator[str]:
    """What in the tag files is not as it follows from the others."""
    if tags["bagit.txt"] != bag.DECLARATION:
        yield "bagit.txt doesn't say what that of an edition says."
    if tags[bag.TAG_MANIFEST] != bag.tag_manifest(tags):
        yield f"{bag.TAG_MANIFEST} doesn't list the digests of the other tag files."
    if said is None:
        return
    if said.manifest != sha256(tags[bag.MANIFEST]):
        yield "The edition's note is over another manifest than this."
    if tags["bag-info.txt"] != bag.information(said.made, sum(payload.values()), len(payload)):
        yield "bag-info.txt doesn't have the edition's date, bytes and files."


def check_payload(
    place: Place, outside: Outside, workers: int, report: Report, progress: Progress
) -> dict[str, str]:
    """Every file's SHA-256. Returns the BLAKE3 in hex of the files in `artifacts/`, by path."""
    total, done = len(outside.listed), 0
    files = [path for path in outside.listed if path in outside.there]
    digests: dict[str, str] = {}
    for batch in spread(partial(_hash_all, place), _batches(files, outside.there), workers):
        for path, found, blake3, problem in batch:
            if problem is not None:
                report.fail("payload", path, problem)
            elif found != outside.listed[path]:
                report.fail("payload", path, f"{path}: its content is not what was signed.")
            else:
                report.hold("payload", "files")
            if blake3 is not None:
                digests[path] = blake3
        done += len(batch)
        progress("files", done, total)
    return digests


def _batches(files: Iterable[str], sizes: Mapping[str, int]) -> Iterator[Sequence[str]]:
    """Large files first and alone, so that no worker is left with one at the end."""
    ordered = sorted(files, key=lambda path: -sizes[path])
    large = [path for path in ordered if sizes[path] >= _LARGE]
    yield from ([path] for path in large)
    yield from chunks(ordered[len(large) :], BATCH)


def _hash_all(place: Place, paths: Sequence[str]) -> list[tuple[str, str, str | None, str | None]]:
    buffer = memoryview(bytearray(_BUFFER))
    return [_hash(place, path, buffer) for path in paths]


def _hash(place: Place, path: str, buffer: memoryview) -> tuple[str, str, str | None, str | None]:
    """Path, SHA-256, BLAKE3 of a preserved file, and why it could not be read."""
    from blake3 import blake3

    named = blake3() if path.startswith("data/artifacts/") else None
    state = hashlib.sha256()
    try:
        with place.open(path) as file:
            while size := file.readinto(buffer):  # type: ignore[attr-defined]  # as all files have
                chunk = buffer[:size]
                state.update(chunk)
                if named is not None:
                    named.update(chunk)
    except StorageError as error:
        return path, "", None, str(error)
    except UNREADABLE as error:
        return path, "", None, f"{path} can't be read: {error}."
    return path, state.hexdigest(), None if named is None else named.hexdigest(), None
