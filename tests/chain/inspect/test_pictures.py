"""What pictures give away, of each kind, and a neighbour that doesn't."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from inspecting import found, reveals

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<r:Description xmlns:e="urn:aux" e:%s="%s"/></r:RDF></x:xmpmeta>'
)


def drawn(shape="left"):
    picture = Image.new("RGB", (160, 120), "white")
    box = (10, 10, 70, 110) if shape == "left" else (90, 10, 150, 110)
    ImageDraw.Draw(picture).rectangle(box, fill="black")
    return picture


def saved(kind="JPEG", picture=None, **more):
    data = BytesIO()
    (picture or drawn()).save(data, kind, **more)
    return data.getvalue()


def exif(ifd=None, tags=()):
    made = Image.Exif()
    for tag, value in dict(tags).items():
        (made.get_ifd(ifd) if ifd else made)[tag] = value
    return made.tobytes()  # as an object without tags of its own, PNGs would be saved without it


GPS = exif(0x8825, {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
SERIAL = exif(0x8769, {0xA431: "00123"})
ARTIST = exif(None, {0x013B: "Ilse Maran"})
MAKER = exif(None, {0x010F: "Lumen", 0x0132: "2031:03:04 10:00:00", 0x0131: "Shop 2"})


def with_preview(shape):
    """A JPEG whose EXIF holds a small picture, as cameras write it."""
    small = saved(picture=drawn(shape).resize((80, 60)))
    header = struct.pack(">2sHIHI", b"MM", 42, 8, 0, 14)
    entries = struct.pack(">HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(small), 0)
    block = (header + entries).ljust(44, b"\0") + small
    return saved(exif=b"Exif\0\0" + block)


def iptc(dataset, value):
    held = b"\x1c\x02" + bytes([dataset]) + struct.pack(">H", len(value)) + value
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(held)) + held + b"\0" * (len(held) % 2)
    segment = b"Photoshop 3.0\0" + resource
    data = saved()
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def texts(**held):
    info = PngInfo()
    for name, value in held.items():
        info.add_text(name, value)
    return saved("PNG", pnginfo=info)


MATTERS = {
    "place": [
        saved(exif=GPS),
        saved("WEBP", exif=GPS),
        saved("PNG", exif=GPS),
        iptc(90, b"Selmport"),
    ],
    "serial": [saved(exif=SERIAL), saved(xmp=XMP % (b"SerialNumber", b"00123"))],
    "author": [
        saved(exif=ARTIST),
        iptc(80, b"Ilse Maran"),
        texts(Author="Ilse Maran"),
        saved("TIFF", exif=ARTIST),
    ],
    "thumbnail-differs": [with_preview("right")],
    "trailing-data": [saved() + saved(), saved("PNG") + b"what was cut away from it"],
    "path": [texts(Comment="/home/ilse/leak.png")],
}
ORDINARY = {
    "camera": saved(exif=MAKER),
    "date": saved(exif=MAKER),
    "producer": texts(Software="Shop 2"),
    "description": saved(comment=b"A view"),
    "thumbnail": with_preview("left"),
    "nothing in JPEG": saved(),
    "nothing in PNG": saved("PNG"),
    "nothing in WebP": saved("WEBP"),
    "nothing in GIF": saved("GIF"),
}


@pytest.mark.parametrize(("kind", "data"), [(k, one) for k, of in MATTERS.items() for one in of])
def test_what_leads_to_people_and_places_matters(kind, data):
    assert kind in reveals(data)


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_is_ordinary_does_not_matter(kind):
    said = found(ORDINARY[kind])
    assert reveals(ORDINARY[kind]) == set()
    assert (kind in said) is not kind.startswith("nothing")


def test_a_manifest_is_told_and_whether_it_holds_is_not_guessed():
    content = b"\0\0\0\x20jumb\0\0\0\x18jumdc2pa"
    chunk = struct.pack(">I", len(content)) + b"caBX" + content
    data = saved("PNG")
    signed = data[:33] + chunk + struct.pack(">I", zlib.crc32(b"caBX" + content)) + data[33:]
    (told,) = found(signed)["provenance"]
    assert "not checked" in told or "can't be read" in told
