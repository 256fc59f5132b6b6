"""What others than the newsroom must attest before it publishes: time-stamps, cosignatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.log.note import SignedNote
from evidence_chain.regular import read_named
from evidence_db.reading.attested.cosigned import FILE, cosigned, read_witnesses
from evidence_db.reading.attested.custody import size_before_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cryptography.x509 import Certificate

    from evidence_chain.log.witness.policy import TrustPolicy
    from evidence_db.publishing.policy import Policy
    from evidence_db.reading.reader import Reader

LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Attesting:
    """Whom the newsroom believes, as the files say that its policy names."""

    roots: Sequence[Certificate] = ()
    witnesses: TrustPolicy | None = None


def read_attesting(root: Path, policy: Policy) -> Attesting:
    """Whom the policy of the case in `root` believes, as far as it asks.

    Raises:
        InputError: a file that it names is not there, or can't be read.
    """
    roots = _roots(root / policy.authority_roots) if policy.authority_roots else ()
    witnesses = read_witnesses(root) if policy.witnesses else None
    if policy.witnesses and witnesses is None:
        raise InputError(
            f"The policy asks for witnesses, and there is no {root / FILE} that names them. Write "
            "it (docs/witnesses.md), or say `witnesses = false`."
        )
    return Attesting(roots, witnesses)


def _roots(path: Path) -> Sequence[Certificate]:
    from evidence_chain.stamps import read_roots

    try:
        return read_roots(read_named(path, LARGEST))
    except (OSError, EvidenceError) as error:
        why = f"{error.strerror}." if isinstance(error, OSError) else error
        raise InputError(
            f"The authorities in {path}, which the policy names, can't be read: {why}"
        ) from error


def stamps_lacking(
    reader: Reader, size: int, asked: int, roots: Sequence[Certificate]
) -> list[str]:
    """Why the checkpoint of `size` entries isn't stamped by enough authorities, if so.

    One after which it was told of editions and nothing else will do as well: `evidence publish`
    records that by itself, and what it publishes was there before.
    """
    if not roots:
        return ["the policy names no authority whose time-stamps count, and anybody can stamp"]
    there = len(set(_stamped_by(reader, min(size, size_before_told(reader)), roots)))
    told = f"{there:,} that the policy believes stamped it, and {asked:,} are asked for"
    return [told] if there < asked else []


def _stamped_by(reader: Reader, size: int, roots: Sequence[Certificate]) -> Iterator[str]:
    """The authorities that stamped a checkpoint of `size` entries or more, if that holds."""
    from evidence_chain.stamps import check, open_response

    texts = {one.size: one.text for one in reader.checkpoints()}
    for of, token in reader.timestamps():
        if of < size:
            continue
        try:
            yield check(open_response(token, texts[size]), roots).authority or ""
        except EvidenceError:
            continue  # `evidence verify` says what is wrong with it


def witnesses_lacking(reader: Reader, witnesses: TrustPolicy | None) -> list[str]:
    """Why the newest checkpoint isn't cosigned by a quorum, if so."""
    stored = cosigned(reader)
    if witnesses is None or not stored:
        return ["there is no checkpoint, or nobody is named who could cosign it"]
    try:
        found = witnesses.cosigned(SignedNote.parse(stored[-1].note))
    except EvidenceError as error:
        return [str(error)]
    if not found.asks:
        return [f"{FILE} asks nobody (`quorum none`)"]
    return [] if found.met else [f"it is {found}, which is no quorum of {FILE}"]
