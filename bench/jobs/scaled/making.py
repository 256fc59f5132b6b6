"""Cases of millions of records that are verified whole, made once and kept.

They are made in transactions of some hundred thousand records, so that neither memory nor SQLite's
journal grows with the case. Each story is one preserved file, passages of it, and claims with 30
links each; all files are written, so that verification finds nothing missing.
"""

from __future__ import annotations

import os
import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.jobs.clock import Stopwatch
from bench.jobs.named import CLAIMS_AT_SCALE as CLAIMS
from bench.jobs.named import LINKS, claim_of
from bench.jobs.named import PASSAGES_AT_SCALE as PASSAGES
from bench.jobs.signing import sign
from bench.jobs.synthetic import (
    add_story,
    document,
    passage,
    planned_claim,
    planned_link,
    write_file,
)
from evidence_db.case import DATABASE, Case
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer
from evidence_db.store.keys.key_file import make_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.jobs.synthetic import Story
    from evidence_db.store.files import Files

ORIGIN = "bench.example/scale"
RECORDS = 1 + PASSAGES + CLAIMS * (1 + LINKS)
"""Records of one story."""
_TOGETHER = 100
"""Stories of one transaction."""
LEAST_FREE = 15 << 30
"""Bytes of the disk that are left free, whatever was asked for."""
_INFO = CaseInfo(ORIGIN, "A large case of invented records", "2026-11-28T00:00:00Z")
_FILE_SIZE = 30_000


def make_scaled(root: str, records: int) -> dict[str, Any]:
    """Make and sign a case of whole stories, of about so many records.

    What was begun before is gone on with.

    Raises:
        OSError: the disk would be filled.
    """
    watch = Stopwatch()
    make_key(ORIGIN)
    begun = (Path(root) / DATABASE).exists()
    case = Case.open(Path(root)) if begun else create_case(Path(root), _INFO, "tester")
    with case.reader() as reader:
        done = reader.size() // RECORDS
    made = iter(_stories(range(done, number_of_stories(records)), case.files))
    while some := list(islice(made, _TOGETHER)):
        if shutil.disk_usage(root).free < LEAST_FREE:
            raise OSError(f"Fewer than {LEAST_FREE:,} bytes of the disk are left; stopped.")
        with Writer(case, recorded_by="bench") as writer:
            for story in some:
                add_story(writer, story)
    sign(case, ORIGIN)
    os.sync()
    return {"seconds": watch.seconds(), "size": case.database.stat().st_size}


def number_of_stories(records: int) -> int:
    """The stories of a case of about so many records."""
    return max(1, records // RECORDS)


def _stories(numbers: range, files: Files) -> Iterator[Story]:
    return (_story(one, files) for one in numbers)


def _story(number: int, files: Files) -> Story:
    drawn = document(number, PASSAGES, _FILE_SIZE)
    write_file(files, drawn)
    story = [drawn.record, *(passage(drawn, 0, place) for place in range(PASSAGES))]
    for claim in range(CLAIMS):
        place, first = len(story), claim * PASSAGES // CLAIMS
        story.append(planned_claim(claim_of(number, claim)))
        story += [planned_link(n, 1 + (first + n) % PASSAGES, place) for n in range(LINKS)]
    return story
