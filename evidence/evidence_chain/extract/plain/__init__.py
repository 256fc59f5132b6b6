"""Plain text and Markdown: the stream is the file's characters, every one of them.

Here lies what a file without markup needs, which is little. What formats share lies one folder up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Drawn

if TYPE_CHECKING:
    from typing import BinaryIO


NAME = "evidence-chain/plain"
VERSION = "1"
MEDIA_TYPES = ("text/plain", "text/markdown")
GUARDED = False
"""Decoding UTF-8 is no parsing."""

MAX_BYTES = 256 << 20


def extract(file: BinaryIO) -> Drawn:
    """Decode UTF-8, with line endings and byte-order mark as they are.

    Raises:
        ExtractionError: the file isn't UTF-8, or has more than `MAX_BYTES`.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ExtractionError(
            f"This text has more than {MAX_BYTES >> 20} MB. Split it and preserve the part that "
            "holds the passage as well."
        )
    try:
        return Drawn(data.decode(), {"charset": "utf-8"})
    except UnicodeDecodeError as error:
        raise ExtractionError(
            f"This text was read as UTF-8, but the byte 0x{data[error.start]:02x} at offset "
            f"{error.start} is none of that. Convert a copy to UTF-8 and preserve that too."
        ) from error
