"""What is measured of millions of records, by the letter of each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.scaling import exporting, reading, storing, verifying

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.results import Section
    from bench.scaling.kept import Kept

SECTIONS: dict[str, Callable[[Kept], Section]] = {
    "a": verifying.measure,
    "b": reading.measure,
    "c": exporting.measure,
    "d": storing.measure,
}
