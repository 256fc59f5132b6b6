"""The cues of subtitles: when each is shown, who is said to speak, and the words."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.extract.writing import Writer

_TIME = r"(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?=[ \t]|$)[^\n]*$", re.MULTILINE)
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t\n]|\Z)")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{0,9})(?P<rest>[^<>\n]{0,500})>")
_WEB_TAGS = ("c", "i", "b", "u", "v", "lang", "ruby", "rt", "")
_OLD_TAGS = ("i", "b", "u", "font", "s")
_STAMP = re.compile(r"<\d[\d:.]*>")
_BRACES = re.compile(r"\{\\[A-Za-z0-9&().,\\-]{1,60}\}")
_HIDES = re.compile(
    r"^STYLE\b(?:(?!\n\n).)*?(?:visibility|opacity|transparent|rgba|hsla|font-size|display)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""A style that may keep words from being seen."""
_NARROW = re.compile(r"[ \t]size:0{1,9}(?:\.0{0,9})?%")
_EARLIER = "shown before what stands above it"
_MAP = re.compile(r"^X-TIMESTAMP-MAP=(.*)$", re.MULTILINE)
_LOCAL = re.compile(rf"\bLOCAL:{_TIME}(?=[,\s]|$)")
_TICKS = re.compile(r"\bMPEGTS:(\d{1,11})(?=[,\s]|$)")
_MOST_CUES = 200_000


class Cue(NamedTuple):
    """Some words, and when they are shown."""

    start: int
    """In thousandths of a second, as the end."""
    end: int
    payload: str
    narrow: bool = False
    """Whether the box that it is shown in has no width."""

    @property
    def time(self) -> str:
        """As W3C Media Fragments write it: `12.5,15`."""
        return f"{_seconds(self.start)},{_seconds(self.end)}"


def read(text: str, *, web: bool) -> tuple[Writer, list[str]]:
    """Write down the cues of a file; and what of it could not be read.

    Args:
        text: the whole file, with line feeds.
        web: whether it is WebVTT, and not SRT.

    Raises:
        ExtractionError: it has more cues than a recording has.
    """
    seen, rest, clock = Writer(), Writer(), _clock(text) if web else ""
    unread: list[str] = []
    latest = 0
    for block in re.split(r"\n(?:[ \t]*\n)+" if not web else r"\n\n+", text.strip("\n")):
        timed = [] if web and _NOTE.match(block) else list(_TIMES.finditer(block))
        for times, after in zip(timed, [*timed[1:], None], strict=False):
            payload = block[times.end() : after.start() if after else len(block)]
            cue = _cue(times, payload.strip("\n"))
            shown = seen if cue.end > cue.start else rest
            if cue.start < latest and shown.length:
                shown.mark(shown.length, MarkKind.JOINED, _EARLIER)
            latest = max(latest, cue.start)
            _write(shown, cue, clock, web=web, apart=len(timed) == 1)
        if timed:
            continue
        if block.strip() and not (web and block.startswith("WEBVTT")):
            _hide(rest, block)
            if "-->" in block:
                unread.append("a cue whose times can't be read")
        if len(seen.marks) > _MOST_CUES:
            raise ExtractionError(
                f"The text of these subtitles could not be had: there are more than {_MOST_CUES} "
                "cues. Split the file, and preserve the part that holds the passage as well."
            )
    if web and seen.length and _HIDES.search(text):
        seen.marks.append(Mark(0, seen.length, MarkKind.HIDDEN, "possibly, by a style of the file"))
    seen.append(rest)
    return seen, list(dict.fromkeys(unread))


def _clock(text: str) -> str:
    """By what clock the times are, if not by that of a recording from its beginning.

    A segment of a stream (RFC 8216, section 3.5) says at what tick, of which a second has 90,000,
    the stream is at a time of the file. When the recording began is said by neither.
    """
    said = _MAP.search(text.partition("\n\n")[0])
    if said is None:
        return ""
    local, ticks = _LOCAL.search(said[1]), _TICKS.search(said[1])
    if local is None or ticks is None:
        return " (by a stream's clock)"
    here, there = _thousandths(local.groups()), int(ticks[1]) // 90
    if here == there:
        return ""
    return f" (by a stream's clock: its second {_seconds(there)} is second {_seconds(here)} here)"


def _cue(times: re.Match[str], payload: str) -> Cue:
    start, end = (_thousandths(times.groups()[at : at + 4]) for at in (0, 4))
    return Cue(start, end, payload, bool(_NARROW.search(times[0])))


def _thousandths(told: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, parts = told
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((parts or "0").ljust(3, "0"))


def _seconds(thousandths: int) -> str:
    whole, parts = divmod(thousandths, 1000)
    return f"{whole}.{parts:03}".rstrip("0").rstrip(".")


def _hide(rest: Writer, block: str) -> None:
    line = Writer()
    line.write(block)
    line.mark(0, MarkKind.HIDDEN, "a comment, a style, or a cue without times")
    rest.append(line)


def _write(stream: Writer, cue: Cue, clock: str, *, web: bool, apart: bool) -> None:
    """Write a cue as it is shown, with its marks; `apart` from others by an empty line."""
    line, voices, struck = Writer(), list[tuple[int, str]](), list[int]()
    payload = cue.payload if web else _BRACES.sub("", cue.payload)
    payload = _STAMP.sub("", payload) if web else payload
    at, doubtful = 0, not apart
    for tag in _TAG.finditer(payload):
        _say(line, payload[at : tag.start()], web=web)
        at = tag.end()
        name = tag["name"].lower()
        known = _WEB_TAGS if web else _OLD_TAGS
        if name not in known:
            doubtful = True
            _say(line, tag[0] if not web else "", web=False)
        elif name == "s":
            _turn_struck(line, struck, ends=bool(tag["close"]))
        elif name == "v":
            _end_voice(line, voices)
            if not tag["close"]:
                voices.append((line.length, _name(tag["rest"])))
    _say(line, payload[at:], web=web)
    _end_voice(line, voices)
    _turn_struck(line, struck, ends=True)
    doubtful = doubtful or (web and "<" in payload[at:])
    if line.length:
        line.marks.append(Mark(0, line.length, MarkKind.TIME, cue.time + clock))
    if doubtful:
        line.marks.append(
            Mark(
                0,
                line.length,
                MarkKind.UNSURE,
                "its tags or its end are not as the format has them",
            )
        )
    if cue.end <= cue.start or cue.narrow:
        why = "it is shown in no width" if cue.narrow else "it ends before it begins"
        line.marks.append(Mark(0, line.length, MarkKind.HIDDEN, why))
    stream.append(line)


def _turn_struck(line: Writer, struck: list[int], *, ends: bool) -> None:
    """A stretch of struck-out words begins, or ends if one is open."""
    if not ends:
        struck.append(line.length)
    elif struck:
        line.mark(struck.pop(), MarkKind.DELETED, "struck out")


def _end_voice(line: Writer, voices: list[tuple[int, str]]) -> None:
    if voices:
        start, name = voices.pop()
        if name and line.length > start:
            line.marks.append(Mark(start, line.length, MarkKind.VOICE, name))


def _name(rest: str) -> str:
    """The name in `<v.loud Ilse Maran>`."""
    _, _, name = rest.partition(" ") if rest.startswith(".") else ("", "", rest)
    return unescape(name).strip()


def _say(line: Writer, words: str, *, web: bool) -> None:
    if words:
        line.write(unescape(words) if web else words)
