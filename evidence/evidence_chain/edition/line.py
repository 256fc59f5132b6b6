"""A line of `log.jsonl`: an entry, and what is disclosed of it (docs/edition.md, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

LARGEST = 16 << 20
"""Bytes that a line may have, its newline included."""
DEEPEST = 64
"""Levels that JSON in an edition may be nested."""
_BEFORE_BODY, _AFTER_BODY = b'{"body":', b',"entry":"{'
"""What the values stand between. Quotation marks in a string are escaped, so none holds that."""
_WITHHELD = {"entry"}
_DISCLOSED = {"body", "entry", "salts"}


class Line(NamedTuple):
    """An entry's bytes, and the values and salts that are disclosed; both empty for none."""

    entry: bytes
    body: dict[str, Json]
    salts: dict[str, str]

    def encoded(self, opening: tuple[bytes, bytes] | None = None) -> bytes:
        """The line without its newline: `JCS` of the object.

        Args:
            opening: What `opening` gives, if it is at hand.
        """
        entry = canonical.encode_checked(self.entry.decode())
        if not self.body:
            return b'{"entry":%b}' % entry
        body, salts = opening or self.opening()
        return b'{"body":%b,"entry":%b,"salts":%b}' % (body, entry, salts)

    def opening(self) -> tuple[bytes, bytes]:
        """`JCS` of the values, and of the salts."""
        return canonical.encode_checked(self.body), canonical.encode_checked(self.salts)


def parse(line: bytes, *, checked: bool = False) -> Line:
    """Read a line without its newline, strictly.

    Args:
        line: The line.
        checked: Whether this very line was read before, and its values held to the profile.

    Raises:
        FormatError: it is too long, not canonical JSON, nested too deeply, or of another shape.
    """
    if len(line) >= LARGEST:
        raise FormatError(f"A line of log.jsonl has at most {LARGEST >> 20} MiB.")
    value = canonical.decode(line, profile=not checked, depth=DEEPEST)
    if type(value) is not dict or value.keys() not in (_WITHHELD, _DISCLOSED):
        raise FormatError("A line of log.jsonl has `entry`, and `body` and `salts` or neither.")
    entry, body, salts = value["entry"], value.get("body", {}), value.get("salts", {})
    if type(entry) is not str or type(body) is not dict or type(salts) is not dict:
        raise FormatError("`entry` is a string; `body` and `salts` are objects.")
    if body.keys() != salts.keys() or ("body" in value) != bool(body):
        raise FormatError("`body` and `salts` have the same names, at least one.")
    return Line(entry.encode(), body, salts)


def body_of(line: bytes) -> dict[str, Json] | None:
    """The values of a line that was read before, without reading its entry and salts again.

    `None` if it can't be told where they end.
    """
    end = line.find(_AFTER_BODY)
    if not line.startswith(_BEFORE_BODY) or end < 0:
        return None
    try:
        values = canonical.decode(line[len(_BEFORE_BODY) : end], profile=False)
    except FormatError:
        return None
    return values if type(values) is dict else None
