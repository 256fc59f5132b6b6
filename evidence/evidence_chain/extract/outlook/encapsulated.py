"""HTML that Outlook keeps within Rich Text, taken out again (MS-OXRTFEX)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.rtf import words
from evidence_chain.extract.rtf.tokens import BINARY, Walker, declares, joined

_HEAD = 10
"""Groups and control words of the beginning, one of which says that HTML is in it (2.1.3)."""
_DEEPEST = 2000


def is_html(rtf: bytes) -> bool:
    """Whether HTML is kept in a Rich Text."""
    return declares(rtf, "fromhtml", _HEAD)


@dataclass(frozen=True)
class _Group:
    """What holds in a group."""

    skipped: bool = False
    destination: str = ""
    rtf_alone: bool = False
    """Whether it is there for readers of Rich Text and not in the HTML."""
    font: int = -1
    fallback: int = 1


class _Taker(Walker):
    """Reads one Rich Text."""

    def __init__(self, rtf: bytes) -> None:
        self._rtf = rtf
        self._out: list[str] = []
        self._bytes = bytearray()
        self._group, self._groups = _Group(), list[_Group]()
        self._fonts: dict[int, str | None] = {}
        self._named = 0
        """The font that the table of fonts is at."""
        self._charset = "cp1252"
        self._starred = False
        self._left = self._high = 0

    def html(self) -> str:
        """The HTML."""
        self.walk(self._rtf)
        self._flush()
        return "".join(self._out)

    def turn(self, *, begins: bool) -> None:
        """Begin or end a group."""
        self._flush()
        self._left, self._starred = 0, False
        if not begins:
            self._group = self._groups.pop() if self._groups else self._group
        elif len(self._groups) < _DEEPEST:
            self._groups.append(self._group)
        else:
            raise ExtractionError(
                f"The Rich Text of this e-mail is nested more than {_DEEPEST} deep, as no program "
                "writes it. Preserve the e-mail in another form, too."
            )

    def control(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
            return
        if self._left and word not in ("uc", BINARY):
            self._left -= 1
            return
        self._flush()
        if word == BINARY:
            return
        self._high = 0
        if word in words.SKIPPED or (starred and word != "htmltag"):
            self._group = replace(self._group, skipped=True, destination=word)
        elif word == "htmlrtf":
            self._group = replace(self._group, rtf_alone=number != 0)
        elif word in words.SIGNS:
            self._say(words.SIGNS[word])
        else:
            self._set(word, number or 0)

    def _set(self, word: str, number: int) -> None:
        in_table = self._group.destination == "fonttbl"
        if word == "f" and in_table:
            self._named = number
        elif word == "fcharset" and in_table:
            self._fonts[self._named] = words.CHARSETS.get(number)
        elif word == "f":
            self._group = replace(self._group, font=number)
        elif word == "uc":
            self._group = replace(self._group, fallback=max(0, min(number, 100)))
        elif word == "ansicpg" and (found := words.codec(number)):
            self._charset = found

    def symbol(self, sign: str) -> None:
        """Do what a sign says."""
        if sign == "*":
            self._starred = True
        elif self._left:
            self._left -= 1
        elif sign in words.SIGNS:
            self._flush()
            self._say(words.SIGNS[sign])

    def _unicode(self, code: int) -> None:
        self._flush()
        self._left = self._group.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = joined(self._high, code)
        self._high = 0
        self._say(chr(code))

    def end_line(self) -> None:
        """Nothing."""

    def take(self, data: bytes) -> None:
        """Bytes of text, but for those that stand in the place of what was said before."""
        passed = min(self._left, len(data))
        self._left -= passed
        self._bytes += data[passed:]

    def _flush(self) -> None:
        if self._bytes:
            charset = self._fonts.get(self._group.font) or self._charset
            text = self._bytes.decode(charset, "replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        if not (self._group.skipped or self._group.rtf_alone):
            self._out.append(text)


def taken_out(rtf: bytes) -> str:
    """The HTML that is kept in a Rich Text which `is_html`."""
    return _Taker(rtf).html()
