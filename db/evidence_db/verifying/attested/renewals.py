"""Renewals of time-stamps, proofs of OpenTimestamps, and certificates that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from evidence_chain.digest import sha256
from evidence_chain.errors import EvidenceError, ProofError
from evidence_chain.verify.report import Report
from evidence_chain.wording.plural import counted
from evidence_db.reading.attested.kept_stamps import open_timestamps, renewable, renewals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from evidence_chain.stamps import Stamp
    from evidence_chain.stamps.open_timestamps import Attestation, BlockHeader
    from evidence_db.reading.reader import Reader

LEAVES = 20
"""Leaves of one proof that are told; hostile ones have thousands."""
SOON = timedelta(days=180)
"""How long before a certificate ends it is said."""


def check_renewals(
    reader: Reader,
    roots: bytes | None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Report:
    """Check every renewal, and tell which certificates end that nothing renewed in time.

    Args:
        reader: A reader of the case.
        roots: The certificates of the authorities that the user trusts, in PEM.
        clock: Gives the present.
    """
    report = Report()
    if not reader.timestamps():
        return report
    from evidence_chain.stamps import check, is_altered, open_response, read_roots
    from evidence_chain.stamps.renewal import covered_by

    trusted = None if roots is None else read_roots(roots)
    origin = reader.info().origin
    good: list[tuple[set[str], Stamp]] = []
    for number, (covers, token) in enumerate(renewals(reader)):
        name = f"renewal {number + 1} of time-stamps"
        try:
            covered = covered_by(covers, origin, renewable(reader, number))
            stamp = open_response(token, covers.encode())
            if trusted is None and is_altered(stamp):
                raise ProofError("Its signature does not hold: it was changed.")
            by = "an authority that was not asked for (--tsa-root)"
            if trusted is not None:
                by = check(stamp, trusted).authority
                report.hold("timestamp", "renewals")
        except EvidenceError as error:
            report.fail("timestamp", name, f"{name}: {error}")
        else:
            stamps = counted(sum(not one.startswith("checkpoint") for one in covered), "time-stamp")
            report.counted[f"{name}: {stamps} existed before {stamp.time_text}, says {by}"] += 1
            good.append((covered, stamp))
    for told in _ending(reader, good, clock(), believed=trusted is not None):
        report.counted[told] += 1
    return report


def _ending(
    reader: Reader, good: Sequence[tuple[set[str], Stamp]], now: datetime, *, believed: bool
) -> Iterator[str]:
    """Of each time-stamp that no renewal covered in time, that its certificate ends or ended.

    A renewal of which nobody asked who made it makes nobody believe what ended.
    """
    from evidence_chain.stamps.renewal import ends_at, line_for, line_for_renewal
    from evidence_chain.stamps.response import read

    lines = [(line_for(*one), one[1]) for one in reader.timestamps()]
    lines += [(line_for_renewal(token), token) for _, token in renewals(reader)]
    for line, token in lines:
        try:
            stamp = read(token)
        except EvidenceError:
            continue  # which is told where it is checked
        end = ends_at(stamp)
        if end is None or end - now > SOON:
            continue
        is_renewed = any(line in covered and by.time <= end for covered, by in good)
        if is_renewed and (believed or end > now):
            continue
        who = stamp.authority or "an authority"
        if end <= now:
            yield (
                f"the certificate of {who} ended on {end:%Y-%m-%d}, and no renewal that is "
                "believed covered its time-stamp before: it counts while its key is trusted"
            )
        else:
            yield (
                f"the certificate of {who} ends on {end:%Y-%m-%d}: renew its time-stamp before, "
                "`evidence timestamp --renew`"
            )


def check_open_timestamps(reader: Reader, headers: Sequence[bytes]) -> Report:
    """Check every proof of OpenTimestamps against headers of blocks that the user gives.

    Raises:
        FormatError: one is no header of a block.
    """
    report = Report()
    stored = open_timestamps(reader)
    if headers and not stored:
        report.miss("open-timestamp", "log", "There is no proof of OpenTimestamps yet.")
    if not stored:
        return report
    from evidence_chain.stamps import open_timestamps as proofs

    blocks = {one.root: one for one in map(proofs.read_header, headers)}
    signed = {one.size: one for one in reader.checkpoints()}
    led = set[bytes]()
    for size, data in stored:
        name = f"OpenTimestamps of checkpoint {size}"
        try:
            proof = proofs.read(data)
            one = signed.get(size)
            if one is None or proof.digest not in {sha256(one.text), sha256(one.note.encode())}:
                raise ProofError("It is not over that checkpoint.")
        except EvidenceError as error:
            report.fail("open-timestamp", name, f"{name}: {error}")
            continue
        found = [blocks[leaf.root] for leaf in proof.attestations if leaf.root in blocks]
        for block in found:
            led.add(block.root)
            report.hold("open-timestamp", "proofs")
        said = list(dict.fromkeys(_told(proof.attestations, found, asked=bool(headers))))
        more = [f"and {len(said) - LEAVES:,} things more"] if len(said) > LEAVES else []
        for told in said[:LEAVES] + more:
            report.counted[f"{name}: {told}"] += 1
    for root, block in blocks.items():
        if root not in led:
            detail = f"No proof of OpenTimestamps leads to the block {block.hash}."
            report.miss("open-timestamp", "log", detail)
    return report


def _told(
    leaves: Sequence[Attestation], found: Sequence[BlockHeader], *, asked: bool
) -> Iterator[str]:
    for block in found:
        yield (
            f"it existed when a block was found at about {block.time:%Y-%m-%dT%H:%M:%SZ}, if "
            f"Bitcoin has the block {block.hash}: compare that with a node or explorers"
        )
    roots = {block.root for block in found}
    for leaf in leaves:
        if leaf.calendar is not None:
            yield f"pending at {leaf.calendar}: nothing is proved yet"
        elif leaf.height is None or leaf.root is None:
            yield "a part of it is not known here, and was not checked"
        elif leaf.root not in roots:
            why = "a header of another was given" if asked else "give its header: --block-header"
            yield f"it says that it is in block {leaf.height:,} of Bitcoin, not compared ({why})"
