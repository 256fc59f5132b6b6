"""An edition, written as docs/edition.md says: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import sha256
from evidence_chain.edition import bag, description, layout
from evidence_chain.edition.browser import verifier
from evidence_chain.edition.note import EditionNote
from evidence_chain.edition.place import FILES
from evidence_chain.errors import InputError, StorageError
from evidence_chain.spreading.parallel import cores
from evidence_chain.wording.plural import counted
from evidence_db.publishing.earlier import (
    check_earlier,
    earlier_editions,
    publishing,
    remembered,
    settle,
)
from evidence_db.publishing.leaks.edition import named_despite, needles_of, search_written
from evidence_db.publishing.leaks.holding import Holding
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.withholding.decisions import decisions
from evidence_db.publishing.writing import words
from evidence_db.publishing.writing.artifacts import copying
from evidence_db.publishing.writing.database import Database
from evidence_db.publishing.writing.describing import described
from evidence_db.publishing.writing.folder import built, check_target, left_behind
from evidence_db.publishing.writing.log_files import LogFiles, lines, proof
from evidence_db.publishing.writing.metadata import metadata
from evidence_db.publishing.writing.order import Published, Unsealed
from evidence_db.publishing.writing.standing import Standing
from evidence_db.reading.attested.cosigned import cosigned
from evidence_db.reading.attested.keys import changes
from evidence_db.reading.notices.erasures import erasures
from evidence_db.recording.attesting.signing import key_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from evidence_chain.log.key import Signer
    from evidence_db.case import Case
    from evidence_db.publishing.leaks.report import Searched
    from evidence_db.publishing.writing.folder import Folder
    from evidence_db.publishing.writing.order import Order
    from evidence_db.reading.reader import Reader

SEARCHING, KEEPING = "searched for leaks", "put on the disk"
"""What is told of the gate's last look at what was written, and of what follows it."""

FEW, LITTLE = 64, 4 << 20
"""Preserved files, and bytes of them, that one process copies as soon as several would."""


