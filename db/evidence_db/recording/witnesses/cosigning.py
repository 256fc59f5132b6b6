"""The newest checkpoint, cosigned: who is asked, what they answer, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from evidence_chain.edition.note import LARGEST
from evidence_chain.errors import EvidenceError, InputError, ProofError, UncheckedError
from evidence_chain.log.note import SignedNote
from evidence_chain.log.witness import submission
from evidence_chain.log.witness.policy import shown, told
from evidence_chain.wording.plural import counted
from evidence_db.reading.attested.cosigned import cosigned
from evidence_db.recording.witnesses.asking import post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.log.cosignature import WitnessKey
    from evidence_chain.log.witness.policy import TrustPolicy, Witness
    from evidence_chain.log.witness.submission import Cosignature
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Signed
    from evidence_db.recording.writer import Writer

_TRIES = 3
"""Sizes that a witness may name, one after the other, while others submit the same log."""
_AHEAD = timedelta(minutes=10)
"""How far a witness's clock may go before ours."""
_OF_SIZE = 409
_REFUSALS = {
    400: "finds the request malformed",
    403: "doesn't know the key that signed the checkpoint: give its operator your verifier key",
    404: "doesn't know this log: ask its operator to add your origin and verifier key",
    422: (
        "finds that the log doesn't go on from what it saw before. Either it was shown another log "
        "of this name, or this one was changed: run `evidence verify`, and ask its operator which "
        "checkpoint it has"
    ),
}


@dataclass
class Asked:
    """What came of asking witnesses for one checkpoint."""

    size: int
    kept: dict[str, list[Cosignature]] = field(default_factory=dict)
    """By the name of the witness in the policy."""
    failures: list[EvidenceError] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """As `cosign --json` prints it."""
        return {
            "size": self.size,
            "cosignatures": [
                {"witness": shown(name), "time": told(one.time), "line": str(one.line)}
                for name, lines in self.kept.items()
                for one in lines
            ],
            "failures": [str(one) for one in self.failures],
        }


def newest(reader: Reader) -> Signed:
    """The newest checkpoint, with the cosignatures that it has.

    Raises:
        InputError: there is none.
    """
    stored = cosigned(reader)
    if not stored:
        raise InputError(
            "There is no checkpoint to be cosigned. Sign the log first: `evidence checkpoint`."
        )
    return stored[-1]


def ask_all(reader: Reader, policy: TrustPolicy) -> Asked:
    """Ask every witness of a policy that has an address, and did not cosign the checkpoint yet.

    Raises:
        InputError: there is no checkpoint, or no witness has an address.
        FormatError: the checkpoint can't be read.
        ProofError: a cosignature that is kept already does not hold.
    """
    checkpoint = newest(reader)
    there = policy.cosigned(SignedNote.parse(checkpoint.note)).times
    asked = Asked(checkpoint.size)
    reachable = [one for one in policy.witnesses.values() if one.url]
    if not reachable:
        raise InputError(
            "No witness of the policy has an address. Add it to the end of its line, or ask by "
            "file: evidence cosign --request FILE."
        )
    for witness in reachable:
        if witness.name in there:
            continue
        try:
            asked.kept[witness.name] = _ask(reader, checkpoint, witness)
        except (ProofError, UncheckedError, InputError) as error:
            asked.failures.append(error)
        except EvidenceError as error:  # its answer is none
            detail = f"The witness {shown(witness.name)} ({witness.url}): {error}"
            asked.failures.append(UncheckedError(detail))
    return asked


def request_for(reader: Reader, old: int) -> bytes:
    """What is sent to a witness that cosigned the log at `old` entries last.

    Raises:
        InputError: there is no checkpoint, or it covers less than that.
        FormatError: the checkpoint can't be read.
    """
    checkpoint = newest(reader)
    if old > checkpoint.size:
        raise InputError(
            f"The newest checkpoint covers {checkpoint.size:,} entries, and so can't go on from "
            f"{old:,}."
        )
    plain = next(one for one in reader.checkpoints()[::-1] if one.size == checkpoint.size)
    return submission.request(SignedNote.parse(plain.note), old, reader.hash_at)


