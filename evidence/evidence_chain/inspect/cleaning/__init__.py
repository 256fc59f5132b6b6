"""Copies without metadata, where that is safe; each says what it could not remove.

What a page, picture or text shows stays as it is: nothing is encoded anew, and words under a bar
are left where they are, since removing them is a redaction that a person must look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import sniffing
from evidence_chain.extract.typed import listed, typed

if TYPE_CHECKING:
    from evidence_chain.canonical import Json


class Cleaned(NamedTuple):
    """A copy without metadata."""

    content: bytes
    left: list[str]
    """What could not be removed, a sentence each."""

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return {"left": list(self.left)}, self.content

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Cleaned:
        """What was packed.

        Raises:
            ValueError: that is nothing that `pack` makes.
        """
        return cls(blob, [typed([one], str)[0] for one in listed(head["left"])])


def clean(data: bytes, media_type: str) -> Cleaned:
    """Return a copy of a file without metadata.

    Raises:
        ExtractionError: nothing here cleans such files, or this one is damaged.
    """
    from evidence_chain.inspect.cleaning import office, pdf, picture

    if media_type == sniffing.PDF:
        return pdf.clean(data)
    if media_type in picture.CLEANERS:
        return picture.clean(data, media_type)
    if media_type in (*sniffing.PACKED, sniffing.ZIP) and (cleaned := office.clean(data)):
        return cleaned
    raise ExtractionError(
        f"No copy of {media_type} is cleaned here: only PDF, JPEG, PNG, WebP, DOCX, PPTX and XLSX. "
        "Save a copy without metadata in the program that made it, and inspect that."
    )