def publish(
    case: Case, order: Order, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Published:
    """Write an edition, sign it, and keep in the case that it was made.

    Raises:
        InputError: the target can't hold one, or the log has no checkpoint.
        ProofError: the log doesn't go on from an earlier edition.
        KeyFileError: the signing key is missing, or open to others.
        LeakError: something that is withheld stands in it; nothing of it is left.
        StorageError: something can't be read or written; nothing of the edition is left.
    """
    check_target(order.target)
    with publishing(case.root), case.reader() as reader:
        settle(case.root)
        removed = left_behind(order.target)
        before = earlier_editions(case.root)
        _check_later(before, order.made)
        _check_unchanged(case, reader, order)
        check_earlier(reader, before)
        key = key_in_force(reader)
        with built(order.target) as folder:
            writing = _Writing(case, reader, order, before, folder, progress)
            published = writing.run(key)
            folder.placing = remembered(
                case.root, published.note, order.target, writing.said, published.subjects
            )
    return published._replace(removed=removed)


def _check_later(before: Sequence[Mapping[str, Any]], made: str) -> None:
    if before and before[-1]["made"] >= made:
        raise InputError(
            f"The newest edition was made at {before[-1]['made']}, and this one would be made at "
            f"{made}, which is not after it. Give a later time with --made, or set the clock."
        )


def _check_unchanged(case: Case, reader: Reader, order: Order) -> None:
    """Refuse what went through the gate before, as somebody may have been asked since."""
    if order.size is not None and reader.size() != order.size:
        raise StorageError(
            f"The case changed while it was verified: its log had {counted(order.size, 'entry')}, "
            f"and has {reader.size():,} now. Nothing was published. Run `evidence checkpoint`, and "
            "publish again."
        )
    if order.decided is not None and (
        read_policy(case.root) != order.policy or decisions(reader.connection) != order.decided
    ):
        raise StorageError(
            "What is withheld, or the policy, was changed since the gate was asked. Nothing was "
            "published. Publish again."
        )


def _workers(reader: Reader) -> int:
    """How many processes copy files; to start them takes longer than to copy what is small."""
    sizes = "SELECT count(*), total(body ->> 'size') FROM artifact WHERE json_valid(body)"
    ((files, size),) = reader.connection.execute(sizes)
    return 1 if files < FEW and size < LITTLE else cores()


class _Writing:
    def __init__(
        self,
        case: Case,
        reader: Reader,
        order: Order,
        before: list[dict[str, Any]],
        folder: Folder,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self.case = case
        self.reader = reader
        self.order = order
        self.before = before
        self.folder = folder
        self.progress = progress
        self.size = reader.size()
        self.standing = Standing(order.selection, erasures(reader.connection))
        self.said: dict[str, Any] = {}
        """What edition.json says."""
        self.despite = named_despite(case, reader, order.despite)

    def run(self, key: Signer) -> Published:
        checkpoints = self._checkpoints()
        newest = checkpoints[self.size]
        log = LogFiles(self.folder, self.size, checkpoints)
        with (
            copying(self.case.files, self.folder, _workers(self.reader)) as copies,
            closing(Database()) as database,
        ):
            told = log.write(database.fill(lines(self.reader, self.order.selection, self.size)))
            for one in told:
                self.standing.add(one)
                if one.kind == "claim" and "statement" in one.line.body:
                    path = f"data/proofs/{one.id}.tlog-proof"
                    self.folder.put(path, proof(self.reader, one, self.size, newest))
                if one.index % 1000 == 0:
                    self.progress("records", one.index, self.size)
                    copies.add(self._files())
            copies.add(self._files())
            for size, note in checkpoints.items():
                self.folder.put(f"data/checkpoints/{size}", note.encode())
            self.folder.put(layout.CHECKPOINT, newest.encode())
            self._database(database, checkpoints, self._stamps(), log.leaves)
            self.progress("files", 0, len(self._files()))
            copies.end()
        return self._sealed(key, log.root)

    def _checkpoints(self) -> dict[int, str]:
        """The newest, those of earlier editions, of time-stamps, and of each change of keys."""
        stored = {one.size: one.note for one in cosigned(self.reader)}
        needed = {self.size, *(one["size"] for one in self.before)}
        needed |= {size for size, _ in self.reader.timestamps()}
        for index, *_ in changes(self.reader):
            needed.add(min((size for size in stored if size > index), default=self.size))
        if lacking := sorted(needed - stored.keys()):
            raise InputError(
                f"There is no signed checkpoint of {counted(lacking[0], 'entry')}, which the "
                "edition needs. Run `evidence checkpoint`, then publish."
            )
        return {size: stored[size] for size in sorted(needed)}

    def _stamps(self) -> list[tuple[int, bytes]]:
        """Every time-stamp with its checkpoint's size, each written as it came."""
        numbers: Counter[int] = Counter()
        stamps = self.reader.timestamps()
        for size, token in stamps:
            numbers[size] += 1
            self.folder.put(f"data/timestamps/{size}-{numbers[size]}.tsr", token)
        return stamps

    def _database(
        self,
        database: Database,
        checkpoints: Mapping[int, str],
        stamps: Sequence[tuple[int, bytes]],
        leaves: bytes | bytearray,
    ) -> None:
        self.progress("database", 0, 1)
        path = self.folder.path / layout.DATABASE
        database.write(path, checkpoints, stamps, leaves)
        self.folder.note_written(layout.DATABASE)

    def _title(self) -> str | None:
        """What the case is called, if the edition may say it."""
        return self.standing.title if self.standing.is_named else self.reader.info().title

    def _files(self) -> set[str]:
        """The files that the edition has, as far as the log was gone through."""
        return self.standing.files - self.order.selection.absent.keys()

    def _sealed(self, key: Signer, root: bytes) -> Published:
        said = self.said = described(
            key.name, self.size, self.order, self.standing, self.before, self.despite, self._title()
        )
        about = words.About(
            said["title"],
            key.name,
            self.order.made,
            len(said["claims"]),
            self.size,
            sum(said["counts"][one] for one in ("withheld", "partly", "erased")),
            said["everywhere"]["fields"],
            self.order.site is not None,
        )
        put = self.folder.put
        put(layout.DESCRIPTION, description.write(said))  # which the pages read
        if self.order.site is not None:
            self.order.site(Unsealed(self.folder.path, said, self._put_page, self.progress))
        put(layout.README, words.readme(about))
        put(layout.VERIFIER, verifier())
        put(layout.METADATA, metadata(about.title or about.origin))
        payload = dict(self.folder.digests)
        sizes = sum(self.folder.sizes.values())
        tags = {
            "bagit.txt": bag.DECLARATION,
            "bag-info.txt": bag.information(self.order.made, sizes, len(payload)),
            bag.MANIFEST: bag.manifest(payload),
        }
        note = EditionNote(key.name, self.size, root, sha256(tags[bag.MANIFEST]), self.order.made)
        tags[bag.NOTE] = note.sign(key).encode()
        tags[bag.TAG_MANIFEST] = bag.tag_manifest(tags)
        for name, data in tags.items():
            put(name, data)
        self.progress(SEARCHING, 0, 1)
        searched = self._searched([*payload, *tags])
        self.progress(KEEPING, 0, 1)
        return Published(
            note,
            said["counts"],
            len(said["claims"]),
            len(payload),
            sizes,
            key.verifier,
            said["everywhere"]["fields"],
            searched,
            self._subjects(),
        )

    def _searched(self, paths: Sequence[str]) -> Searched:
        """Search what was written for what is withheld."""
        return search_written(
            needles_of(self.case, self.reader, self.order.selection, self._made()),
            self.folder.path,
            paths,
            self.despite,
            Holding(self.case, self.reader, self.order.selection),
            self.progress,
        )

    def _subjects(self) -> list[str]:
        """What it publishes, as custody is told of it."""
        handed, absent = self.standing.handed_out, self.order.selection.absent
        return [*sorted(self.standing.claims), *(i for i in handed if handed[i] not in absent)]

    def _made(self) -> list[str]:
        """When this edition and the earlier ones were made."""
        return [self.order.made, *(str(one["made"]) for one in self.before)]

    def _put_page(self, name: str, data: bytes) -> None:
        if len(self.folder.digests) + len(layout.ALWAYS) >= FILES:
            raise InputError(
                f"With its pages the edition would have more than {FILES:,} files, which checkers "
                "refuse. Nothing was published. Leave --site out, or publish some claims alone."
            )
        self.folder.put(f"{layout.SITE}{name}", data)