def read_answer(reader: Reader, policy: TrustPolicy, answer: bytes) -> Asked:
    """What a witness answered elsewhere, over the newest checkpoint.

    Raises:
        InputError: there is no checkpoint.
        FormatError: it is no answer of a witness.
        ProofError: it holds no cosignature by a witness of the policy over that checkpoint.
    """
    checkpoint = newest(reader)
    keys = {one.key: name for name, one in policy.witnesses.items() if one.key is not None}
    asked = Asked(checkpoint.size)
    for one in submission.read_cosignatures(answer, SignedNote.parse(checkpoint.note), keys):
        _refuse_ahead("The answer", one)
        name = next(n for key, n in keys.items() if _is_by(one, key))
        asked.kept.setdefault(name, []).append(one)
    return asked


def store(writer: Writer, asked: Asked) -> int:
    """Keep the cosignatures beside their checkpoint; how many were not there yet.

    Raises:
        InputError: the checkpoint would be larger than those who check an edition read.
    """
    there = next(one for one in cosigned(writer.reader) if one.size == asked.size)
    lines = [str(one.line) for of_one in asked.kept.values() for one in of_one]
    new = [line for line in dict.fromkeys(lines) if f"\n{line}\n" not in there.note]
    if len(there.note.encode()) + sum(len(f"{line}\n".encode()) for line in new) > LARGEST:
        raise InputError(
            f"With its cosignatures the checkpoint would have more than {LARGEST >> 10} KiB, which "
            "no checker reads. Name fewer witnesses."
        )
    for line in new:
        writer.store_cosignature(asked.size, line)
    return len(new)


def _ask(reader: Reader, checkpoint: Signed, witness: Witness) -> list[Cosignature]:
    """Ask one witness, and again from the size that it names (409)."""
    whose = f"The witness {shown(witness.name)} ({witness.url})"
    if witness.key is None:
        raise UncheckedError(
            f"{whose} has a key of a type that is not known here; it wasn't asked."
        )
    plain = SignedNote.parse(checkpoint.note)
    old = _cosigned_last(reader, witness.key)
    for _ in range(_TRIES):
        answer = post(witness.url or "", request_for(reader, old))
        if answer.status == _OF_SIZE:
            old = submission.read_size(answer.body)
            if old > checkpoint.size:
                raise ProofError(
                    f"{whose} cosigned this log at {old:,} entries, and the newest checkpoint "
                    f"here covers {checkpoint.size:,}. So this is an older copy of the case, or "
                    "another log of its name: go on in the case that was signed last "
                    "(docs/backup.md)."
                )
            continue
        if answer.status != 200:
            _refuse(whose, answer.status)
        found = submission.read_cosignatures(answer.body, plain, [witness.key])
        for one in found:
            _refuse_ahead(whose, one)
        return found
    raise UncheckedError(f"{whose} named {_TRIES} sizes in turn and cosigned none. Try later.")


def _refuse(whose: str, status: int) -> None:
    said = _REFUSALS.get(status, f"answers with status {status}, which is followed nowhere")
    raise (ProofError if status == 422 else UncheckedError)(f"{whose} {said}.")


def _refuse_ahead(whose: str, one: Cosignature) -> None:
    if one.time > datetime.now(UTC) + _AHEAD:
        raise UncheckedError(
            f"{whose} cosigned for {told(one.time)}, which is yet to come. Set the clock of this "
            "machine, or ask its operator; nothing was kept of it."
        )


def _cosigned_last(reader: Reader, key: WitnessKey) -> int:
    """The size at which a witness cosigned last, as far as is kept here."""
    notes = ((one.size, SignedNote.parse(one.note)) for one in cosigned(reader)[::-1])
    return next((size for size, note in notes if any(_lines(note, key))), 0)


def _lines(note: SignedNote, key: WitnessKey) -> Iterator[bool]:
    return ((one.name, one.key_id) == (key.name, key.key_id) for one in note.signatures)


def _is_by(one: Cosignature, key: WitnessKey) -> bool:
    return (one.line.name, one.line.key_id) == (key.name, key.key_id)


def summary(policy: TrustPolicy, reader: Reader) -> str:
    """How many witnesses cosigned the newest checkpoint, in words."""
    found = policy.cosigned(SignedNote.parse(newest(reader).note))
    enough = "the quorum of the policy" if found.met else "no quorum of the policy yet"
    if not found.asks:
        enough = "the policy asks nobody (quorum none)"
    size = counted(newest(reader).size, "entry")
    return f"The checkpoint of {size} is {found}: {enough}."
