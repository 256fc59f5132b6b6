"""What was measured, as `RESULTS.md` has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bench.measure import Run

MEMORY_AIM = 1.1
"""The most that peak memory may grow with the number of records."""
HEADINGS = (
    "what",
    "took",
    "against",
    "which took",
    "ratio",
    "aim",
    "met",
    "peak memory",
    "and of the other",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One measurement, and what it was held against."""

    what: str
    run: Run
    against: str
    other: Run | None
    """The floor or peer; `None` where it is missing on this machine."""
    aim: float | None = None
    """The most that the ratio should be."""
    why: str = ""
    """What the aim is missed by, if it is: printed then alone."""
    of_memory: bool = False
    """Whether the ratio is that of the peak memory, not of the time."""

    @property
    def ratio(self) -> float | None:
        """Time, or memory, over that of the other."""
        if self.other is None:
            return None
        if self.of_memory:
            return self.run.peak / self.other.peak
        return self.run.seconds / self.other.seconds

    @property
    def missed(self) -> bool:
        """Whether there is an aim, and the ratio is above it."""
        return self.aim is not None and self.ratio is not None and self.ratio > self.aim


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one benchmark."""

    letter: str
    title: str
    explanation: str
    findings: tuple[Finding, ...]


def markdown(sections: Iterable[Section], machine: Mapping[str, str], seconds: float) -> str:
    """The whole of `RESULTS.md`."""
    return "\n".join(_lines(list(sections), machine, seconds)) + "\n"


def _lines(sections: list[Section], machine: Mapping[str, str], seconds: float) -> Iterator[str]:
    yield "# What was measured"
    yield ""
    yield (
        "Written by `make bench`. A ratio compares two times of the same run on the same "
        "machine, by turns and as the median where they are short. Peak memory is that of "
        "the largest process; a file that is mapped into memory counts there as it is read."
    )
    yield ""
    for name, value in machine.items():
        yield f"- {name}: {value}"
    yield f"- All of it took {_duration(seconds)}."
    for section in sections:
        yield ""
        yield from _section(section)
    yield ""
    yield from _missed(sections)


def _section(section: Section) -> Iterator[str]:
    yield f"## ({section.letter}) {section.title}"
    yield ""
    yield section.explanation
    yield ""
    yield _row(HEADINGS)
    yield _row(["---"] * len(HEADINGS))
    for finding in section.findings:
        yield _row(_cells(finding))


def _cells(finding: Finding) -> list[str]:
    run, other, ratio = finding.run, finding.other, finding.ratio
    met = "–" if finding.aim is None or ratio is None else "no" if finding.missed else "yes"
    return [
        finding.what,
        _duration(run.seconds),
        finding.against,
        "missing" if other is None else _duration(other.seconds),
        "–" if ratio is None else f"{ratio:.2f}{' (memory)' if finding.of_memory else ''}",
        "–" if finding.aim is None else f"≤ {finding.aim:g}",
        met,
        _megabytes(run.peak),
        "–" if other is None else _megabytes(other.peak),
    ]


def _missed(sections: list[Section]) -> Iterator[str]:
    missed = [(s, f) for s in sections for f in s.findings if f.missed]
    yield "## Aims that are missed"
    yield ""
    if not missed:
        yield "None."
    for section, finding in missed:
        ratio, aim = finding.ratio or 0.0, finding.aim or 1.0
        yield (
            f"- ({section.letter}) {finding.what} against {finding.against}: {ratio:.2f} where "
            f"{aim:g} was the aim, {ratio / aim - 1:.0%} over. {finding.why}"
        )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _duration(seconds: float) -> str:
    if seconds >= 120:
        return f"{seconds / 60:.1f} min"
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.3g} ms"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size else "–"
