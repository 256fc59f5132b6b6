"""The benchmarks by letter. Each says what it measures, its aims, and why one may be missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.sections import browsing, files, importing, proving, records, resolving, starting
from bench.sections.editions import editions, leaks, reading
from bench.sections.texts import documents, matching, proofreading

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.results import Section
    from bench.workbench import Workbench

SECTIONS: dict[str, Callable[[Workbench], Section]] = {
    "a": records.measure,
    "b": files.measure,
    "c": importing.measure,
    "d": resolving.measure,
    "e": starting.measure,
    "f": proving.measure,
    "g": documents.measure,
    "h": matching.measure,
    "i": browsing.measure,
    "j": editions.measure,
    "k": reading.measure,
    "l": proofreading.measure,
    "m": leaks.measure,
}
