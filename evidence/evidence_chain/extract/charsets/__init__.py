"""How the bytes of documents become characters, and a record of how they did.

Never a silent replacement: what was chosen, and whether it was a guess, is returned.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from evidence_chain.extract.charsets.labels import known
from evidence_chain.pattern import pattern

__all__ = [
    "Decoded",
    "decode",
    "decode_by_ladder",
    "decode_replacing",
    "decode_strictly",
    "known",
    "marked",
    "why_guessed",
]

_SINGLE = pattern("windows-125[0-8]|cp874")
"""Charsets in which the Encoding Standard has a control code for each byte that means nothing."""
_STATEFUL = pattern("iso-2022-|hz|utf-7")
"""Charsets of seven bits: what is damaged in them would be valid, and senseless, as ASCII."""
_SOUND = 4
"""How many letters beyond ASCII are valid for each one that isn't, in a text that is damaged."""
_ODD = pattern(
    "[A-Za-z][\u3400-\ufaff](?![\u3400-\ufaff])|(?<![\u3400-\ufaff])[\u3400-\ufaff][A-Za-z]"
)
_IDEOGRAPHS = pattern("[\u3400-\ufaff]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Decoded(NamedTuple):
    """A text, and how it was read."""

    text: str
    charset: str
    guess: str | None = None
    """Why the charset is a guess, if so: what a person should know before trusting the letters."""


def marked(data: bytes) -> tuple[str, int] | None:
    """The charset that a byte-order mark tells, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, label: str | None) -> Decoded:
    """The text in the charset that is declared, or in the one that it most likely is.

    Args:
        data: a whole text, without its transfer encodings.
        label: what the document calls its charset, `None` where it doesn't.

    A byte-order mark outdoes the label. Without a label, or as ASCII, valid UTF-8 is no guess.
    Only a text that is damaged here and there has characters replaced.
    """
    mark, declared = marked(data), known(label)
    if mark and (found := decode_strictly(data[mark[1] :], [mark[0]])):
        return Decoded(*found)
    if declared and (found := decode_strictly(data, [declared])):
        ordered = (label or "").strip().lower() != "utf-16"
        return Decoded(*found, None if ordered else "UTF-16 without a byte-order mark")
    if declared and (damaged := _damaged(data, declared)):
        return damaged
    text, charset = _likeliest(data)
    return Decoded(text, charset, why_guessed(label, declared, charset))


def decode_by_ladder(data: bytes, label: str | None) -> tuple[str, str]:
    """The text and the charset that `decode` finds."""
    found = decode(data, label)
    return found.text, found.charset


def decode_strictly(data: bytes, charsets: list[str | None]) -> tuple[str, str] | None:
    """The text in the first of `charsets` that it is valid in, and that one's name."""
    for charset in charsets:
        if charset is None:
            continue
        try:
            return _decode(data, charset), charset
        except UnicodeDecodeError:
            continue
    return None


def decode_replacing(data: bytes, charset: str) -> tuple[str, int]:
    """The text with U+FFFD for what isn't valid, and how many of them were put in."""
    found = decode_strictly(data, [charset])
    text = found[0] if found else data.decode(charset, errors="replace")
    return text, text.count("\ufffd")


def _decode(data: bytes, charset: str) -> str:
    """The text in one of the charsets that `known` names.

    Raises:
        UnicodeDecodeError: it isn't valid in it.
    """
    from evidence_chain.extract.charsets.japanese import decode_euc_jp, decode_iso_2022_jp

    fuller = {"iso-2022-jp": decode_iso_2022_jp, "euc-jp": decode_euc_jp}.get(charset)
    if fuller:
        try:
            return fuller(data)
        except UnicodeDecodeError:
            return data.decode("iso-2022-jp-2" if charset == "iso-2022-jp" else charset)
    return data.decode(charset, "evidence-control" if _SINGLE.fullmatch(charset) else "strict")


def _keep_control(error: UnicodeError) -> tuple[str, int]:
    """A byte of 0x80 to 0x9F that means nothing is the control code of that number."""
    if isinstance(error, UnicodeDecodeError) and 0x80 <= error.object[error.start] < 0xA0:
        return chr(error.object[error.start]), error.start + 1
    raise error


codecs.register_error("evidence-control", _keep_control)


def _damaged(data: bytes, declared: str) -> Decoded | None:
    """The text in a charset in which it is not valid, if most of it is or nothing else could be."""
    text, replaced = decode_replacing(data, declared)
    sevenfold = _STATEFUL.match(declared) and data.isascii()
    sound = sum(not char.isascii() for char in text) - replaced
    if not sevenfold and (declared == "ascii" or replaced * _SOUND > sound):
        return None
    return Decoded(text, declared, f"{declared}, with {replaced} characters damaged")


def _likeliest(data: bytes) -> tuple[str, str]:
    """UTF-8 or GB 18030 where it is that, else windows-1252, in which every byte has a meaning."""
    text, charset = decode_strictly(data, ["utf-8", "gb18030", "windows-1252"]) or ("", "")
    if charset == "gb18030" and not _like_chinese(text):
        return _decode(data, "windows-1252"), "windows-1252"
    return text, charset


def why_guessed(label: str | None, declared: str | None, charset: str) -> str | None:
    """Why a charset in which a text was read is a guess, if so.

    Args:
        label: what the document calls its charset, if it does.
        declared: the charset that this label names, if it is known.
        charset: the one that was taken, which is another.
    """
    if declared is None and (label or "").strip():
        return f"{label!r} is no charset that is known; read as {charset}"
    if charset == "utf-8" and declared in (None, "ascii"):
        return None
    said = f"it says {declared} and is not" if declared else "no charset is named"
    return f"{said}; read as {charset}"


def _like_chinese(text: str) -> bool:
    """Whether ideographs stand together, not one by one in Western words as of misread bytes."""
    return len(_ODD.findall(text)) * 2 < len(_IDEOGRAPHS.findall(text)) + 1
