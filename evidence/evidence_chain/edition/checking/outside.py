"""Steps 2 and 3: files and names, the note's form, the manifests, every file's SHA-256."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import sha256
from evidence_chain.edition import bag, note
from evidence_chain.edition.layout import UNREADABLE, Found, is_left_behind, problems
from evidence_chain.edition.place import FILES
from evidence_chain.errors import EvidenceError, FormatError, StorageError
from evidence_chain.objects.asking import StoreError
from evidence_chain.objects.threads import at_once
from evidence_chain.spreading.spreading import weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from evidence_chain.edition.checking.asked import Progress
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.edition.place import Place
    from evidence_chain.log.note import SignedNote
    from evidence_chain.spreading.spreading import Spreading
    from evidence_chain.verify.report import Report

BATCH = 64
_BUFFER = 1 << 18
_LARGE = 16 << 20
"""Bytes of files that one task hashes, and of a file that is hashed alone."""
_FAR = 4
"""Times as much that one task hashes where reading is mostly waiting."""


class Outside(NamedTuple):
    """What steps 2 and 3 learned of an edition."""

    there: Mapping[str, int]
    """Size of each regular file, by path."""
    note: EditionNote | None
    signed: SignedNote | None
    listed: Mapping[str, str]
    """SHA-256 in hex of each payload file, as the manifest lists it."""


class Hashed(NamedTuple):
    """What came of hashing a file."""

    path: str
    sha256: str = ""
    blake3: str | None = None
    """Of a preserved file, in hex."""
    problem: str | None = None
    """Why it could not be read."""
    is_unread: bool = False
    """Whether nothing is known of it: it is elsewhere, and wasn't reached."""


class Payload(NamedTuple):
    """What step 3 learned of the files below `data/`."""

    digests: Mapping[str, str]
    """BLAKE3 in hex of the files in `artifacts/`, by path."""
    unread: frozenset[str]
    """The files that could not be reached, of which nothing is known."""
    sizes: Mapping[str, int]
    """Size of each file, by path."""


def read_small(place: Place, path: str, most: int) -> bytes:
    """All of a file that has `most` bytes or fewer.

    Raises:
        FormatError: it has more.
        StorageError: it can't be read.
        StoreError: the store that it is in can't be asked.
    """
    try:
        with place.open(path) as file:
            data = file.read(most + 1)
    except StoreError:
        raise
    except UNREADABLE as error:
        raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error
    if len(data) > most:
        raise FormatError(f"{path} has more than {most:,} bytes, which is more than it may have.")
    return data


def check_layout(place: Place, most: int | None, report: Report) -> list[Found]:
    """Step 2. Returns all that is there, but what an operating system left behind."""
    bound = most or FILES
    try:
        found = list(place.walk(bound))
    except FormatError as error:
        report.fail("layout", "files", str(error))
        return []
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
    place: Place, outside: Outside, by: Spreading, report: Report, progress: Progress
) -> Payload:
    """Every file's SHA-256."""
    total, done = len(outside.listed), 0
    files = [path for path in outside.listed if path in outside.there]
    digests: dict[str, str] = {}
    unread, untold = set[str](), set(files)
    tasks = _batches(files, outside.there, _FAR if place.is_far else 1)
    for batch in by.in_turn(partial(_hash_all, place), tasks, _unread):
        for path, found, blake3, problem, is_unread in batch:
            untold.discard(path)
            if is_unread or (problem is not None and not by.forks):  # others may see less
                report.miss("payload", path, str(problem))
                unread.add(path)
            elif problem is not None:
                report.fail("payload", path, problem)
            elif found != outside.listed[path]:
                report.fail("payload", path, f"{path}: its content is not what was signed.")
            else:
                report.hold("payload", "files")
            if blake3 is not None:
                digests[path] = blake3
        done += len(batch)
        progress("files", done, total)
    for path in sorted(untold):
        report.miss("payload", path, f"{path}: who was to read it didn't answer for it.")
    return Payload(digests, frozenset(unread | untold), outside.there)


def _batches(files: Iterable[str], sizes: Mapping[str, int], times: int) -> Iterator[Sequence[str]]:
    """Large files first, so that no worker is left with one at the end."""
    ordered = sorted(files, key=lambda path: -sizes[path])
    return weighed(((sizes[path], path) for path in ordered), times * BATCH, times * _LARGE)


def _unread(paths: Sequence[str], why: str) -> list[Hashed]:
    """Files that nobody hashed."""
    return [Hashed(path, problem=f"{path}: {why}.", is_unread=True) for path in paths]


def _hash_all(place: Place, paths: Sequence[str]) -> list[Hashed]:
    if place.is_far:
        return list(at_once(partial(_hash, place), paths))
    buffer = memoryview(bytearray(_BUFFER))
    return [_hash(place, path, buffer) for path in paths]


def _hash(place: Place, path: str, buffer: memoryview | None = None) -> Hashed:
    from blake3 import blake3

    buffer = buffer or memoryview(bytearray(_BUFFER))
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
        return Hashed(path, problem=str(error))
    except StoreError as error:
        return Hashed(path, problem=f"{path}: {error.strerror}.", is_unread=True)
    except UNREADABLE as error:
        return Hashed(path, problem=f"{path} can't be read: {error}.")
    return Hashed(path, state.hexdigest(), None if named is None else named.hexdigest())
