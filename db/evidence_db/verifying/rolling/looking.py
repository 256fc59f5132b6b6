"""Looking at one unit: the very checks that a verification of everything makes of it."""

from __future__ import annotations

import sqlite3
import time
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import StorageError
from evidence_chain.verify.report import Report
from evidence_db.store.files import Files
from evidence_db.store.files.fetching import check_fetched
from evidence_db.store.files.hashed import Hashed
from evidence_db.store.files.nearby import Nearby
from evidence_db.store.intact import Expected
from evidence_db.verifying import records
from evidence_db.verifying.claims import check_claims
from evidence_db.verifying.documents.passages import check_documents
from evidence_db.verifying.queries import Audit
from evidence_db.verifying.tables import database
from evidence_db.verifying.tables.search_index import check_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.case import Case
    from evidence_db.verifying.rolling.looked import Due
    from evidence_db.verifying.rolling.units import Unit

_OF_TABLES = {
    "pages": database.check_pages,
    "search": check_search,
    "sets": database.check_sets,
    "rows": database.check_rows,
    "name": database.check_name,
}
OF_FILES = ("file", "stream", "crop")
_HOMELESS = """
SELECT evidence.idx FROM evidence LEFT JOIN artifact ON artifact.idx = artifact_idx
LEFT JOIN entry ON entry.idx = artifact.idx
WHERE evidence.idx >= ? AND evidence.idx < ? AND (artifact.blake3 IS NULL OR entry.idx IS NULL)
"""


class Found(NamedTuple):
    """What was found of a unit."""

    report: Report
    hash: bytes | None = None
    """Over a whole stretch of the log."""
    is_trusted: bool = True
    """Whether the digest of a file is that which its record commits to."""
    seconds: float = 0.0
    """How long it took."""


Looks = tuple[list[tuple[int, Found]], Hashed | None]
"""What was found of units by their numbers, and what came of hashing those that were fetched."""


def look(
    reader: Audit, case: Case, due: Sequence[Due], *, rendered: bool, all_digests: bool
) -> Looks:
    """Look at units.

    Files that lie in a store of objects are fetched at once, for their bytes and the passages in
    them; the bytes of those that lie in a directory are looked at apart.
    """
    files = [one for one in due if one.unit.kind in OF_FILES]
    if case.files.may_fork or not files:
        return [(one.n, _found(reader, case, one.unit, rendered=rendered)) for one in due], None
    bad = _distrusted(reader, files)
    wanted = [expected(one.unit, all_digests=all_digests) for one in files if one.n not in bad]
    held: dict[str, memoryview] = {}
    began = time.perf_counter()
    hashed = check_fetched(case.files.store, wanted, held)
    each = (time.perf_counter() - began) / len(files)
    near = Files(case.files.root, Nearby(case.files.store, held, case.files.root))
    found = [(one.n, _found(reader, case, one.unit, near, rendered=rendered)) for one in due]
    return [(n, one._replace(seconds=one.seconds + each)) for n, one in found], hashed


def look_apart(case: Case, due: Sequence[Due], *, rendered: bool, all_digests: bool) -> Looks:
    """The same in another process, with a reader of its own."""
    with case.reader() as reader:
        audit = Audit(reader.connection)
        return look(audit, case, due, rendered=rendered, all_digests=all_digests)


def expected(unit: Unit, *, all_digests: bool) -> Expected:
    """What a file should be."""
    return Expected(str(unit.name), unit.size, unit.sha256 if all_digests else None, unit.kind)


def _distrusted(reader: Audit, files: Sequence[Due]) -> set[int]:
    """The numbers of those of which the records can't be trusted, or not even read."""
    try:
        _, distrusted = _trust(reader, sorted({one.unit.index for one in files}))
    except (sqlite3.DatabaseError, StorageError):
        return {one.n for one in files}
    return {one.n for one in files if one.unit.index in distrusted}


def _found(
    reader: Audit, case: Case, unit: Unit, near: Files | None = None, *, rendered: bool
) -> Found:
    began = time.perf_counter()
    try:
        found = _look(reader, case, unit, near, rendered=rendered)
    except (sqlite3.DatabaseError, StorageError) as error:
        report = Report()
        report.fail("projection", "database", f"The database can't be read: {error}")
        found = Found(report, is_trusted=False)
    return found._replace(seconds=time.perf_counter() - began)


def _look(reader: Audit, case: Case, unit: Unit, near: Files | None, *, rendered: bool) -> Found:
    if unit.kind in _OF_TABLES:
        return Found(_OF_TABLES[unit.kind](reader))
    if unit.kind == "records":
        return _stretch(reader, unit.index, unit.index + (unit.size or 0))
    found = _document(reader, case, unit, near, rendered=rendered)
    if not found.is_trusted:
        detail = f"entry {unit.index}: the digest that it names can't be trusted."
        found.report.miss(unit.kind, f"entry {unit.index}", detail)
    return found


def _stretch(reader: Audit, start: int, stop: int) -> Found:
    """A stretch of the log, the claims in it, and whether its passages have a file at all."""
    stretch = records.check_stretch(reader, start, stop)
    report, span = stretch.report, (start, stop)
    query = "SELECT idx FROM claim WHERE idx >= ? AND idx < ? ORDER BY idx"
    report.merge(check_claims(reader, [idx for (idx,) in reader.connection.execute(query, span)]))
    rows = {idx for (idx,) in reader.connection.execute(_HOMELESS, span)}
    if homeless := rows - reader.erased().keys():
        detail = f"{len(homeless)} passages name no preserved file whose digest is disclosed."
        report.miss("passage", "log", detail)
    whole = stop - start == 1 << records.LEVEL
    return Found(report, stretch.subtrees[0].hash if whole else None)


def _document(
    reader: Audit, case: Case, unit: Unit, near: Files | None, *, rendered: bool
) -> Found:
    """What records say of a file, and of a document's passages, as far as they count."""
    passages = reader.passages_in(unit.index) if unit.kind == "file" else []
    report, distrusted = _trust(reader, sorted({unit.index, *passages}))
    found = Found(report, is_trusted=unit.index not in distrusted)
    if unit.kind != "file":
        return found
    for index in distrusted.intersection(passages):
        record = reader.stored(index)
        report.miss("passage", record.id, f"{record.name}: it can't be trusted.")
    trusted = [index for index in passages if index not in distrusted]
    batch = unit.index, trusted, found.is_trusted
    report.merge(check_documents(reader, case, [batch], rendered=rendered, files=near))
    return found


def _trust(reader: Audit, indexes: Sequence[int]) -> tuple[Report, set[int]]:
    """What is wrong with these records, and which of them can't be trusted.

    What holds is not counted: it is when their stretch of the log is looked at.
    """
    report, distrusted = Report(), set[int]()
    for _, some in groupby(enumerate(indexes), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in some]
        for start in range(run[0], run[-1] + 1, 1 << records.LEVEL):
            stretch = records.check_stretch(
                reader, start, min(start + (1 << records.LEVEL), run[-1] + 1)
            )
            report.findings += stretch.report.findings
            distrusted |= stretch.distrusted
    return report, distrusted
