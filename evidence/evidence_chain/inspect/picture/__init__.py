"""What a picture gives away: where, when and with what it was taken, a preview, what follows it."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import HEAD, sniff
from evidence_chain.inspect import xmp
from evidence_chain.inspect.finding import Finding
from evidence_chain.inspect.patterns import paths
from evidence_chain.inspect.picture import exif, iptc, provenance, segments
from evidence_chain.inspect.properties import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BROKEN = (
    *(OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, EOFError),
    *(OverflowError, ArithmeticError),
)
"""What Pillow raises for files that are damaged."""
_ORDINARY = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "comment")
_SHORTEST_DATA = 16
_MOST_PIXELS = 60_000_000


def look(data: bytes, media_type: str) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]]:
    """What a picture gives away, what could not be looked into, and no files in it.

    Raises:
        ExtractionError: it can't be opened.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(BytesIO(data))
        except (*_BROKEN, UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise ExtractionError(
                f"This picture can't be opened: {type(error).__name__}. It is damaged, or of a "
                "kind that isn't read here; nothing is known of what it gives away."
            ) from error
        return _look(picture, data, media_type)


def _look(
    picture: Image.Image, data: bytes, media_type: str
) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]]:
    found, unchecked = list[Finding](), list[str]()
    readers: list[tuple[str, Callable[[], Iterable[Finding]]]] = [
        ("EXIF", lambda: exif.findings(picture)),
        ("preview", lambda: exif.preview(picture, _MOST_PIXELS)),
        ("IPTC", lambda: iptc.findings(picture)),
        ("comments", lambda: _texts(picture)),
        ("provenance", lambda: provenance.findings(data, media_type)),
        ("what follows it", lambda: _trailing(picture, data, media_type)),
    ]
    for what, read in readers:
        try:
            found += read()
        except (*_BROKEN, Image.DecompressionBombError) as error:
            unchecked.append(f"{what} can't be read ({type(error).__name__}: {str(error)[:100]})")
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if packet:
        told, why = xmp.read(packet.encode() if isinstance(packet, str) else packet)
        found, unchecked = found + told, unchecked + why
    return found, unchecked, []


def _texts(picture: Image.Image) -> Iterator[Finding]:
    """Comments, and the texts of a PNG."""
    held: list[tuple[object, object]] = [("comment", picture.info.get("comment", ""))]
    if picture.format == "PNG":
        picture.load()  # texts may follow the picture
        held += [item for item in picture.info.items() if item[0] not in _ORDINARY]
    values = []
    for name, value in held:
        told = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        if isinstance(told, str) and told.strip():
            values.append((str(name), told))
    yield from named(values, _TEXTS, "text", "description")
    for name, told in values:
        yield from paths(told, f"text, {name}")


_TEXTS = {
    "Author": "author",
    "Artist": "author",
    "Software": "producer",
    **dict.fromkeys(("Creation Time", "date:create", "date:modify", "date:timestamp"), "date"),
}


def _trailing(picture: Image.Image, data: bytes, media_type: str) -> Iterator[Finding]:
    reader = segments.READERS.get(media_type)
    if reader is None or "mp" in picture.info or picture.format == "MPO":
        return
    end = reader(data)[-1].end
    rest = data[end:].strip(b"\0\r\n ")
    if len(rest) >= _SHORTEST_DATA:
        kind = f"{len(rest):,} bytes, which look like {sniff(rest[:HEAD], '')}"
        yield Finding("trailing-data", f"from byte {end:,}", kind)
