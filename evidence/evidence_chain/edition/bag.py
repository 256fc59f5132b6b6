"""The bag that an edition is: its tag files (docs/edition.md, section 1; RFC 8493)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.digest import sha256
from evidence_chain.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
NOTE = "edition.note"
TAGGED = ("bag-info.txt", "bagit.txt", NOTE, MANIFEST)
"""The files that the tag manifest lists."""
TAGS = (*TAGGED, TAG_MANIFEST)
LARGEST = 64 << 20
"""Bytes that a tag file may have."""
_LINE = re.compile("([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")


def manifest(digests: Mapping[str, str]) -> bytes:
    """A manifest: SHA-256 in hex and path of each file, ascending by path."""
    ordered = sorted(digests.items(), key=lambda item: item[0].encode())
    return "".join(f"{digest}  {path}\n" for path, digest in ordered).encode()


def read_manifest(data: bytes) -> dict[str, str]:
    """SHA-256 by path.

    Raises:
        FormatError: it isn't written exactly as `manifest` writes it.
    """
    found: dict[str, str] = {}
    *lines, rest = data.decode("ascii", "replace").split("\n")
    for number, line in enumerate(lines, 1):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise FormatError(f"Line {number} of a manifest is {line[:80]!r}, which is none.")
        found[parts[2]] = parts[1]
    if rest or manifest(found) != data:
        raise FormatError(
            "A manifest has a line for each file, ascending by path, each ending in a newline; "
            "this one is written otherwise."
        )
    return found


def information(made: str, size: int, count: int) -> bytes:
    """`bag-info.txt` of an edition: when it was made, bytes and number of its payload files."""
    return f"Bagging-Date: {made[:10]}\nPayload-Oxum: {size}.{count}\n".encode()


def tag_manifest(tags: Mapping[str, bytes]) -> bytes:
    """The tag manifest over the other tag files, given their bytes by name."""
    return manifest({name: sha256(tags[name]).hex() for name in TAGGED})
