"""`python -m evidence_db.resolving.progress DATABASE WHAT`: verify, and tell what ends as it ends.

For a program that shows a verification while it goes on, and may end it at any time: this process
and those that it starts are a group of their own, which a SIGTERM ends. `WHAT` is a JSON object:

    {}                  the whole case, as `evidence verify`; an edition, as `evidence check`
    {"claim": 7}        what a claim rests on, as `evidence verify CLAIM`
    {"chain": 7}        the same without the rest of the log, as `evidence resolve` checks it
    {"record": 7}       one record, and the passage or file that it is about
    {"document": 7}     a preserved file and every passage in it, its text drawn anew

Each line that it writes is a JSON object: `at`, `done` and `total` (how far it is), `check` (a
check with the number of its outcomes so far, and whether it has ended), and last `report`, which
is what `verify --json` prints, or `error`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from evidence_chain.edition.checking.asked import Wanted as Asked
from evidence_chain.edition.checking.asked import new_report
from evidence_chain.edition.checking.run import check as check_edition
from evidence_chain.entry import is_evidence
from evidence_chain.errors import EvidenceError
from evidence_chain.verify.report import Outcome, Report
from evidence_db.case import Case
from evidence_db.reading.attested.keys import own_key_of
from evidence_db.resolving.resolution import chain_of, rests_on
from evidence_db.verifying.published import check_rows
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evidence_chain.log.key import VerifierKey
    from evidence_chain.verify.report import Check
    from evidence_db.reading.reader import Reader
    from evidence_db.resolving.chain import Chain

    Say = Callable[[dict[str, Any]], None]

FINDINGS = 20
"""Findings of each check that are told while the work goes on; the report has them all."""
EVERY = 0.1
"""Seconds between two lines that say how far it is, at least."""
_LAST_STEP = {"records": 1, "files": 6, "passages": 7, "claims": 8}
"""The last step of section 8 that has ended when work of each sort begins."""


class Teller:
    """Tells what a report has gained since it was last asked."""

    def __init__(self, report: Report, say: Say) -> None:
        self._report = report
        self._say = say
        self._seen = 0
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._findings: dict[str, list[Check]] = defaultdict(list)
        self._told: dict[str, Any] = {}
        self._next = 0.0
        self._stage = ""

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say how far it is, unless that was said just now."""
        if stage == self._stage and monotonic() < self._next and done < total:
            return
        self._stage, self._next = stage, monotonic() + EVERY
        self.checks(_LAST_STEP[stage])
        self._say({"at": stage, "done": done, "total": total})

    def checks(self, last_step: int) -> None:
        """Tell every check whose numbers have changed; those up to a step have ended."""
        self._take()
        for name, (step, meaning) in self._report.table.items():
            if counts := self._counts.get(name):
                told = self._row(name, counts) | {"ended": step <= last_step}
                if self._told.get(name) != told:
                    self._told[name] = told
                    self._say(told | {"step": step, "meaning": meaning})

    def _take(self) -> None:
        for finding in self._report.findings[self._seen :]:
            self._counts[finding.check][finding.outcome] += 1
            self._findings[finding.check] = [*self._findings[finding.check], finding][:FINDINGS]
        self._seen = len(self._report.findings)
        for counts in self._counts.values():
            counts[Outcome.HOLDS] = 0
        for (check, _), count in self._report.held.items():
            self._counts[check][Outcome.HOLDS] += count

    def _row(self, name: str, counts: Counter[str]) -> dict[str, Any]:
        worst = (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.HOLDS)
        return {
            "check": name,
            "outcome": next(outcome for outcome in worst if counts[outcome]),
            **{outcome: counts[outcome] for outcome in Outcome},
            "findings": [
                {"outcome": one.outcome, "subject": one.subject, "detail": one.detail}
                for one in self._findings.get(name, ())
            ],
        }


def tell(case: Case, what: dict[str, int], say: Say) -> None:
    """Verify what is asked of a case, and tell it as this module says."""
    if case.edition is not None and "claim" in what:
        what = {"chain": what["claim"]}
    whole = case.edition if not what else None
    report = Report() if whole is None else new_report()
    teller = Teller(report, say)
    if whole is not None:
        asked = Asked(key=_key_of(case))
        check_edition(whole, asked, rows=check_rows, progress=teller.progress, report=report)
    elif what and "claim" not in what:
        _check_some(case, what, report, teller)
    else:
        verify(case, Wanted(claim=what.get("claim")), teller.progress, report=report)
    teller.checks(max(step for step, _ in report.table.values()))
    say({"report": report.as_json()})


def _key_of(case: Case) -> VerifierKey | None:
    with case.reader() as reader:
        return own_key_of(reader, published=case.edition is not None)


def _check_some(case: Case, what: dict[str, int], report: Report, teller: Teller) -> None:
    ((sort, index),) = what.items()
    with case.reader() as reader:
        chain = chain_of(case, reader)
        report.merge(chain.signature)
        report.merge(chain.complete)
        works = list(_works(reader, chain, sort, index))
        for done, work in enumerate(works, 1):
            known = set(chain.reports)
            work()
            for checked in chain.reports.keys() - known:
                report.merge(chain.reports[checked])
            teller.progress("passages", done, len(works))


def _works(reader: Reader, chain: Chain, sort: str, index: int) -> Iterable[Callable[[], object]]:
    """What there is to do, so that each file is read once."""
    named = rests_on(reader.graph(index)) if sort == "chain" else [index]
    documents: dict[int, list[int]] = defaultdict(list)
    others = []
    for one in sorted(set(named)):
        record = reader.stored(one)
        place = reader.place(str(record.body.get("artifact")))
        if record.kind == "artifact":
            documents[one] += reader.passages_in(one) if sort == "document" else []
        elif is_evidence(record.kind) and place is not None:
            documents[place.index].append(one)
        else:
            others.append(one)
    yield partial(chain.check, others)
    for artifact, passages in documents.items():
        yield partial(chain.check_document, artifact, passages)


def _say(event: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Verify what the command line names."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(OSError):
        os.nice(10)  # whoever reads meanwhile comes first
    database, what = sys.argv[1:]
    try:
        tell(Case.open(Path(database)), json.loads(what), _say)
    except EvidenceError as error:
        _say({"error": str(error)})


if __name__ == "__main__":
    main()
