"""Step 6: what others than the log's keys attest: reviews, time-stamps, cosignatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.edition.checking.attested.quorum import check_quorum, check_witness
from evidence_chain.edition.checking.attested.reviews import check_reviews
from evidence_chain.edition.checking.outside import read_small
from evidence_chain.errors import EvidenceError, ProofError, UncheckedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cryptography.x509 import Certificate

    from evidence_chain.edition.checking.asked import Wanted
    from evidence_chain.edition.checking.compare import Stored
    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.report import Report

_TOKEN = re.compile(r"data/timestamps/([1-9][0-9]*)-([1-9][0-9]*)\.tsr")


def is_attested(path: str) -> bool:
    """Whether a file is a checkpoint or a time-stamp."""
    return path.startswith(("data/checkpoints/", "data/timestamps/"))


def tokens(there: Iterable[str]) -> list[tuple[int, int, str]]:
    """Size, number and path of each time-stamp, in their order."""
    found = (_TOKEN.fullmatch(path) for path in there)
    return sorted((int(one[1]), int(one[2]), one[0]) for one in found if one)


def stamped(there: Iterable[str]) -> set[int]:
    """The sizes of checkpoints that have a time-stamp."""
    return {size for size, *_ in tokens(there)}


def check(
    place: Place,
    there: Mapping[str, int],
    register: Register,
    stored: Stored,
    origin: str,
    wanted: Wanted,
    report: Report,
) -> None:
    """Reviews, time-stamps and cosignatures, as far as the user's keys and roots reach."""
    check_reviews(register, wanted.allowed_signers, report)
    if stamped(there):
        _check_stamps(place, there, stored, wanted.authorities, report)
    for witness in wanted.witnesses:
        check_witness(witness, stored.notes, report)
    if wanted.policy is not None:
        check_quorum(stored.notes, origin, wanted.policy, report)


def _check_stamps(
    place: Place,
    there: Mapping[str, int],
    stored: Stored,
    authorities: bytes | None,
    report: Report,
) -> None:
    from evidence_chain.stamps.authority import read_roots
    from evidence_chain.stamps.response import MAX_RESPONSE

    roots = None if authorities is None else read_roots(authorities)
    numbers: dict[int, int] = {}
    for size, number, path in tokens(there):
        try:
            if number != numbers.get(size, 0) + 1:
                report.fail("timestamp", path, f"{path}: the time-stamps before it are not here.")
            numbers[size] = number
            if size not in stored.notes:
                report.fail("timestamp", path, f"{path}: there is no checkpoint of that size.")
                continue
            response = read_small(place, path, MAX_RESPONSE)
            said = _stamped_at(response, stored.notes[size].text, roots)
        except UncheckedError as error:
            report.miss("timestamp", path, f"{path}: {error}")
        except EvidenceError as error:
            report.fail("timestamp", path, f"{path}: {error}")
        else:
            report.counted[said] += 1
            if roots is not None:
                report.hold("timestamp", "time-stamps")


def _stamped_at(response: bytes, text: str, roots: Sequence[Certificate] | None) -> str:
    """What a time-stamp says, in words."""
    from evidence_chain.stamps.response import open_response
    from evidence_chain.stamps.signature import check as check_stamp
    from evidence_chain.stamps.signature import is_altered

    stamp = open_response(response, text.encode())
    if roots is None:
        if is_altered(stamp):
            raise ProofError(
                "Its signature does not hold by the certificate that came with it, so it was "
                "changed."
            )
        return f"time-stamp of {stamp.time_text}, of which the authority was not asked for (--tsa)"
    return f"time-stamp of {stamp.time_text} by {check_stamp(stamp, roots).authority}"
