"""What the user saw before: a checkpoint, or another edition, of the same log (`--seen`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.digest import b3
from evidence_chain.edition import note as notes
from evidence_chain.edition.bag import NOTE
from evidence_chain.edition.checking.outside import read_small
from evidence_chain.edition.layout import LOG, UNREADABLE
from evidence_chain.edition.line import LARGEST, parse
from evidence_chain.errors import EvidenceError, FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import parse as parse_checkpoint
from evidence_chain.log.note import SignedNote
from evidence_chain.objects.asking import StoreError
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.report import Report


def check_seen(
    seen: Mapping[str, bytes | Place],
    register: Register,
    note: EditionNote | None,
    said: Mapping[str, Any] | None,
    report: Report,
) -> None:
    """Each is a beginning of this log; and an edition is this one, or one that it names.

    Of an edition that is there whole, the fields that were disclosed in it are looked for, too.
    """
    for name, one in seen.items():
        try:
            origin, size, root, digest = read_seen(one)
            if note is not None and origin != note.origin:
                raise ProofError(f"it is of the log {origin}.")
            if size > register.size:
                raise ProofError(
                    f"it is of {counted(size, 'entry')}, and this log has "
                    f"{register.size:,} alone: this one is older, was cut, or is another log. "
                    "Check the newer one, and name this one as seen: that tells which it is."
                )
            if register.root_at(size) != root:
                raise ProofError("this log doesn't go on from what it says.")
            earlier = {one["note"] for one in (said or {}).get("earlier", ())}
            if digest is not None and not (
                (note is not None and note.digest == digest) or b64.encode(digest) in earlier
            ):
                raise ProofError(
                    "this edition doesn't name it among the earlier ones. It may be a newer one "
                    "than this, or one that its publisher would rather not name."
                )
        except StoreError as error:
            report.miss("seen", name, f"Seen before, {name}: {error.strerror}.")
        except EvidenceError as error:
            report.fail("seen", name, f"Seen before, {name}: {error}")
        else:
            report.hold("seen", "seen before")
            if not isinstance(one, bytes):
                _count_withdrawn(name, one, register, report)


def _count_withdrawn(name: str, place: Place, register: Register, report: Report) -> None:
    """Count the fields that an earlier edition discloses and this one doesn't: no failure."""
    try:
        count = sum(_withdrawn(place, register))
    except (*UNREADABLE, EvidenceError) as error:
        detail = f"Seen before, {name}: what it discloses can't be compared with this: {error}"
        report.miss("seen", name, detail)
    else:
        told = f"fields that were disclosed in {name} and are not here"
        report.counted.update({told: count} if count else {})


def _withdrawn(place: Place, register: Register) -> Iterator[int]:
    """How many fields of each record an earlier edition discloses, and this one doesn't."""
    with place.open(LOG) as file:
        for index in range(register.size):
            text = file.readline(LARGEST)
            if not text:
                return
            line, shape = parse(text.removesuffix(b"\n")), register.shape(index)
            if shape is None or b3(line.entry) != register.ids[index]:
                raise FormatError("its log.jsonl is not that of the log that it is of.")
            yield len(line.body.keys() - shape.disclosed)


def read_seen(one: bytes | Place) -> tuple[str, int, bytes, bytes | None]:
    """Origin, size and root of what was seen; and the digest of an edition's note.

    Raises:
        EvidenceError: it is neither a checkpoint nor an edition, nor the note of one.
    """
    data = one if isinstance(one, bytes) else read_small(one, NOTE, notes.LARGEST)
    if len(data) > notes.LARGEST:
        raise FormatError("it is too large to be a checkpoint or the note of an edition.")
    text = SignedNote.parse(data).text
    if text.startswith(notes.FIRST_LINE):
        edition = notes.parse(text)
        return edition.origin, edition.size, edition.root, edition.digest
    checkpoint = parse_checkpoint(text)
    return checkpoint.origin, checkpoint.size, checkpoint.root, None
