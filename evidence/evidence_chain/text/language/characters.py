"""The tables of characters that the rules of matching name (docs/format.md, section 7)."""

from __future__ import annotations

import unicodedata
from functools import cache

from evidence_chain.pattern import pattern

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Controls that reorder what is displayed, as the inside of a regular expression's class."""
ZERO_WIDTH = "\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff\U000e0001\U000e0020-\U000e007f"
"""Characters that are not seen at all."""
SOFT_HYPHEN = "\u00ad"
UNSEEN = BIDI + ZERO_WIDTH + SOFT_HYPHEN
"""Removed by the folds wherever they stand."""

OPENING_QUOTES = "\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300e"
CLOSING_QUOTES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u2039\u203a\u300d\u300f"
"""Quotation marks; many open in one language and close in another."""

LONG_DASHES = "\u2012-\u2015\u2e3a\u2e3b\ufe58"
SHORT_DASHES = "\\-\u2010\u2011\u2212\ufe63\uff0d"
LINE_END = "\ufffe"
"""What PDF extraction leaves of a hyphen at a line's end; the folds use it in the same sense."""

OTHER_FORM = "\x1d"
"""Begins each line of a stream that gives what stands before it in another form."""

BREAK = "[^\\S\n\r\v\f\x85\u2028\u2029]*[\n\r\v\f\x85\u2028\u2029]\\s*"
"""The end of a line with the white space around it, as a regular expression."""

OPEN = "\uffff"
"""What the folds make of white space that may belong to the text or not: equal to a space, and to
nothing."""

_SOUTH_EAST = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf"  # Tai Le, New Tai Lue, Tai Tham, Tai Viet
    "\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaa7f"  # Balinese, Javanese, more of Burmese
)
SPACELESS = (
    f"{_SOUTH_EAST}"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u303c\u3040-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters of scripts that write no space between words."""
RIGHT_TO_LEFT = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
"""A letter, or another character, of a script that is read from the right."""
COMPLEX = pattern("[\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\u1a20-\u1aaf]")
"""One of a script whose glyphs stand in another order, or are fewer or more, than its characters:
those of India and Sri Lanka, Thai, Lao, Tibetan, Burmese, Khmer."""
EAST_ASIAN = (
    "\u2e80-\u2fdf\u3001-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff61-\uff9f\U00020000-\U0003ffff"
)
"""Han and kana with their punctuation: white space beside one of them means nothing."""
FULL_WIDTH = "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60"
"""Punctuation of full width: likewise, but for white space before or after a word."""

_HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
OPEN_AT_LINE_END = (
    f"[{_SOUTH_EAST}]{{2}}|[\ua000-\ua4cf]{{2}}"  # the last: Yi
    f"|[{_HANGUL}][^\\W_]|[^\\W_][{_HANGUL}]"
)
"""Two neighbours between which a line may end where no space belongs (UAX #14)."""

ACCENTS = {
    **{"`": "\u0300", "\u00b4": "\u0301", "\u02c6": "\u0302", "\u02dc": "\u0303"},
    **{"\u00af": "\u0304", "\u02d8": "\u0306", "\u02d9": "\u0307", "\u00a8": "\u0308"},
    **{"\u02da": "\u030a", "\u02dd": "\u030b", "\u02c7": "\u030c", "\u00b8": "\u0327"},
    **{"\u02db": "\u0328"},
}
"""Accents that stand by themselves, as in the text of older PDFs, to those that combine."""

_DOUBLE_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u301d\u301e\u301f"
_SINGLE_QUOTES = "\u0060\u00b4\u02bc\u2018\u2019\u201a\u201b\u2039\u203a"
_ELLIPSIS = {0x2026: "..."}
_IN_PIECES = {0x0E33: "\u0e4d\u0e32", 0x0EB3: "\u0ecd\u0eb2"}
"""The vowel am of Thai and of Lao, which is also written as the two signs it consists of."""

_RADICALS = str.maketrans(
    "⺁⺎⺒⺓⺠⺻⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂兀巳幺民聿虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
"""Radicals that are whole ideographs, as PDF extraction leaves them, and which have no
decomposition in the Unicode Character Database."""

_BLOCKS = (
    (0x2E80, 0x2FDF),  # CJK and Kangxi radicals
    (0xFB00, 0xFB17),  # Latin and Armenian ligatures
    (0xFB50, 0xFDFF),  # Arabic presentation forms A
    (0xFE70, 0xFEFC),  # Arabic presentation forms B
    (0xFF01, 0xFF9F),  # full-width ASCII, half-width kana
    (0xFFE0, 0xFFEE),  # full-width and half-width signs
)


def _decompositions(first: int, last: int) -> dict[int, str]:
    """What the characters of a block stand for, where that is no phrase with spaces."""
    found = {}
    for point in range(first, last + 1):
        tag, *parts = unicodedata.decomposition(chr(point)).split() or [""]
        text = "".join(chr(int(part, 16)) for part in parts)
        if tag.startswith("<") and text and " " not in text:
            found[point] = text
    return found


@cache
def folds() -> dict[int, str]:
    """One character to what it equals, whatever stands around it."""
    table = dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"')
    table |= dict.fromkeys(map(ord, _SINGLE_QUOTES), "'")
    table |= _ELLIPSIS | _IN_PIECES
    table |= {point: chr(ideograph) for point, ideograph in _RADICALS.items()}
    for block in _BLOCKS:
        table |= _decompositions(*block)
    return {point: text.translate(table) for point, text in table.items()}


_JOINERS = "(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])"
_FLAGGED = {
    "bidi-control": pattern(f"[{BIDI}]"),
    "zero-width": pattern(f"(?!{_JOINERS})[{ZERO_WIDTH}]"),
}


def flags(text: str) -> list[str]:
    """Which unseen characters of `text` a person must look at: `bidi-control`, `zero-width`.

    Joiners between letters of Arabic and Indic scripts are spelling and raise no flag.
    """
    if text.isascii():
        return []
    return [name for name, found in _FLAGGED.items() if found.search(text)]


def is_mark(char: str) -> bool:
    """Whether `char` belongs to the letter before it, as a combining accent does."""
    return unicodedata.category(folds().get(ord(char), char)[0])[0] == "M"
