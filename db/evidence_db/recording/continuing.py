"""No second log by accident: a log goes on from the newest checkpoint that was signed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ProofError
from evidence_chain.log.merkle import Frontier
from evidence_db.store.keys.key_file import kept_checkpoint

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.store.keys.key_file import Kept


def refuse_other_log(reader: Reader) -> None:
    """Refuse a log that does not go on from the checkpoint that is kept beside the key.

    Where none is kept, as without the key, this can't be told.

    Raises:
        ProofError: it does not go on from it.
        KeyFileError: what is kept can't be read.
    """
    kept = kept_checkpoint(reader.info().origin)
    if kept is None:
        return
    size = reader.size()
    if size < kept.checkpoint.size:
        raise ProofError(_refusal(kept, f"the log here has {size:,} entries"))
    if Frontier.at(kept.checkpoint.size, reader.hash_at).root() != kept.checkpoint.root:
        raise ProofError(_refusal(kept, "the entries here that it covers are others"))


def _refusal(kept: Kept, found: str) -> str:
    return (
        "Nothing was recorded or signed, because this log does not go on from the newest "
        f"checkpoint that was signed here: that one covers {kept.checkpoint.size:,} entries, and "
        f"{found}. So this is an older copy of the case, or another one of the same origin, and "
        "what is signed in both would make two logs of one name. Go on in the case that was "
        "signed last, or copy that one here with `evidence copy`. If its entries are lost for "
        f"good, move {kept.path} away: readers who have that checkpoint will see that the log "
        "was begun anew (docs/backup.md)."
    )
