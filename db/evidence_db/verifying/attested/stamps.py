"""Time-stamps: each is over the checkpoint that it is kept with, and by whom that is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, ProofError, UncheckedError
from evidence_chain.verify.report import Report
from evidence_db.reading.records import Signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.reading.reader import Reader

_ALTERED = (
    "Its signature does not hold by the certificate that came with it, so it was changed. Fetch it "
    "again from where it was kept."
)


def check_stamps(
    reader: Reader, stored: Sequence[tuple[int, bytes]], roots: bytes | None
) -> Report:
    """Check every time-stamp of a case.

    Args:
        reader: A reader of the case.
        stored: The time-stamps, each with its checkpoint's size.
        roots: The certificates of the authorities that the user trusts, in PEM.

    Raises:
        FormatError: `roots` are none.
    """
    report = Report()
    if not stored:
        if roots is not None:
            report.miss("timestamp", "log", "There is no time-stamp yet: `evidence timestamp`.")
        return report
    from evidence_chain.stamps import check, is_altered, open_response, read_roots

    trusted = None if roots is None else read_roots(roots)
    signed = {one.size: one for one in reader.checkpoints()}
    for size, token in stored:
        name = f"time-stamp of checkpoint {size}"
        try:
            stamp = open_response(token, signed.get(size, Signed(size, "")).text)
            if trusted is None and is_altered(stamp):
                raise ProofError(_ALTERED)
            if trusted is None:
                by = "an authority that was not asked for (--tsa-root)"
            else:
                by = check(stamp, trusted).authority
                report.hold("timestamp", "time-stamps")
        except UncheckedError as error:
            report.miss("timestamp", name, f"{name}: {error}")
        except EvidenceError as error:
            report.fail("timestamp", name, f"{name}: {error}")
        else:
            told = f"{name}: it existed before {stamp.time_text}, says {by}"
            report.counted[told] += 1
    return report
