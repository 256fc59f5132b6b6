"""The data types of the SSH protocol (RFC 4251, section 5), as far as signatures use them."""

from __future__ import annotations

from evidence_chain.errors import FormatError

MAX_INTEGER = 2048
"""Bytes that a number may have, which is what OpenSSH takes."""


class Reader:
    """Reads a sequence of values from its beginning. Every method raises FormatError.

    Args:
        data: The bytes to read.
        what: What they are, for errors: "this signature".
    """

    def __init__(self, data: bytes, what: str) -> None:
        self._data = data
        self._what = what
        self._at = 0

    def take(self, length: int) -> bytes:
        """The next `length` bytes, as they are."""
        taken = self._data[self._at : self._at + length]
        if len(taken) < length:
            raise self._refusal("ends too early")
        self._at += length
        return taken

    def uint32(self) -> int:
        """A number of four bytes, the most significant first."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """Bytes under their length."""
        return self.take(self.uint32())

    def name(self) -> str:
        """A string of printable ASCII, such as the name of an algorithm."""
        data = self.string()
        if not data.isascii() or not data.decode().isprintable():
            raise self._refusal(f"has {data[:40]!r} where a name belongs")
        return data.decode()

    def integer(self) -> int:
        """A number that is not negative, of any length (`mpint`)."""
        data = self.string()
        if data[:1] > b"\x7f" or len(data.lstrip(b"\0")) > MAX_INTEGER:
            raise self._refusal("has a number that is negative or too large")
        return int.from_bytes(data, "big")

    def end(self) -> None:
        """Refuse bytes that follow what was read."""
        if self._at != len(self._data):
            raise self._refusal(f"goes on for {len(self._data) - self._at} bytes after its end")

    def _refusal(self, found: str) -> FormatError:
        return FormatError(f"{self._what} {found}, so it was changed or cut. Fetch it again.")


def string(data: bytes) -> bytes:
    """`data` under its length."""
    return len(data).to_bytes(4, "big") + data
