"""A report of checks for people: a line for each step, what failed below it, and the sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.verify.report import Outcome
from evidence_cli.terminal import flat, outcome, say, wrapped
from evidence_cli.views.integrity import in_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.verify.report import Report


def tell_report(
    report: Report, steps: Mapping[int, str], *, verbose: bool = False, of: str = ""
) -> None:
    """Print a report.

    Args:
        report: What was found.
        steps: The title of each step by its number.
        verbose: Whether to say how parsers are confined where nothing is lacking, too.
        of: What the sum is of, if not of all that there is.
    """
    for number, title in steps.items():
        checks = [check for check in report.checks if report.table[check.check][0] == number]
        if not checks:
            continue
        findings = [check for check in checks if check.outcome != "holds"]
        worst = min((check.outcome for check in findings), default=Outcome.HOLDS)
        held = Counter[str]()
        for check in checks:
            held[check.check] += check.count if check.outcome == "holds" else 0
        counts = ", ".join(f"{check} {count:,}" for check, count in held.items() if count)
        say(f"{number}  {title:30} {outcome(worst)}{f'  {counts}' if counts else ''}")
        for finding in findings:
            say(f"     {outcome(finding.outcome)} {finding.check}: {flat(finding.detail)}")
    say(wrapped(f"Not checked in this run: {', '.join(report.absent)}.", ""))
    if report.isolation and (verbose or report.isolation.lacking):
        for sentence in report.isolation.sentences():
            say(wrapped(sentence, ""))
    say(of + in_numbers({"outcome": report.outcome, "counts": report.counts}))


def exit_code(report: Report) -> int:
    """The exit code of a command that makes a report."""
    from evidence_cli.main import FAILED, HELD, NOT_CHECKED

    return {Outcome.HOLDS: HELD, Outcome.FAILED: FAILED}.get(report.outcome, NOT_CHECKED)


def failed_subjects(report: Report) -> list[str]:
    """What `--quiet` prints: the subject of each check that failed."""
    return [check.subject for check in report.checks if check.outcome is Outcome.FAILED]
