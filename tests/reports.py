"""Reports, made of what was said of each check."""

from evidence_chain.verify.report import Outcome, Report


def report_of(*all_said):
    """A report of outcomes, checks and subjects."""
    report = Report()
    for outcome, check, subject in all_said:
        if outcome is Outcome.HOLDS:
            report.hold(check, subject)
        elif outcome is Outcome.FAILED:
            report.fail(check, subject, "is wrong")
        else:
            report.miss(check, subject, "is absent")
    return report
