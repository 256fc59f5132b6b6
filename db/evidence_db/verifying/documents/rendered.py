"""What is seen of a passage, read off its picture, against what the text layer says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, ExtractionError
from evidence_chain.extract import extract
from evidence_chain.extract.pages import ocr
from evidence_chain.rendering import Sight
from evidence_chain.rendering.reading import compare, judge, why_unreadable
from evidence_chain.text import fragments, spans
from evidence_db.store.files import PICTURE, DamagedError, TooLargeError

if TYPE_CHECKING:
    from evidence_chain.rendering.reading import Reading
    from evidence_chain.verify.record import Opened
    from evidence_chain.verify.report import Report
    from evidence_db.store.files import Files


def check_rendered(files: Files, opened: Opened, report: Report) -> None:
    """Read the pictures of a passage, and compare: what is seen, and what the text layer says.

    Never evidence by itself, since a program misreads: where it is unsure nothing is checked.
    """
    pictures = crops(opened)
    try:
        said = [exact for _, _, exact in spans(opened.values["selector"])]
        seen = "\n".join(_read(files, crop) for crop in pictures)
    except (EvidenceError, OSError) as error:
        report.miss("rendered", opened.id, f"{opened.name}: {error}")
        return
    if not pictures:
        if _has_page(opened):
            report.miss("rendered", opened.id, f"{opened.name}: no picture of it was kept.")
        return
    if why := why_unreadable(" ".join(said), ocr.languages()):
        report.miss("rendered", opened.id, f"{opened.name}: {why}. Look at the picture.")
        return
    readings = [compare(fragment, seen) for fragment in said]
    outcomes = list(map(judge, said, readings))
    text = " … ".join(said)
    told = f"{opened.name}: the text layer says “{text}”, and on the page was read “{seen}”."
    if Sight.DIFFERS in outcomes:
        report.fail("rendered", opened.id, told)
    elif Sight.NOT_CHECKED in outcomes or _is_unsaid(opened, readings[0]):
        report.miss("rendered", opened.id, f"{told} A program may misread: look at the picture.")
    else:
        report.hold("rendered", "passages")


def _has_page(opened: Opened) -> bool:
    return any(one.page for one in fragments(opened.values["selector"]))


def crops(opened: Opened) -> list[str]:
    """The digests of a passage's pictures, each once."""
    regions = opened.values.get("regions")
    listed = regions if isinstance(regions, list) else []
    found = [one.get("crop") for one in listed if isinstance(one, dict)]
    return list(dict.fromkeys(crop for crop in found if isinstance(crop, str)))


def _read(files: Files, crop: str) -> str:
    try:
        files.read(crop, PICTURE)
    except (DamagedError, TooLargeError) as error:
        raise ExtractionError("the picture of the passage is damaged.") from error
    with files.local(crop) as path:
        return extract(path, "image/png").text


def _is_unsaid(opened: Opened, reading: Reading) -> bool:
    """Whether a negation is seen before the passage which the text layer doesn't have there."""
    recorded = opened.values["match"]
    notes = recorded.get("notes") if isinstance(recorded, dict) else None
    return reading.negated and "negation-before" not in (notes or [])
