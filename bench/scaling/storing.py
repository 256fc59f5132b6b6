"""(d) Preserved files in an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.results import Section
from bench.scaling.verifying import offers

if TYPE_CHECKING:
    from bench.scaling.kept import Kept


def measure(kept: Kept) -> Section:
    """Verify many files in a store on loopback, against reading them with obstore alone."""
    title, explanation = "Files in an object store", "20,000 files of 100 KB in SeaweedFS."
    if not offers("init", "--files"):
        missing = ("files in an object store, which this version doesn't have.",)
        return Section("d", title, explanation, (), not_measured=missing)
    raise NotImplementedError
