"""Rich Text token by token: groups, control words, signs and text; not what they say."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from itertools import islice

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[A-Za-z]{1,40})(?P<number>-?[0-9]{1,10})? ?|'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|(?P<sign>[^A-Za-z']))|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
BINARY = "bin"
"""The control word after which bytes stand that are no text."""


class Walker(ABC):
    """Goes through a Rich Text; who reads it says what each token does."""

    def walk(self, data: bytes) -> int:
        """Go through a Rich Text up to its end, or to where it is damaged; returns that place."""
        at = 0
        while token := _TOKEN.match(data, at):
            at = token.end()
            if text := token["text"]:
                self.take(text)
            elif word := token["word"]:
                number = int(token["number"]) if token["number"] else None
                self.control(word.decode(), number)
                if word == b"bin":
                    at += max(0, number or 0)
            elif brace := token["brace"]:
                self.turn(begins=brace == b"{")
            elif byte := token["byte"]:
                self.take(bytes.fromhex(byte.decode()))
            elif sign := token["sign"]:
                self.symbol(sign.decode("latin-1"))
            else:
                self.end_line()
        return at

    @abstractmethod
    def turn(self, *, begins: bool) -> None:
        """A group begins or ends."""

    @abstractmethod
    def control(self, word: str, number: int | None) -> None:
        """A control word stands there; after `BINARY` its bytes are passed over."""

    @abstractmethod
    def take(self, data: bytes) -> None:
        """Bytes of text stand there."""

    @abstractmethod
    def symbol(self, sign: str) -> None:
        """A backslash and a sign stand there."""

    @abstractmethod
    def end_line(self) -> None:
        """A line of the file ends, which is no text."""


def declares(data: bytes, word: str, most: int) -> bool:
    """Whether a control word, without a number or with 1, is among what a Rich Text begins with.

    Args:
        data: the Rich Text.
        word: the control word.
        most: groups and control words that are looked at, before which nothing else stands.
    """
    tokens = (one for one in _TOKEN.finditer(data) if one[0].strip(b"\r\n"))
    for token in islice(tokens, most):
        if token["word"] == word.encode() and token["number"] in (None, b"1"):
            return True
        if not (token["word"] or token["brace"] == b"{"):
            return False
    return False


def joined(high: int, code: int) -> int:
    """The code point that two halves make (UTF-16); U+FFFD without the first.

    Args:
        high: the first half, or 0 if none stood before.
        code: the second, from 0xDC00 on.
    """
    return 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
