"""That an edition was made is told in the log of its case, once the edition is in its place."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from evidence_chain.wording.plural import counted
from evidence_db.publishing.earlier import earlier_editions
from evidence_db.reading.attested.custody import PUBLISHED, size_before_told
from evidence_db.recording.attesting.custody import record_custody
from evidence_db.recording.attesting.signing import sign_checkpoint
from evidence_db.recording.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from evidence_db.case import Case
    from evidence_db.publishing.writing.order import Published


def settle_told(case: Case) -> None:
    """Sign the log if nothing came after its newest checkpoint but that editions were made.

    Then a run was killed after it recorded that, and before it signed it.

    Raises:
        ProofError: the log doesn't go on from its newest checkpoint.
        KeyFileError: the signing key is missing, or open to others.
    """
    with case.reader() as reader:
        covered = max((one.size for one in reader.checkpoints()), default=0)
        is_behind = size_before_told(reader) <= covered < reader.size()
    if covered and is_behind:
        sign_checkpoint(case)


def tell_published(case: Case, published: Published, by: str) -> list[str]:
    """Record that an edition was made, and sign the log with that.

    So are earlier ones of which nothing was recorded, as when a run was killed in between.

    Args:
        case: The case that it is of.
        published: The edition, in its place.
        by: Who published it.

    Returns:
        The ids of what was recorded.

    Raises:
        StorageError: the case can't be written.
        KeyFileError: the signing key is gone since.
    """
    with Writer(case, by) as writer:
        said = writer.reader.connection.execute("SELECT note FROM custody WHERE note IS NOT NULL")
        told = "\n".join(note for (note,) in said)
        lacking = [
            one
            for one in earlier_editions(case.root)
            if "subjects" in one and _digest(one) not in told
        ]
        own = published.note.digest.hex()
        recorded = [
            record_custody(
                writer,
                by if _digest(one) == own else published.note.origin,
                PUBLISHED,
                one["subjects"],
                _said(one),
            ).id
            for one in lacking
        ]
    sign_checkpoint(case)
    return recorded


def _digest(one: Mapping[str, Any]) -> str:
    return base64.b64decode(one["note"]).hex()


def _said(one: Mapping[str, Any]) -> str:
    size = counted(one["size"], "entry")
    return f"Edition made at {one['made']}, of {size}. Its digest: {_digest(one)}"
