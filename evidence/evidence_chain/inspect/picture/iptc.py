"""IPTC-IIM: who took a picture, where, and what is said of it (IIM 4.2, record 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import IptcImagePlugin, JpegImagePlugin, TiffImagePlugin

from evidence_chain.inspect.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

_DATASETS = {
    80: ("author", "by-line"),
    85: ("title", "by-line title"),
    122: ("author", "writer"),
    92: ("place", "sublocation"),
    90: ("place", "city"),
    95: ("place", "province"),
    101: ("place", "country"),
    105: ("title", "headline"),
    120: ("title", "caption"),
    116: ("title", "copyright"),
    110: ("company", "credit"),
    25: ("title", "keywords"),
    55: ("date", "date created"),
    65: ("producer", "program"),
}


def findings(picture: Image.Image) -> Iterator[Finding]:
    """What its datasets give away."""
    if not isinstance(picture, JpegImagePlugin.JpegImageFile | TiffImagePlugin.TiffImageFile):
        return
    held = IptcImagePlugin.getiptcinfo(picture) or {}
    for (record, dataset), value in held.items():
        kind, name = _DATASETS.get(dataset, ("", ""))
        if record == 2 and kind:
            values = value if isinstance(value, list) else [value]
            told = ", ".join(one.decode("utf-8", "replace") for one in values).strip("\0 ")
            if told:
                yield Finding(kind, f"IPTC, {name}", told)
