r"""Subtitles and transcripts with times: WebVTT (W3C) and SRT, a line for each that is shown.

Each cue is marked with its time in the recording, in seconds, and with who is said to speak
(`<v Name>`), of which there may be several in one. Tags are left out, names of voices too, as
players show neither. Cues stand in the order of the file, comments and styles of WebVTT after all
of them, marked as hidden. Cues that are never shown are hidden, too; those whose times run
backwards or overlap stand where they are. What SRT has in braces (`{\an8}`) is left out; what is
left of other tags is shown by some players, and is `unsure`. Where a file is a part of a stream
whose clock has other times, that is told with each. Whether the words are those that are
spoken, nobody looks at here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract import charsets
from evidence_chain.extract.sniffing.media_types import SRT, VTT
from evidence_chain.extract.stream import Drawn, Mark, MarkKind

if TYPE_CHECKING:
    from typing import BinaryIO

NAME = "evidence-chain/subtitles"
VERSION = "2"
MEDIA_TYPES = (VTT, SRT)
GUARDED = True


def extract(file: BinaryIO) -> Drawn:
    """Return the words of all cues, and their times.

    Raises:
        ExtractionError: it has more cues than a recording has.
    """
    from evidence_chain.extract.subtitles.cues import read

    text, charset, guess = charsets.decode(file.read(), None)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    writer, unread = read(text, web=text.startswith("WEBVTT"))
    words, marks = writer.finish()
    if guess and words:
        marks = [Mark(0, len(words), MarkKind.GUESSED, guess), *marks]
    options = {"charset": charset}
    return Drawn(words, options | ({"unread": unread} if unread else {}), marks)
