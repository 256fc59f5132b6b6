"""Small files that a user brings: checkpoints, keys, texts. One that can't be read is wrong use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, FormatError, InputError
from evidence_chain.regular import read_named

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 20
_SIGNED = re.compile(rb"^\xe2\x80\x94 \S+ [A-Za-z0-9+/]{40}", re.MULTILINE)
"""The line of a note's signature."""


def read_given(path: Path, called: str, most: int = LARGEST) -> bytes:
    """What is in a file.

    Args:
        path: The file.
        called: What the user gave it as, with its path, such as `The checkpoint seen.txt`.
        most: Bytes that it may have.

    Raises:
        InputError: it can't be read.
    """
    try:
        return read_named(path, most)
    except OSError as error:
        raise InputError(f"{called} can't be read: {error.strerror}.") from error


def seen_given(path: Path) -> bytes:
    """A checkpoint that the user saw before, of whatever log, or what somebody made look like one.

    Raises:
        InputError: it can't be read, or is something else, which says nothing against the log.
    """
    from evidence_chain.log.checkpoint import open_checkpoint

    data = read_given(path, f"The checkpoint {path}")
    try:
        open_checkpoint(data, None)
    except EvidenceError as error:
        if _SIGNED.search(data):
            return data  # told as what it is, by the check of it
        raise InputError(
            f"What you saw before, {path}, is no checkpoint ({begins(data)}): {error}"
        ) from error
    return data


def begins(data: bytes) -> str:
    """How a file begins, for whoever gave another than they meant."""
    if not data.strip():
        return "it is empty"
    return f"it begins with {data.strip()[:40].decode('utf-8', 'replace').splitlines()[0]!r}"


def text_given(path: Path, called: str) -> str:
    """The same as text.

    Raises:
        InputError: it can't be read, or is no text.
    """
    try:
        return read_given(path, called).decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{called} is no text in UTF-8: {error}.") from error


def signers_given(path: Path | None) -> str | None:
    """The allowed signers of reviews; `None` if no file was given.

    Raises:
        InputError: it can't be read, or is no text.
    """
    return None if path is None else text_given(path, f"The allowed signers {path}")


def authorities_given(path: Path | None) -> bytes | None:
    """The certificates of authorities for time-stamps, in PEM; `None` if no file was given.

    Raises:
        InputError: the file can't be read, or holds something else.
    """
    if path is None:
        return None
    from evidence_chain.stamps.authority import read_roots

    data = read_given(path, f"The authorities {path}")
    try:
        read_roots(data)
    except FormatError as error:
        raise InputError(f"The authorities {path} can't be read: {error}") from error
    return data


def header_given(given: str) -> bytes:
    """The header of a block, given as a file or in hex.

    Raises:
        InputError: it is neither, or no header.
    """
    from pathlib import Path

    from evidence_chain.stamps.open_timestamps import HEADER, read_header

    is_hex = len(given) == 2 * HEADER
    data = given.encode() if is_hex else read_given(Path(given), f"The header {given}")
    try:
        read_header(data)
    except FormatError as error:
        raise InputError(f"--block-header: {error}") from error
    return data
