"""Proofs that travel alone: a C2SP tlog-proof of one entry, with what is disclosed of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.digest import SIZE
from evidence_chain.errors import FormatError
from evidence_chain.log import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile("0|[1-9][0-9]{0,18}")
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class TravellingProof:
    """A proof that an entry stands in a log, none of it checked."""

    extra: bytes
    """What it carries besides: here, the line of the entry (docs/edition.md, section 7)."""
    index: int
    hashes: Sequence[bytes]
    note: str
    """The signed checkpoint that the hashes lead to."""

    def to_text(self) -> str:
        """The proof as it travels."""
        lines = [HEADER, f"extra {b64.encode(self.extra)}", f"index {self.index}"]
        return "\n".join([*lines, *map(b64.encode, self.hashes), "", self.note])

    @classmethod
    def parse(cls, text: str) -> TravellingProof:
        """Read a proof to the byte: `TravellingProof.parse(text).to_text() == text`.

        Raises:
            FormatError: it isn't exactly as C2SP tlog-proof has it, or carries nothing.
        """
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or len(lines) < 3 or lines[0] != HEADER:
            raise FormatError(
                f"This is no proof of an entry: it begins with {text[:40]!r}, where {HEADER!r} and "
                "two lines more belong. Fetch it again."
            )
        extra, index, *hashes = lines[1:]
        number = index.removeprefix("index ")
        if not extra.startswith("extra ") or number == index or not _INDEX.fullmatch(number):
            raise FormatError("A proof of an entry says what it carries (extra), then its index.")
        parts = list(map(b64.decode, hashes))
        if len(parts) > MOST_HASHES or any(len(one) != SIZE for one in parts):
            raise FormatError(f"A proof has at most {MOST_HASHES} hashes of {SIZE} bytes each.")
        return cls(b64.decode(extra.removeprefix("extra ")), int(number), parts, note)
