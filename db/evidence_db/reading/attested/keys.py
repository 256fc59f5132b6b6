"""The keys of a log: which signs a checkpoint of which size (docs/edition.md, section 8)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from evidence_chain.entry import parse
from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.checkpoint import open_checkpoint
from evidence_chain.log.note import SignedNote
from evidence_chain.log.succession import Succession
from evidence_db.store.keys.held import earlier_keys
from evidence_db.store.keys.key_file import own_key, signed_before

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from evidence_chain.log.key import VerifierKey
    from evidence_db.reading.reader import Reader

_CHANGES = "SELECT idx, entry FROM entry WHERE kind = 'key' ORDER BY idx"


class LogKeys:
    """What the changes of keys in a log say, and the key that its user knows it by.

    Args:
        origin: The name of the log.
        key: The key that the user knows the log by: any that it ever had. None if they know none.
        sizes: The sizes of its checkpoints.
        said: What its entries say of changes of keys, as `changes` has it.
    """

    def __init__(
        self,
        origin: str,
        key: VerifierKey | None,
        sizes: Collection[int] = (),
        said: Iterable[tuple[int, str, str]] = (),
    ) -> None:
        self.origin = origin
        self._key = key
        self._sizes = {*sizes}
        newest = max(self._sizes, default=0)
        self.changes = [one for one in said if one[0] < newest]
        """Those that a checkpoint covers; of others, nothing is known yet."""

    @classmethod
    def read(cls, reader: Reader, key: VerifierKey | None) -> LogKeys:
        """The keys of a case's log, by what its entries say."""
        sizes = [one.size for one in reader.checkpoints()]
        return cls(reader.info().origin, key, sizes, changes(reader))

    @cached_property
    def problems(self) -> list[tuple[int, str]]:
        """Index and description of what is wrong with the changes."""
        return list(Succession(self.origin, self.changes).problems(self._sizes))

    @cached_property
    def _succession(self) -> Succession:
        """The keys, if the user knows one of them, and one led to the other."""
        known = Succession(self.origin, self.changes)
        if self._key is None or not self.changes or self.problems or self._key not in known.keys:
            return Succession(self.origin, first=self._key)
        return known

    @cached_property
    def ids(self) -> set[bytes]:
        """The ids of the keys, if the log had several, and the user knows one of them or none."""
        if self._key is None and self.changes and not self.problems:
            return {key.key_id for key in Succession(self.origin, self.changes).keys}
        known = self._succession
        return {key.key_id for key in known.keys} if known.changes else set()

    def at(self, size: int) -> Sequence[VerifierKey]:
        """The key in force at a size; none if nobody told it."""
        key = self._succession.in_force(size)
        return [] if key is None else [key]

    def of_stored(self, size: int) -> Sequence[VerifierKey]:
        """The keys that must have signed a checkpoint of the case: two at a change."""
        return self._signers.get(size) or self.at(size)

    @cached_property
    def _signers(self) -> dict[int, list[VerifierKey]]:
        return dict(self._succession.signers(self._sizes))


def own_key_of(reader: Reader, *, published: bool) -> VerifierKey | None:
    """The verifier key of the user's own that a case is checked with; `None` if they have none.

    An edition that was made before a change of keys is signed by a key that was changed since. That
    one counts where its newest checkpoint is one that was signed here, and nowhere else: whoever
    stole it can sign another log with it.

    Args:
        reader: A reader of it.
        published: Whether it is an edition.
    """
    key = own_key(origin := reader.info().origin)
    if not published or key is None or not (stored := reader.checkpoints()):
        return key
    try:
        checkpoint, _ = open_checkpoint(note := stored[-1].note, None)
        ids = {one.key_id for one in SignedNote.parse(note).signatures if one.name == origin}
        if key.key_id in ids or checkpoint not in [one.checkpoint for one in signed_before(origin)]:
            return key
        return next((one for one in earlier_keys(origin) if one.key_id in ids), key)
    except EvidenceError:  # told by the check of the checkpoint
        return key


def changes(reader: Reader) -> list[tuple[int, str, str]]:
    """Index of each change of keys in a log, the key before it and the key from it on.

    One that can't be read is left out: `verify` says so.
    """
    found = []
    for index, entry in reader.connection.execute(_CHANGES):
        try:
            said = parse(str(entry).encode()).open
        except FormatError:
            continue
        found.append((index, said["previous"], said["vkey"]))
    return found
