"""Where passages are seen on the pages of their file, and what they look like, drawn anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import EvidenceError
from evidence_chain.extract import regions
from evidence_chain.spreading.parallel import chunks
from evidence_chain.verify.fresh_extraction import check_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evidence_chain.extract import Region, Shown, TextStream
    from evidence_chain.verify.fresh_extraction import Place
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report

PICTURES = 50
"""Passages that are drawn at once."""


class Placed(NamedTuple):
    """A passage and where it stands in the text that was drawn anew."""

    opened: Opened
    places: list[Place]


def check_seen(
    path: Path,
    media_type: str,
    stream: TextStream,
    passages: Sequence[Placed],
    report: Report,
    *,
    rendered: bool,
) -> None:
    """Each passage is seen where its record says; with `rendered`, as its picture shows it too."""
    said = [one for one in passages if one.opened.values.get("regions")]
    for some in chunks(said, PICTURES):
        owners = [one.opened for one in some for _ in one.places]
        drawn: dict[int, list[Region]] = defaultdict(list)
        try:
            slices = [place for one in some for place in one.places]
            shown: Shown = "column" if rendered else "nothing"
            for region in regions(path, media_type, stream, slices, shown=shown):
                drawn[owners[region.slice].index].append(region)
        except EvidenceError as error:
            for opened, _ in some:
                report.miss("extraction", opened.id, f"{opened.name}: its pictures: {error}")
            continue
        for opened, places in some:
            found = drawn[opened.index]
            if rendered and _differ(found, opened.values["regions"]):
                found = _as_before(path, media_type, stream, places) or found
            _compare(opened, stream, found, report, rendered=rendered)


def _differ(drawn: list[Region], recorded: object) -> bool:
    """Whether a picture that was kept is not what is drawn now."""
    said = recorded if isinstance(recorded, list) else []
    kept = [one.get("crop") for one in said if isinstance(one, dict)]
    return kept != [b3(one.picture).hex() for one in drawn]


def _as_before(
    path: Path, media_type: str, stream: TextStream, places: list[Place]
) -> list[Region]:
    """What older versions drew: the page in its full width. Empty if that can't be had."""
    try:
        return regions(path, media_type, stream, places, shown="page")
    except EvidenceError:
        return []


def _compare(
    opened: Opened, stream: TextStream, drawn: list[Region], report: Report, *, rendered: bool
) -> None:
    recorded = opened.values["regions"]
    if not check_boxes(recorded, [(one.page, one.boxes) for one in drawn]):
        detail = "it is seen elsewhere in the file than its record says."
        report.fail("extraction", opened.id, f"{opened.name}: {detail}")
    elif rendered and isinstance(recorded, list):
        same = opened.values.get("extractor") == stream.extractor
        for region, said in zip(drawn, recorded, strict=True):
            _compare_picture(opened, region, said.get("crop"), report, same=same)


def _compare_picture(
    opened: Opened, region: Region, crop: object, report: Report, *, same: bool
) -> None:
    """A picture is, to the byte, what the same version of the extractor draws."""
    if crop is None:
        return
    if crop == b3(region.picture).hex():
        report.hold("rendered", "pictures")
    elif same:
        detail = f"the picture that was kept is not what page {region.page} of the file shows."
        report.fail("rendered", opened.id, f"{opened.name}: {detail}")
    else:
        detail = "its picture was drawn by another version, so it can't be compared to the byte."
        report.miss("rendered", opened.id, f"{opened.name}: {detail} Look at both.")
