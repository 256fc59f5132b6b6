"""Files in an object store: put there, verified as a case does, and read with obstore alone."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from blake3 import blake3

from bench.jobs.clock import Stopwatch
from evidence_chain.objects.address import Address
from evidence_chain.objects.threads import THREADS
from evidence_chain.spreading.parallel import cores
from evidence_db.store.files import Files
from evidence_db.store.files.objects import ObjectStore
from evidence_db.store.hashing import check_files
from evidence_db.store.intact import Expected


def put_files(address: str, listed: str, count: int, size: int) -> dict[str, Any]:
    """Put files of random bytes under their digests, which are listed in a file."""
    import obstore

    watch, store = Stopwatch(), obstore.store.from_url(address)

    def put(_: int) -> str:
        content = os.urandom(size)
        digest = blake3(content).hexdigest()
        obstore.put(store, f"{digest[:2]}/{digest}", content)
        return digest

    with ThreadPoolExecutor(THREADS) as pool:
        Path(listed).write_text("\n".join(pool.map(put, range(count))))
    return {"seconds": watch.seconds()}


def verify_files(address: str, listed: str, size: int) -> dict[str, Any]:
    """Verify the files as step 7 of a verification does."""
    expected = [Expected(digest, size) for digest in Path(listed).read_text().split()]
    near = Path(listed).parent
    files = Files(near, ObjectStore(Address.parse(address), near))
    watch = Stopwatch()
    for hashed in check_files(files, expected, cores()):
        if hashed.problems:
            raise ValueError(f"The files do not hold: {hashed.problems[:3]}")
    return {"seconds": watch.seconds()}


def read_files(address: str, listed: str, size: int) -> dict[str, Any]:
    """Read the same files with as many threads, and look at nothing but how long each is."""
    import obstore

    names = [f"{digest[:2]}/{digest}" for digest in Path(listed).read_text().split()]
    watch, store = Stopwatch(), obstore.store.from_url(address)

    def read(name: str) -> int:
        return len(obstore.get(store, name).bytes())

    with ThreadPoolExecutor(THREADS) as pool:
        if any(length != size for length in pool.map(read, names)):
            raise ValueError("A file has another size.")
    return {"seconds": watch.seconds()}
