"""An edition checked whole, its database too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.edition.checking.asked import Look, Rows, Wanted
from evidence_chain.edition.checking.run import check
from evidence_chain.log.key import VerifierKey
from evidence_chain.objects.address import located
from evidence_db.verifying.editions.looked import look
from evidence_db.verifying.editions.told import problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.report import Report


def check_edition(
    path: str | Path, key: str | None = None, *, seen: Mapping[str, bytes] | None = None
) -> Report:
    """Check an edition, its database too, as `evidence check` does.

    Args:
        path: The directory of the edition, or a ZIP of it; or its address, as `s3://bucket/prefix`.
        key: The newsroom's verifier key, from elsewhere than the edition.
        seen: Checkpoints, or notes of editions, that were seen before, each under a name.

    Returns:
        Every check; its `outcome` holds, failed, or was not checked, as without a key.

    Raises:
        InputError: there is nothing that could be an edition.
        FormatError: `key` is no verifier key.
    """
    wanted = Wanted(key=None if key is None else VerifierKey.parse(key), seen=seen or {})
    where = path if isinstance(path, Path) else located(path)
    return check(where, wanted, rows=check_rows).report


def _report(
    place: Place,
    attested: Sequence[str],
    register: Register,
    looked: Look | None,
    report: Report,
) -> None:
    """Compare `evidence.db` with the log, and what it holds besides with what follows from it."""
    if looked is not None and looked.named == register.named_all():
        for detail in looked.missed:
            report.miss("database", "evidence.db", detail)
        report.hold("database", "databases")
        return
    wrong = 0
    for problem in problems(place, attested, register, report):
        wrong += 1
        report.fail("database", "evidence.db", f"evidence.db: {problem}")
    if not wrong:
        report.hold("database", "databases")


check_rows = Rows(look, _report)
"""Compares the database of an edition with its log."""
