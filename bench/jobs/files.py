"""Preserved files by the thousand: made, verified, and verified as a bag."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blake3 import blake3

from bench.jobs.clock import Stopwatch
from evidence_chain.spreading.parallel import cores
from evidence_chain.spreading.spreading import Processes
from evidence_db.store.files import Files
from evidence_db.store.hashing import check_files
from evidence_db.store.intact import Expected

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYLOAD, B3_LIST, SHA256_LIST = "data", "b3.txt", "manifest-sha256.txt"
_NOISE = os.urandom(1 << 20)


def make_files(root: str, count: int, size: int) -> dict[str, Any]:
    """Make files of random bytes in the layout of a case, which is a bag at the same time."""
    watch = Stopwatch()
    directory, files = Path(root), Files(Path(root) / PAYLOAD)
    (directory / PAYLOAD).mkdir(parents=True)
    with (directory / B3_LIST).open("w") as b3_list, (directory / SHA256_LIST).open("w") as shas:
        for number in range(count):
            b3, sha256 = _make_file(files, number, size)
            name = files.path(b3).relative_to(directory)
            b3_list.write(f"{b3}  {name}\n")
            shas.write(f"{sha256}  {name}\n")
    (directory / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    os.sync()
    return {"seconds": watch.seconds()}


def verify_files(root: str, size: int) -> dict[str, Any]:
    """Verify the files as step 7 of a verification does."""
    lines = (Path(root) / B3_LIST).read_text().splitlines()
    expected = [Expected(line.partition(" ")[0], size) for line in lines]
    watch = Stopwatch()
    for hashed in check_files(Files(Path(root) / PAYLOAD), expected, Processes(cores())):
        if hashed.problems:
            raise ValueError(f"The files do not hold: {hashed.problems[:3]}")
    return {"seconds": watch.seconds()}


def verify_bag(root: str) -> dict[str, Any]:
    """Verify the same files as bagit-python does, in as many processes."""
    import bagit  # type: ignore[import-untyped]  # a peer that may be missing

    watch = Stopwatch()
    bagit.Bag(root).validate(processes=cores())
    return {"seconds": watch.seconds()}


def _make_file(files: Files, number: int, size: int) -> tuple[str, str]:
    """A file that is like no other. Returns its BLAKE3 and its SHA-256."""
    b3, sha256, making = blake3(), hashlib.sha256(), files.root / f"{number}.part"
    with making.open("wb") as file:
        for block in _blocks(size):
            file.write(block)
            b3.update(block)
            sha256.update(block)
    final = files.path(b3.hexdigest())
    final.parent.mkdir(exist_ok=True)
    making.rename(final)
    return b3.hexdigest(), sha256.hexdigest()


def _blocks(size: int) -> Iterator[bytes]:
    """Noise that begins like no other."""
    beginning = os.urandom(min(size, 16))
    yield beginning
    size -= len(beginning)
    while size > 0:
        yield _NOISE[:size]
        size -= len(_NOISE)
