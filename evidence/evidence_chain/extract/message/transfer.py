"""Transfer encodings of e-mails, undone as far as they can be (RFC 2045, section 6).

Done here because the standard library stops at the first padding of Base64, and reads white space
after a soft line break as words.
"""

from __future__ import annotations

import binascii
import re
from itertools import pairwise
from typing import NamedTuple

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)', re.DOTALL)
_PADDING = re.compile(rb"[ \t]+(?=\r?\n|\Z)")
_PIECE = re.compile(rb"([^=]+)(=*)")
_OTHER = re.compile(rb"[^A-Za-z0-9+/]+")
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s]")
_EMPTY = re.compile(rb"\n[ \t]*\r?\n")
_WORDS = re.compile(rb"[^\s=]+[ \t]+[^\s=]+")


class Content(NamedTuple):
    """The bytes of a part."""

    data: bytes
    damaged: bool = False
    """Whether some of what was sent could not be decoded."""


def without_comments(value: str) -> str:
    """A header's value without its comments, which may lie within one another (RFC 5322, 3.2.2)."""
    for _ in range(10):
        bare = _COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else " ", value)
        if bare == value:
            break
        value = bare
    return value


def decode_quoted_printable(data: bytes) -> bytes:
    """Undo quoted-printable; white space at a line's end was put in on the way (rule 3)."""
    return binascii.a2b_qp(_PADDING.sub(b"", data))


def decode_base64(data: bytes) -> Content:
    """Undo Base64, piece by piece where it was put together of several (RFC 2045, 6.8).

    After the end of a piece words may follow that aren't encoded, as lists put them there.
    """
    decoded, damaged = b"", bool(_FOREIGN.search(data))
    data = _before_words(data)
    for n, found in enumerate(_PIECE.finditer(data)):
        piece = _OTHER.sub(b"", found[1])
        if n and (_WORDS.search(found[1]) or (len(piece) + len(found[2])) % 4):
            return Content(decoded, damaged=damaged or bool(piece))
        damaged |= (len(piece) + len(found[2])) % 4 > 0 and not found[2]
        decoded += binascii.a2b_base64(piece[: len(piece) - (len(piece) % 4 == 1)] + b"==")
    return Content(decoded, damaged)


def _before_words(data: bytes) -> bytes:
    """What stands before an empty line after which words follow that aren't encoded."""
    empty = [0, *(found.end() for found in _EMPTY.finditer(data)), len(data)]
    for start, end in pairwise(empty[1:]):
        block = data[start:end]
        if _FOREIGN.search(block) and _WORDS.search(block):
            return data[:start]
    return data
