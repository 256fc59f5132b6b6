"""Whether a passage of a page is what a program reads off its picture."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from typing import TYPE_CHECKING

from evidence_chain.extract import extract, regions
from evidence_chain.extract.pages import ocr
from evidence_chain.rendering.look import Look, Sight
from evidence_chain.rendering.reading import compare, judge, why_unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evidence_chain.extract import TextStream

BY = "tesseract"


def looks(
    path: Path | str, media_type: str, stream: TextStream, slices: Sequence[tuple[int, int]]
) -> list[Look]:
    """What is read of each slice of a stream.

    Raises:
        ExtractionError: pictures can't be made, or not be read.
    """
    pictures: dict[int, list[bytes]] = defaultdict(list)
    for region in regions(path, media_type, stream, slices):
        pictures[region.slice].append(region.picture)
    return [
        _look(stream.text[start:end], pictures[number])
        for number, (start, end) in enumerate(slices)
    ]


def _look(said: str, pictures: list[bytes]) -> Look:
    if why := why_unreadable(said, ocr.languages()):
        return Look(Sight.NOT_CHECKED, BY, why)
    if not pictures:
        return Look(Sight.NOT_CHECKED, BY, "no picture of it could be made")
    seen = "\n".join(map(_read, pictures))
    sight = judge(said, compare(said, seen))
    read = f"on the page was read “{' '.join(seen.split())[:300]}”"
    doubt = "" if sight is Sight.DIFFERS else ", and a program may misread"
    return Look(sight, BY, "" if sight is Sight.SEEN else read + doubt)


def _read(picture: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(picture)
        file.flush()
        return extract(file.name, "image/png").text
