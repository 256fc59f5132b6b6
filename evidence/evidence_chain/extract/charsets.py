"""How the bytes of old documents become characters, and a record of how they did.

Never a silent replacement: what was chosen, and how many characters were replaced, is returned.
"""

from __future__ import annotations

import codecs

from evidence_chain.pattern import pattern

_WEB = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "us-ascii": "ascii",
    "latin1": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "koi8": "koi8-r",
    "koi": "koi8-r",
    "x-euc-jp": "euc-jp",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
}
"""Names that documents use, to what they mean by them (after the WHATWG's Encoding Standard)."""

_KNOWN = pattern(
    "ascii|utf-8|utf-16-[lb]e|windows-125[0-8]|iso-8859-(?:[2-8]|1[03456])|koi8-[ru]|gb18030|hz|cp949|"
    "cp932|cp874|big5hkscs|euc-jp|iso-2022-(?:jp|kr)|mac-roman|ibm866"
)
"""Every charset that is decoded here; Python has more, and some are no charsets at all."""

_LADDER: list[str | None] = ["utf-8", "gb18030", "latin-1"]
"""Charsets tried where the declared one is missing or wrong; the last fits every byte."""
_STATEFUL = pattern("iso-2022-|hz")
"""Charsets of seven bits: what is damaged in them would be valid, and senseless, as ASCII."""
_ODD = pattern(
    "[A-Za-z][\u3400-\ufaff](?![\u3400-\ufaff])|(?<![\u3400-\ufaff])[\u3400-\ufaff][A-Za-z]"
)
_IDEOGRAPHS = pattern("[\u3400-\ufaff]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def known(label: str | None) -> str | None:
    """The charset that a document means by `label`, or `None` if it is none."""
    name = (label or "").strip("\"' \t\r\n").lower()
    for _ in range(2):
        name = _WEB.get(name, name)
    return name if _KNOWN.fullmatch(name) else None


def marked(data: bytes) -> tuple[str, int] | None:
    """The charset that a byte-order mark tells, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), None)


def decode_strictly(data: bytes, charsets: list[str | None]) -> tuple[str, str] | None:
    """The text in the first of `charsets` that it is valid in, and that one's name."""
    for charset in charsets:
        if charset is None:
            continue
        try:
            return data.decode(charset), charset
        except UnicodeDecodeError:
            continue
    return None


def decode_replacing(data: bytes, charset: str) -> tuple[str, int]:
    """The text with U+FFFD for what isn't valid, and how many of them were put in."""
    text = data.decode(charset, errors="replace")
    return text, text.count("\ufffd")


def decode_by_ladder(data: bytes, label: str | None) -> tuple[str, str]:
    """The text in the declared charset, or in the first of a ladder that it is valid in.

    Returns the text and the charset. Only a damaged text in a charset of seven bits has characters
    replaced.
    """
    declared = known(label)
    found = decode_strictly(data, [declared])
    if found:
        return found
    if declared and _STATEFUL.match(declared) and data.isascii():
        return decode_replacing(data, declared)[0], declared
    text, charset = decode_strictly(data, _LADDER) or ("", "")
    if charset == "gb18030" and not _like_chinese(text):
        return data.decode("latin-1"), "latin-1"
    return text, charset


def _like_chinese(text: str) -> bool:
    """Whether ideographs stand together, not one by one in Western words as of misread bytes."""
    return len(_ODD.findall(text)) * 2 < len(_IDEOGRAPHS.findall(text)) + 1
