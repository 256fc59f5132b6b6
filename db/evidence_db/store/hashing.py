"""Digests of many preserved files at once, on all cores.

Small files are read by worker processes: at one look (`intact`), and again if that leaves a doubt.
A large file is
mapped into memory and hashed on all cores by a process of its own, because a file that is cut
short while it is mapped kills the process that reads it.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.digest import is_hex_digest
from evidence_chain.regular import regular_descriptor
from evidence_chain.spreading.parallel import chunks
from evidence_chain.spreading.spreading import ALONE, weighed
from evidence_chain.verify.report import Outcome
from evidence_db.store.files import refuse_linked
from evidence_db.store.files.hashed import NO_DIGEST, Hashed
from evidence_db.store.intact import Expected, intact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from evidence_chain.spreading.spreading import Spreading
    from evidence_db.store.files import Files

LARGE = 64 << 20
"""Bytes from which a file is mapped and hashed by a process of its own."""
BATCH = 1024
"""Files that one task hashes, at most."""
BYTES = 256 << 20
"""Bytes that one task hashes, unless one file has more."""
_BUFFER = memoryview(bytearray(1 << 20))


def check_files(
    files: Files, expected: Iterable[Expected], by: Spreading = ALONE
) -> Iterator[Hashed]:
    """Hash preserved files and compare them with what is expected, batch by batch in order.

    What lies in a store of objects is fetched by threads of this process, whoever else works.
    """
    if files.store.directory is None:
        from evidence_db.store.files.fetching import check_fetched

        for batch in chunks(expected, BATCH):
            hashed = check_fetched(files.store, batch)
            hashed.asked = batch
            yield hashed
        return
    large: list[Expected] = []

    def small() -> Iterator[tuple[int, Expected]]:
        for one in expected:
            size = one.size if isinstance(one.size, int) else 0
            if size >= LARGE:
                large.append(one)
            else:
                yield size, one

    yield from _told(by, partial(_check_batch, files), weighed(small(), BATCH, BYTES))
    check_large = _check_apart if by.forks else _check_read
    spreading = ALONE if by.forks else by
    yield from _told(spreading, partial(check_large, files), ([one] for one in large))


def _told(
    by: Spreading,
    check: Callable[[Sequence[Expected]], Hashed],
    batches: Iterable[Sequence[Expected]],
) -> Iterator[Hashed]:
    """What came of batches, each with what it is about, which nobody needs to send back."""
    handed: deque[Sequence[Expected]] = deque()

    def hand() -> Iterator[Sequence[Expected]]:
        for batch in batches:
            handed.append(batch)
            yield batch

    for hashed in by.in_turn(check, hand(), _lost):
        hashed.asked = handed.popleft()
        yield hashed


def _lost(batch: Sequence[Expected], why: str) -> Hashed:
    """What came of files that nobody hashed."""
    return Hashed(problems=[(one, Outcome.NOT_CHECKED, why) for one in batch])


def _check_batch(files: Files, batch: Sequence[Expected]) -> Hashed:
    result = Hashed()
    right = intact(files.root, batch)
    for at, one in enumerate(batch):
        if at not in right:
            _compare(files.root, one, result, mapped=False)
            continue
        result.held[one.check] += 1
        if one.sha256 is not None:
            result.held["file-sha256"] += 1
    return result


def _check_read(files: Files, batch: Sequence[Expected]) -> Hashed:
    """Hash large files by reading them, which takes nobody down who does it."""
    result = Hashed()
    for one in batch:
        _compare(files.root, one, result, mapped=False)
    return result


def _check_apart(files: Files, batch: Sequence[Expected]) -> Hashed:
    """Hash one large file in a process of its own, which it may take down with it."""
    import multiprocessing

    (one,) = batch
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_send_check, args=(files, one, sender))
    child.start()
    sender.close()
    try:
        return receiver.recv()  # type: ignore[no-any-return]
    except EOFError:
        problem = "it was cut short, or could not be read, while it was being hashed"
        return Hashed(problems=[(one, Outcome.FAILED, problem)])
    finally:
        child.join()
        receiver.close()


def _send_check(files: Files, one: Expected, sender: Connection[Hashed, Hashed]) -> None:
    result = Hashed()
    _compare(files.root, one, result, mapped=True)
    sender.send(result)


def digests_apart(paths: list[Path]) -> list[str] | None:
    """The BLAKE3 of files that SQLite may have open, in hex; `None` if one can't be read.

    A process that closes such a file drops its own locks on it, so another one does
    (https://sqlite.org/howtocorrupt.html, section 2.2).
    """
    import multiprocessing

    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_send_digests, args=(paths, sender))
    child.start()
    sender.close()
    try:
        return receiver.recv()  # type: ignore[no-any-return]
    except EOFError:
        return None
    finally:
        child.join()
        receiver.close()


def _send_digests(paths: list[Path], sender: Connection[list[str], list[str]]) -> None:
    states = [blake3(max_threads=blake3.AUTO).update_mmap(path) for path in paths]
    sender.send([state.hexdigest() for state in states])


def _compare(root: Path, one: Expected, result: Hashed, *, mapped: bool) -> None:
    if not is_hex_digest(one.blake3):
        result.problems.append((one, Outcome.FAILED, NO_DIGEST))
        return
    try:
        refuse_linked(root / one.blake3[:2])
        path = f"{root}/{one.blake3[:2]}/{one.blake3}"
        descriptor = regular_descriptor(path)
        try:
            if result.tells_size(one, os.fstat(descriptor).st_size):
                return
            b3, sha = _digest(descriptor, path, sha256=one.sha256 is not None, mapped=mapped)
        finally:
            os.close(descriptor)
    except OSError as error:
        result.tell(one, error)
    else:
        result.compare(one, b3, sha)


def _digest(descriptor: int, path: str, *, sha256: bool, mapped: bool) -> tuple[str, str | None]:
    sha = hashlib.sha256() if sha256 else None
    state = blake3(max_threads=blake3.AUTO) if mapped else blake3()
    if mapped:
        state.update_mmap(Path(path))
    if not mapped or sha:
        while count := os.readv(descriptor, [_BUFFER]):
            if not mapped:
                state.update(_BUFFER[:count])
            if sha:
                sha.update(_BUFFER[:count])
    return state.hexdigest(), sha.hexdigest() if sha else None
