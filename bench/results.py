"""What was measured, as `RESULTS.md` has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.measure import Run

MEMORY_AIM = 1.1
"""The most that peak memory may grow with the number of records."""
QUIET = 0.1
"""The share of all cores that other work may take before what is measured is called uncertain."""
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
    detail: str = ""
    """What else was measured, which is another thing in every run."""

    @property
    def name(self) -> str:
        """What is compared with what: the same in every run of the same size."""
        return f"{self.what} against {self.against}{' (memory)' if self.of_memory else ''}"

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
    other_work: float | None = None
    """The share of the time of all cores that went to other work meanwhile, if it is known."""
    not_measured: tuple[str, ...] = ()
    """What belongs here and was not measured, and why."""

    @property
    def ratios(self) -> dict[str, float]:
        """The ratios by the names of their findings, without those whose peer is missing."""
        return {each.name: each.ratio for each in self.findings if each.ratio is not None}

    @property
    def is_loaded(self) -> bool:
        """Whether the machine was, or may have been, busy with other work."""
        return is_loaded(self.other_work)


def is_loaded(other_work: float | None) -> bool:
    """Whether so much other work makes a ratio uncertain; what isn't known may."""
    return other_work is None or other_work > QUIET


def markdown(
    sections: Sequence[Section],
    machine: Mapping[str, str],
    seconds: float,
    changes: Iterable[str] = (),
    written_by: str = "make bench",
) -> str:
    """The whole of `RESULTS.md`; `changes` are the lines that tell what an earlier run had."""
    return "\n".join(_lines(sections, machine, seconds, changes, written_by)) + "\n"


def _lines(
    sections: Sequence[Section],
    machine: Mapping[str, str],
    seconds: float,
    changes: Iterable[str],
    written_by: str,
) -> Iterator[str]:
    yield "# What was measured"
    yield ""
    yield (
        f"Written by `{written_by}`. A ratio compares two times of the same run on the same "
        "machine, by turns and as the median where they are short. Peak memory is that of "
        "the largest process; a file that is mapped into memory counts there as it is read."
    )
    yield ""
    for name, value in machine.items():
        yield f"- {name}: {value}"
    yield f"- All of it took {_duration(seconds)}."
    yield ""
    yield from changes
    for section in sections:
        yield ""
        yield from _section(section)
    yield ""
    yield from _missed(sections)


def _section(section: Section) -> Iterator[str]:
    yield f"## ({section.letter}) {section.title}"
    yield ""
    yield section.explanation + _load(section)
    yield ""
    if section.findings:
        yield _row(HEADINGS)
        yield _row(["---"] * len(HEADINGS))
    for finding in section.findings:
        yield _row(_cells(finding))
    if section.findings and section.not_measured:
        yield ""
    for missing in section.not_measured:
        yield f"- *Not measured:* {missing}"


def _load(section: Section) -> str:
    if section.other_work is None:
        return (
            " How busy the machine was with other work is unknown, so these ratios are uncertain."
        )
    if section.is_loaded:
        return (
            f" Taken under load: other work took {section.other_work:.0%} of the time of all "
            "cores, so these ratios are uncertain."
        )
    return ""


def _cells(finding: Finding) -> list[str]:
    run, other, ratio = finding.run, finding.other, finding.ratio
    met = "–" if finding.aim is None or ratio is None else "no" if finding.missed else "yes"
    return [
        _what(finding),
        _duration(run.seconds),
        finding.against,
        "missing" if other is None else _duration(other.seconds),
        "–" if ratio is None else f"{ratio:.2f}{' (memory)' if finding.of_memory else ''}",
        "–" if finding.aim is None else f"≤ {finding.aim:g}",
        met,
        _megabytes(run.peak),
        "–" if other is None else _megabytes(other.peak),
    ]


def _what(finding: Finding) -> str:
    return f"{finding.what} ({finding.detail})" if finding.detail else finding.what


def _missed(sections: Sequence[Section]) -> Iterator[str]:
    missed = [(s, f) for s in sections for f in s.findings if f.missed]
    yield "## Aims that are missed"
    yield ""
    if not missed:
        yield "None."
    for section, finding in missed:
        ratio, aim = finding.ratio or 0.0, finding.aim or 1.0
        yield (
            f"- ({section.letter}) {_what(finding)} against {finding.against}: {ratio:.2f} where "
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
