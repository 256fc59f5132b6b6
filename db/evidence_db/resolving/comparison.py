"""Passages compared with their file, where that is cheap enough for a page: text, mail and HTML.

Whoever holds the key can seal a text that the file doesn't yield. What is not compared here is
said to stand in the text that was kept, and no more; `evidence verify` compares everything. So does
who writes what others will read: a report, or the pages of an edition.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, extractor_for
from evidence_chain.extract.extractors import known_for
from evidence_chain.verify.report import Outcome, Report
from evidence_db.reading.records import Record
from evidence_db.verifying.documents.headers import check_headers
from evidence_db.verifying.documents.passages import check_drawn, check_type
from evidence_db.verifying.documents.signatures import check_signatures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from evidence_chain.extract import TextStream
    from evidence_chain.verify.record import Opened
    from evidence_db.case import Case

CHEAP = ("text/plain", "text/markdown", "text/html", "message/rfc822")
"""The types of which the text is drawn anew whenever somebody asks."""
LARGEST = 1 << 20
"""Bytes of such a file."""
PARSED = 12
"""Files that a parser reads in a process of its own, some 0.1 s each, for one question."""
NOT_HERE = "in the kept text; not compared with the file here"


class Comparison:
    """Compares passages with their files, as long as that is cheap, or somebody waits for it."""

    def __init__(self, case: Case) -> None:
        self._files = case.files
        self._waits = case.waits
        self._left = PARSED
        self._typed: set[int] = set()
        """Files of which the type was checked, once for all claims."""
        self.compared: dict[int, bool] = {}
        """Whether each passage that was compared stands in the very text that was kept."""

    def check(
        self, file: Opened | None, passages: list[Opened], reports: Mapping[int, Report]
    ) -> None:
        """Compare passages with the file that they stand in, if it was found intact."""
        if file is None or not self._is_compared(file, reports[file.index]):
            for one in passages:
                reports[one.index].miss("extraction", one.id, f"{one.name}: {NOT_HERE}.")
            return
        record = Record(file.index, file.id, "artifact", file.values)
        found, digest = Report(), str(file.values["blake3"])
        check_drawn(self._files, record, passages, found, partial(_draw, digest))
        _share(passages, found, reports)
        for one in passages:
            check_headers(self._files, record, [one], reports[one.index])
            check_signatures(self._files, record, [one], reports[one.index])
        if file.index not in self._typed:
            self._typed.add(file.index)
            check_type(self._files, record, reports[file.index])
        try:
            with self._files.local(digest) as path:
                drawn = _draw(digest, path, str(file.values["media_type"]))
        except ExtractionError:
            return  # which is told of each passage
        kept = b3(drawn.encoded).hex()
        failed = {one.subject for one in found.findings if one.check == "extraction"}
        for one in passages:
            if one.id not in failed:
                self.compared[one.index] = one.values["extracted"] == kept

    def _is_compared(self, file: Opened, report: Report) -> bool:
        size, media_type = file.values.get("size"), file.values.get("media_type")
        intact = report.held["file", "files"] and not any(
            one.check == "file" for one in report.findings
        )
        if intact and self._waits:
            return media_type in known_for(str(media_type))
        if not intact or media_type not in CHEAP or not isinstance(size, int) or size > LARGEST:
            return False
        if extractor_for(str(media_type)).GUARDED:
            self._left -= 1
        return self._left >= 0


def _share(passages: list[Opened], found: Report, reports: Mapping[int, Report]) -> None:
    """Give each finding, and what holds, to the passage that it is of."""
    by_id = {one.id: reports[one.index] for one in passages}
    for finding in found.findings:
        note = by_id[finding.subject]
        said = note.fail if finding.outcome is Outcome.FAILED else note.miss
        said(finding.check, finding.subject, finding.detail)
    told = {one.subject for one in found.findings if one.check == "extraction"}
    for one in passages:
        reports[one.index].hold("extraction", "passages", int(one.id not in told))


class _Of(NamedTuple):
    """A file, which is the same wherever it lies."""

    digest: str
    path: Path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def _draw(digest: str, path: Path, media_type: str) -> TextStream:
    return _drawn(_Of(digest, path), media_type)


@lru_cache(maxsize=64)
def _drawn(file: _Of, media_type: str) -> TextStream:
    """The text of a file, which is named by its digest: intact, it always yields the same."""
    return extract(file.path, media_type)
