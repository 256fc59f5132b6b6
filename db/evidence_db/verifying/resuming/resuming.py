"""What a verification takes over from one that broke off, and what it leaves for the next one.

A file, or a document with the passages in it, is known again by a tag over all that its checks
rest on and that this run does not check anew: what its records commit to, how much was asked, and
what its store says of it, which is another when it was changed. That can be forged, so what is
taken over is *not checked*, and the report says when it held.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from evidence_chain import __version__
from evidence_chain.errors import InputError, StorageError
from evidence_chain.verify.report import Outcome, Report
from evidence_db.store.keys.beside import path_beside
from evidence_db.verifying.resuming.memory import Memory
from evidence_db.verifying.resuming.taken import Taken
from evidence_db.verifying.resuming.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_db.case import Case
    from evidence_db.store.files.hashed import Hashed
    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.intact import Expected
    from evidence_db.verifying.documents.passages import Batch, Looked
    from evidence_db.verifying.queries import Audit
    from evidence_db.verifying.wanted import Wanted

    Progress = Callable[[str, int, int], None]

_FORMAT = 1
_UNSIGNED = (
    "The log has no root that a checkpoint of the expected signer signs. So nothing is taken over, "
    "and all is read."
)


class Resuming:
    """Stands between what there is to look at in files, and whoever looks at it.

    Args:
        remembers: Whether something is left for a later verification. Without, all is looked at.
        takes_over: Whether what an earlier verification established is not looked at again.
    """

    def __init__(self, *, remembers: bool = False, takes_over: bool = False) -> None:
        self._remembers = remembers or takes_over
        self.takes_over = takes_over
        self.taken = Taken()
        self._memory: Memory | None = None
        self._unsigned = False
        self._is_whole = True
        self._is_done = False
        self._fetched = False
        self._asked = ""
        self._bad: set[str] = set()
        self._files: dict[Expected, set[bytes]] = {}
        self._documents: dict[int, tuple[bytes, bool]] = {}
        """Those under way, and whether their file was found bad."""

    def refuse_parts(self, case: Case, wanted: Wanted) -> None:
        """Refuse to remember anything of an edition, or of one claim.

        Raises:
            InputError: it is one.
        """
        if self._remembers and (case.edition is not None or wanted.claim is not None):
            raise InputError("An edition, or what one claim rests on, is checked without --resume.")

    def begin(
        self, case: Case, reader: Audit, newest: Checkpoint | None, wanted: Wanted, *, others: bool
    ) -> None:
        """Remember from now on what is found.

        Args:
            case: The case.
            reader: A reader of it.
            newest: The newest checkpoint, if the log was found to be what it signs.
            wanted: How much is checked.
            others: Whether the work is done by others than processes of this machine.
        """
        if not self._remembers:
            return
        if newest is None:
            self._unsigned = True
            return
        path = path_beside(newest.origin, "resume", case.root)
        inode, root = case.database.stat().st_ino, newest.root.hex()
        whose = (_FORMAT, __version__, str(case.root), inode, newest.origin, newest.size, root)
        self._reader, self._versions = reader, Versions()
        self._fetched = case.files.store.directory is None
        self._asked = f"{wanted.all_digests} {wanted.rendered}"
        self._memory = Memory(path, repr(whose), by_others=others)

    def names(self, store: FileStore) -> Iterator[str]:
        """The names of all that lies in a store."""
        return store.list() if self._memory is None else self._versions.note(store.versions())

    def files_left(self, files: Iterable[tuple[int, Expected]]) -> Iterator[Expected]:
        """The files that are to be hashed, of those that records name."""
        for index, one in files:
            tag = self._tag(index, one, (one.blake3,))
            if tag and (at := self._held_at(tag)) is not None:
                self.taken.add(at, files=1)
                continue
            if tag:
                self._files.setdefault(one, set()).add(tag)
            yield one

    def note_hashed(self, hashed: Hashed) -> None:
        """Take note of what came of hashing files."""
        bad = {one.blake3 for one, *_ in hashed.problems}
        self._bad |= bad
        unread = (one for one, outcome, _ in hashed.problems if outcome is Outcome.NOT_CHECKED)
        if any(one.check != "file-sha256" for one in unread):  # which goes with a failed `file`
            self.note_unfinished()
        for one in hashed.asked:
            for tag in self._files.pop(one, ()):
                self._note(tag, holds=one.blake3 not in bad)

    def documents_left(self, documents: Iterable[tuple[int, Batch]]) -> Iterator[tuple[int, Batch]]:
        """The documents that are to be looked at, of those that there are, each with its weight."""
        for weight, (artifact, passages, trusted) in documents:
            tag, is_bad = self._tag_of_document(artifact, passages) if trusted else (None, False)
            if tag and not is_bad and (at := self._held_at(tag)) is not None:
                files = 1 if self._fetched else 0
                self.taken.add(at, files=files, documents=1, passages=len(passages))
                continue
            if tag:
                self._documents[artifact] = tag, is_bad
            yield weight, (artifact, passages, trusted)

    def note_documents(self, found: Report | list[Looked]) -> Iterator[Report]:
        """Take note of what came of looking at documents, or of the report that nobody did."""
        if isinstance(found, Report):
            self.note_unfinished()
            yield found
            return
        for artifact, report in found:
            unread = [one for one in report.findings if one.outcome is Outcome.NOT_CHECKED]
            if any(one.check == "file" for one in unread):
                self.note_unfinished()
            if known := self._documents.pop(artifact, None):
                tag, is_bad = known
                self._note(tag, holds=not report.findings and not is_bad)
            yield report

    def note_unfinished(self) -> None:
        """Take note that something was not looked at which has to be looked at again."""
        self._is_whole = False

    def end(self, report: Report) -> None:
        """Say what was taken over, when the verification has come to its end."""
        self._is_done = self._is_whole
        if self.taken.first is not None:
            report.miss("file", "files", str(self.taken))

    def close(self) -> None:
        """Leave what was found to a later verification, if this one didn't come to its end."""
        if self._memory is not None:
            self._memory.close(is_done=self._is_done)
            self._versions.close()

    @property
    def is_left(self) -> bool:
        """Whether something is left for a verification to go on with."""
        return self._memory is not None and self._memory.is_kept and not self._is_done

    @property
    def told(self) -> list[str]:
        """What the user should know of what was remembered."""
        if not self.takes_over:
            return []
        if self._unsigned:
            return [_UNSIGNED]
        return [self._memory.problem] if self._memory and self._memory.problem else []

    def as_json(self) -> dict[str, Any]:
        """As `verify --resume --json` prints it."""
        return self.taken.as_json() | {"told": self.told}

    def show(self, progress: Progress, what: str, done: int, total: int) -> None:
        """Tell how far `files` or `passages` are, with how many of the files are taken over."""
        taken = self.taken.files if what == "files" else self.taken.documents
        told = f"{what} ({taken:,} taken over)" if taken else what
        progress(told, min(done + taken, total), total)

    def _tag_of_document(self, artifact: int, passages: list[int]) -> tuple[bytes | None, bool]:
        """The tag, and whether the file was found bad in this run."""
        if self._memory is None:
            return None, False
        try:
            digest = self._reader.preserved_as(artifact)[0]
            ids = self._reader.ids_at([artifact, *passages])
            within = [self._reader.stored(one) for one in self._reader.taken_out_of(artifact)]
            rest = [(one.id, one.body) for one in within]
            files = (digest, *sorted(self._reader.files_of(passages)))
        except (sqlite3.DatabaseError, StorageError):  # which whoever looks at the document tells
            return None, False
        return self._tag(artifact, (ids, rest, self._asked), files), digest in self._bad

    def _tag(self, index: int, what: object, files: Iterable[str]) -> bytes | None:
        """By what something is known again; `None` where nobody can tell whether files changed."""
        if self._memory is None:
            return None
        versions = [(digest, self._versions.of(digest)) for digest in files]
        if any(version is None for _, version in versions):
            return None
        return self._reader.under_seed(index, repr((what, versions)))

    def _held_at(self, tag: bytes) -> int | None:
        return self._memory.held_at(tag) if self._memory and self.takes_over else None

    def _note(self, tag: bytes, *, holds: bool) -> None:
        if self._memory is not None:
            (self._memory.keep if holds else self._memory.drop)(tag)
