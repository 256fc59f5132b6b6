"""Which preserved files a verification looks at, and the passages in them: those in its scope.

What records say that can't be trusted is not looked for. That is reported instead.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_db.store.intact import Expected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from evidence_chain.graph import Node
    from evidence_chain.verify.report import Report
    from evidence_db.verifying.documents.passages import Batch
    from evidence_db.verifying.queries import Audit


class Listed:
    """What there is to look at.

    Args:
        reader: A reader of the case.
        scope: The records that count, by index; all, if there is none.
        distrusted: The indexes of records that can't be trusted.
        report: Takes what is said of those.
    """

    def __init__(
        self,
        reader: Audit,
        scope: Mapping[int, Node] | None,
        distrusted: Collection[int],
        report: Report,
    ) -> None:
        self._reader = reader
        self._scope = scope
        self._distrusted = frozenset(distrusted)
        self._report = report
        self._placed = 0

    def files(self, *, fetched: bool, all_digests: bool) -> Iterator[tuple[int, Expected]]:
        """The files that are to be hashed, each with the index of the first record that names it.

        Args:
            fetched: Whether preserved files are hashed elsewhere, so that none is listed here.
            all_digests: Whether their SHA-256 counts, too.
        """
        for index, id_, blake3, sha256, size in self._reader.preserved():
            if index in self._distrusted:
                said = f"artifact {id_[:8]}: its digest can't be trusted."
                self._report.miss("file", id_, said)
            elif self._in_scope(index) and not fetched:
                yield index, Expected(blake3, size, sha256 if all_digests else None)
        yield from self._of_passages("stream", self._reader.streams())
        yield from self._of_passages("crop", self._reader.crops())

    def _of_passages(
        self, check: str, named: Iterable[tuple[int, str]]
    ) -> Iterator[tuple[int, Expected]]:
        for blake3, passages in groupby(named, itemgetter(1)):
            trusted = (i for i, _ in passages if i not in self._distrusted and self._in_scope(i))
            if (first := next(trusted, None)) is not None:
                yield first, Expected(blake3, check=check)

    def documents(self) -> Iterator[tuple[int, Batch]]:
        """Each preserved file, its size, and the passages in it that are to be checked."""
        self._placed = 0
        for artifact, *_, size in self._reader.preserved():
            passages = [i for i in self._reader.passages_in(artifact) if self._in_scope(i)]
            self._placed += len(passages)
            for index in self._distrusted.intersection(passages):
                record = self._reader.stored(index)
                self._report.miss("passage", record.id, f"{record.name}: it can't be trusted.")
            trusted = [index for index in passages if index not in self._distrusted]
            if trusted or self._in_scope(artifact):
                weight = size if isinstance(size, int) else 0
                yield weight, (artifact, trusted, artifact not in self._distrusted)

    @property
    def homeless(self) -> int:
        """How many passages stand in none of the documents, all of which were listed."""
        erased = self._reader.erased()
        if self._scope is None:
            of_all = self._reader.count("evidence") - self._reader.passages_among(erased)
            return of_all - self._placed
        in_scope = sum(is_evidence(node.kind) for i, node in self._scope.items() if i not in erased)
        return in_scope - self._placed

    def _in_scope(self, index: int) -> bool:
        return self._scope is None or index in self._scope
