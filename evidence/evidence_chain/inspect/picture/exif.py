"""EXIF: place, device, people, dates, and the small preview."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps, ImageStat
from PIL.ExifTags import GPSTAGS, IFD, TAGS

from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.patterns import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KINDS = {
    **dict.fromkeys(("Artist", "CameraOwnerName", "XPAuthor", "HostComputer"), "author"),
    **dict.fromkeys(("BodySerialNumber", "LensSerialNumber", "CameraSerialNumber"), "serial"),
    "Copyright": "title",
    "ImageUniqueID": "revision-ids",
    **dict.fromkeys(("Make", "Model", "LensMake", "LensModel", "UniqueCameraModel"), "camera"),
    **dict.fromkeys(("DateTime", "DateTimeOriginal", "DateTimeDigitized"), "date"),
    **dict.fromkeys(("Software", "ProcessingSoftware"), "producer"),
    **dict.fromkeys(("ImageDescription", "UserComment", "XPComment"), "description"),
    **dict.fromkeys(("XPTitle", "XPSubject", "XPKeywords", "DocumentName"), "title"),
    "MakerNote": "property",
}
_OFFSET, _LENGTH = 0x0201, 0x0202
_PREFIX = b"Exif\0\0"
_SIDE = 48
_DIFFERS = 28
"""Mean difference of shades, of 255, from which on two pictures show something else."""


def findings(picture: Image.Image) -> Iterator[Finding]:
    """What the tags give away."""
    tags = picture.getexif()
    named = _named(tags, TAGS) | _named(tags.get_ifd(IFD.Exif), TAGS)
    for name, value in named.items():
        kind = _KINDS.get(name)
        if kind and value:
            shown = value if kind != "property" else f"{name}, notes of the camera's maker"
            yield Finding(kind, f"EXIF, {name}", shown)
        yield from paths(value, f"EXIF, {name}")
    place = _named(tags.get_ifd(IFD.GPSInfo), GPSTAGS)
    if "GPSLatitude" in place or "GPSDestLatitude" in place:
        yield Finding("place", "EXIF, GPS", listing(f"{n}: {v}" for n, v in place.items()))
    elif place:
        yield Finding("property", "EXIF, GPS", listing(f"{n}: {v}" for n, v in place.items()))


def _named(tags: Mapping[int, object], names: Mapping[int, str]) -> dict[str, str]:
    return {names[tag]: _words(value) for tag, value in tags.items() if tag in names}


def _words(value: object) -> str:
    if isinstance(value, bytes):
        wide = value[1:2] == b"\0" and len(value) % 2 == 0
        text = value.decode("utf-16-le" if wide else "utf-8", "replace")
        return text.removeprefix("ASCII\0\0\0").strip("\0 ")
    if isinstance(value, tuple):
        return " ".join(map(_words, value))
    return str(value).strip("\0 ")


def preview(picture: Image.Image, most_pixels: int) -> Iterator[Finding]:
    """The small preview, and whether it shows something else than the picture."""
    held = picture.info.get("exif", b"")
    if not held or picture.format == "TIFF":
        return
    directory = picture.getexif().get_ifd(IFD.IFD1)
    start, length = directory.get(_OFFSET), directory.get(_LENGTH)
    if not isinstance(start, int) or not isinstance(length, int):
        return
    data = held.removeprefix(_PREFIX)[start : start + length]
    small = Image.open(BytesIO(data))
    small.load()
    size = f"{small.width} × {small.height} pixels"
    if picture.width * picture.height > most_pixels:
        raise ValueError("the picture is too large to be compared with it")
    differs = _difference(picture, small) >= _DIFFERS
    yield Finding("thumbnail-differs" if differs else "thumbnail", "EXIF, preview", size)


def _difference(picture: Image.Image, small: Image.Image) -> float:
    """How much two pictures differ: stretched, cut, or with bars to fit, whichever fits best."""
    side = (_SIDE, _SIDE)
    picture.draft("L", (8 * _SIDE, 8 * _SIDE))
    large, seen = picture.convert("L"), small.convert("L")
    within = ImageOps.pad(large, seen.size), ImageOps.fit(large, seen.size), large
    return min(_mean(one.resize(side), seen.resize(side)) for one in within)


def _mean(one: Image.Image, other: Image.Image) -> float:
    difference = ImageChops.difference(ImageOps.autocontrast(one), ImageOps.autocontrast(other))
    return float(ImageStat.Stat(difference).mean[0])
