"""RTF read group by group: what each run says, and whether it is seen."""

from __future__ import annotations

from dataclasses import replace

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.docx.layout import is_off
from evidence_chain.extract.paragraph import Paragraph
from evidence_chain.extract.rtf import words
from evidence_chain.extract.rtf.run import Run, changed, why_hidden
from evidence_chain.extract.rtf.tokens import BINARY, Walker, joined
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

_DEEPEST = 2000
_FLAT = 40
"""Twips of height, or width, in which no one reads anything."""


class Reader(Walker):
    """Reads one file."""

    def __init__(self, data: bytes) -> None:
        self.charset = "cp1252"
        self.unread: set[str] = set()
        self._data = data
        self._run = Run()
        self._groups: list[Run] = []
        self._rest = Writer()
        self._flows: list[tuple[int, str, Writer, Paragraph]] = []
        """Those that stand apart: the depth at which each began, what it is called."""
        self._apart: list[tuple[str, Writer]] = []
        self._flow, self._paragraph = Writer(), Paragraph(self._rest)
        self._bytes = bytearray()
        self._left = 0
        """Characters to be passed over, which older readers show."""
        self._starred = False
        self._fonts: dict[int, str | None] = {}
        self._font = 0
        self._colours: list[tuple[int, int, int]] = []
        self._colour = [0, 0, 0]
        self._high = 0
        self._in_table = self._row_filled = False
        """Whether this is a row of a table, and whether cells of it have a colour of their own."""
        self._row_low = False
        """Whether the row has no height."""
        self._sides: dict[str, int] = {}
        """Of the shape that was begun last, in twips from the left and the top."""

    def read(self) -> tuple[str, list[Mark]]:
        """The text and its marks."""
        at = self.walk(self._data)
        return self._finish(cut=bool(self._groups) or at < len(self._data.rstrip(b"\0\r\n ")))

    def _finish(self, *, cut: bool) -> tuple[str, list[Mark]]:
        if cut:
            self.unread.add("the end of the file, which is cut off or damaged")
        while self._flows:
            self._end_flow()
        self._flush()
        self._end_paragraph()
        for called, aside in self._apart:
            start = self._flow.append(aside)
            if aside.length:
                self._flow.marks.append(Mark(start, self._flow.length, MarkKind.PART, called))
        self._flow.append(self._rest)
        return self._flow.finish()

    def turn(self, *, begins: bool) -> None:
        """Begin a group, or end one and what stands apart in it."""
        self._starred = False
        self._flush()
        self._left = 0
        if begins:
            if len(self._groups) >= _DEEPEST:
                raise ExtractionError(
                    f"The text of this RTF could not be had: its groups are nested more than "
                    f"{_DEEPEST} deep, as no program writes them. Preserve it in another form, too."
                )
            self._groups.append(self._run)
            self._run = replace(self._run, destination="")
            return
        if self._flows and self._flows[-1][0] == len(self._groups):
            self._end_flow()
        if self._groups:
            self._run = self._groups.pop()

    def control(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        if word == "u" and number is not None:
            self._unicode(number)
            return
        if self._left and word not in ("uc", BINARY):
            self._left -= 1
            return
        self._flush()
        if word == BINARY:
            return
        self._high = 0
        starred, self._starred = self._starred, False
        if self._is_destination(word, starred=starred):
            return
        if self._run.skipped:
            self._read_table(word, number)
        elif word in words.SIGNS:
            self._write_sign(word)
        else:
            self._set(word, number)

    def _is_destination(self, word: str, *, starred: bool) -> bool:
        if words.EMBEDDED.get(word):
            self.unread.add(words.EMBEDDED[word])
        within = any(one.destination in ("fonttbl", "colortbl") for one in self._groups)
        if within and word not in ("fonttbl", "colortbl"):
            return False
        if word in words.APART and not self._run.skipped:
            unseen = self._run.unseen or (self._shape_hidden() if word == "shptxt" else "")
            self._run = replace(self._run, destination=word, unseen=unseen)
            self._flows.append((len(self._groups), words.APART[word], self._flow, self._paragraph))
            self._flow, self._paragraph = Writer(), Paragraph(self._rest)
            return True
        if word == "ud" or (word in words.READ and not self._run.skipped):
            self._run = replace(self._run, skipped=False, destination=word)
            return True
        if starred or word in words.SKIPPED:
            self._run = replace(self._run, skipped=True, destination=word)
            return True
        return False

    def _read_table(self, word: str, number: int | None) -> None:
        """Fonts and colours."""
        if word == "f" and number is not None:
            self._font = number
        elif word == "fcharset" and number is not None:
            self._fonts[self._font] = (
                words.CHARSETS.get(number) if number != words.SYMBOLS else None
            )
        elif word == "cpg" and number is not None and (found := words.codec(number)):
            self._fonts[self._font] = found
        elif word in ("red", "green", "blue"):
            self._colour[("red", "green", "blue").index(word)] = min(255, max(0, number or 0))

    def _set(self, word: str, number: int | None) -> None:
        """Note what holds from here on in the group, or what holds for the file or a row."""
        if word == "ansicpg" and number and (found := words.codec(number)):
            self.charset = found
        elif word in ("mac", "pc"):
            self.charset = {"mac": "mac-roman", "pc": "cp437"}[word]
        elif word in ("trowd", "clcbpat"):
            self._row_filled = word == "clcbpat" and (self._row_filled or bool(number))
            self._row_low = word == "clcbpat" and self._row_low
        elif word == "trrh":
            self._row_low = -_FLAT <= (number or 0) < 0
        elif word in ("intbl", "pard"):
            self._in_table = word == "intbl"
        elif word in words.SIDES:
            self._sides[word] = number or 0
        self._run = changed(self._run, word, number)

    def symbol(self, sign: str) -> None:
        """Do what a sign says."""
        if sign == "*":
            self._starred = True
        elif self._left:
            self._left -= 1
        elif sign in words.SIGNS and not self._run.skipped:
            self._flush()
            self._write_sign(sign)

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % 65536 if number < 65536 else number
        self._left = self._run.fallback
        if self._run.skipped:
            return
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = joined(self._high, code)
        self._high = 0
        self._say(chr(code) if code < 0x110000 else "\ufffd")

    def end_line(self) -> None:
        """A destination is named on the line of its sign."""
        self._starred = False

    def take(self, data: bytes) -> None:
        """Bytes of text, in the charset of the font."""
        self._starred = False
        if self._run.skipped:
            if self._run.destination == "colortbl":
                for _ in range(data.count(b";")):
                    self._colours.append((self._colour[0], self._colour[1], self._colour[2]))
                    self._colour = [0, 0, 0]
            return
        passed = min(self._left, len(data))
        self._left -= passed
        self._bytes += data[passed:]

    def _flush(self) -> None:
        if self._bytes:
            charset = self._fonts.get(self._run.font, self.charset)
            text = self._bytes.decode(charset or "cp1252", "replace")
            self._bytes.clear()
            if charset is None and any(map(str.isalnum, text)):
                self._paragraph.doubts.append("a font of signs, which shows others")
            self._say(text)

    def _write_sign(self, word: str) -> None:
        if word in ("row", "nestrow") and self._paragraph.now.pieces[-1:] == ["\t"]:
            self._paragraph.now.replace(len(self._paragraph.now.pieces) - 1, "")
        if word in words.ENDS:
            self._say("\n", ends=True)
            self._end_paragraph()
        else:
            self._say(words.SIGNS[word])

    def _say(self, text: str, *, ends: bool = False) -> None:
        run, paragraph = self._run, self._paragraph
        if run.skipped:
            return
        if run.destination in ("listtext", "pntext") and not any(map(str.isalnum, text)):
            text = " " if text.isspace() else ""
        if run.deleted:
            paragraph.delete(text, "tracked")
            return
        if ends:
            return
        start = paragraph.now.length
        if run.revised:
            paragraph.insertions.append((start, "tracked"))
        hidden = why_hidden(run, self._colours, in_filled_row=self._in_table and self._row_filled)
        low = "row without height" if self._in_table and self._row_low else ""
        paragraph.say(text, run, hidden or low, raw=True)
        if run.revised:
            paragraph.end_insertion()

    def _shape_hidden(self) -> str:
        """Why the shape that was begun last isn't seen; nothing if it is."""
        told, self._sides = self._sides, {}
        if len(told) < len(words.SIDES):
            return ""
        left, top, right, bottom = (told[side] for side in words.SIDES)
        if min(right - left, bottom - top) <= _FLAT:
            return "text box without size"
        off = is_off(str(left), str(top)) and is_off(str(right), str(bottom))
        return "text box outside of the page" if off else ""

    def _end_paragraph(self) -> None:
        self._flow.append(self._paragraph.finish())
        self._paragraph = Paragraph(self._rest)

    def _end_flow(self) -> None:
        self._end_paragraph()
        _, called, flow, paragraph = self._flows.pop()
        self._apart.append((called, self._flow))
        self._flow, self._paragraph = flow, paragraph
