"""Text as it is searched: without case, white space, what isn't seen, kinds of dashes and quotes.

NFKC, full case folding, every dash as a hyphen, every quotation mark as an apostrophe; white
space and characters that are not seen are taken out. What is folded here is compared as UTF-8.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

BARRIER = b"\x01\x01"
"""Stands between pieces of an edition that are searched at once; nothing is found across it."""
BARRIER_TEXT = BARRIER.decode()
_SEEN_CONTROL = "\x01"
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_QUOTES = "\"'`´ʹʺʻʼʽˋˊ′″‴‵‶‷〝〞〟＂＇"
_DASHES = "−⁃"
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_PLANES = ((0, 0x20000), (0xE0000, 0xE1000))


@cache
def special_folds() -> dict[str, str]:
    """What becomes of the characters that case folding and NFKC leave as they are."""
    found = {}
    for first, last in _PLANES:
        for char in map(chr, range(first, last)):
            category = unicodedata.category(char)
            if _is_unseen(char, category):
                found[char] = ""
            elif category == "Pd" or char in _DASHES:
                found[char] = "-"
            elif category in ("Pi", "Pf") or char in _QUOTES:
                found[char] = "'"
    return {char: to for char, to in found.items() if char != to}


def _is_unseen(char: str, category: str) -> bool:
    if char.isspace() or char in _FILLERS:
        return True
    variation = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    mongolian = "\u180b" <= char <= "\u180f"
    return (category in ("Cf", "Cc") and char != _SEEN_CONTROL) or variation or mongolian


@cache
def _special() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Those of the first plane, a class of which is fast, and those beyond."""
    first, beyond = (
        [re.escape(char) for char in special_folds() if (char > "\uffff") == above]
        for above in (False, True)
    )
    return re.compile(f"[{''.join(first)}]+"), re.compile(f"[{''.join(beyond)}]+")


def _replaced(match: re.Match[str]) -> str:
    found = match[0]
    folds = special_folds()
    return folds[found] if len(found) == 1 else "".join(map(folds.__getitem__, found))


def _replace(text: str) -> str:
    first, beyond = _special()
    replaced = first.sub(_replaced, text)
    return beyond.sub(_replaced, replaced) if _BEYOND.search(replaced) else replaced


def fold(text: str) -> str:
    """The text as it is searched."""
    return lower_ascii(text.encode()).decode() if text.isascii() else _folded(text)


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFKC", _replace(text))
    folded = unicodedata.normalize("NFKC", composed.casefold())
    return _replace(folded)


def folded_bytes(text: str) -> bytes:
    """The same in UTF-8; halves of pairs are left out."""
    return fold(text).encode("utf-8", "ignore")


@cache
def _ascii_table() -> tuple[bytes, bytes]:
    """What ASCII becomes, byte by byte, and which bytes are taken out."""
    folds = [_folded(chr(code)) for code in range(128)]
    table = bytes(ord(to or "\0") for to in folds) + bytes(range(128, 256))
    return table, bytes(code for code, to in enumerate(folds) if not to)


def lower_ascii(data: bytes) -> bytes:
    """Bytes of which the ASCII is as it is searched."""
    return data.translate(*_ascii_table())


def fold_utf8(data: bytes) -> bytes:
    """UTF-8 as it is searched; bytes that are none are left out."""
    lowered = lower_ascii(data)
    return lowered if lowered.isascii() else folded_bytes(lowered.decode("utf-8", "ignore"))
