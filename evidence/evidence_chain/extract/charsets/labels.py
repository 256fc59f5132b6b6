"""What a document means by the name of a charset."""

from __future__ import annotations

from functools import cache

from evidence_chain.pattern import pattern

_PYTHON = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "iso-2022-jp": "iso-2022-jp",
    "iso-8859-8-i": "iso-8859-8",
    "macintosh": "mac-roman",
    "shift_jis": "cp932",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
}
"""Encodings of the Encoding Standard, to what Python calls the charset that they are."""
_ASCII = ("ascii", "us-ascii", "ansi_x3.4-1968", "iso646-us", "iso-ir-6", "x-ascii", "cp20127")
_ALSO = {
    **dict.fromkeys(_ASCII, "ascii"),
    "hz-gb-2312": "hz",
    "hz": "hz",
    "johab": "johab",
    "uhc": "cp949",
    "cp949": "cp949",
    "ms949": "cp949",
    "euc_kr": "cp949",
    "euckr": "cp949",
    "x-euc-kr": "cp949",
    "x-uhc": "cp949",
    "x-windows-949": "cp949",
    "ksc_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "iso-2022-kr": "iso-2022-kr",
    "csiso2022kr": "iso-2022-kr",
    "iso-2022-jp-1": "iso-2022-jp",
    "iso-2022-jp-2": "iso-2022-jp-2",
    "iso-2022-jp-3": "iso-2022-jp-3",
    "iso-2022-jp-2004": "iso-2022-jp-2004",
    "iso-2022-jp-ms": "iso-2022-jp",
    "eucjp": "euc-jp",
    "eucjp-ms": "euc-jp",
    "eucjp-win": "euc-jp",
    "euc_jp": "euc-jp",
    "sjis-win": "cp932",
    "shift_jis-2004": "shift_jis_2004",
    "shift_jisx0213": "shift_jisx0213",
    "euc-cn": "gb18030",
    "x-euc-cn": "gb18030",
    "gb_2312": "gb18030",
    "gb18030-2022": "gb18030",
    "euc-gb": "gb18030",
    "cn-gb": "gb18030",
    "big5-eten": "big5hkscs",
    "koi8-t": "koi8-t",
    "koi8": "koi8-r",
    "mac-roman": "mac-roman",
    "macroman": "mac-roman",
    "x-mac-roman": "mac-roman",
    "mac-cyrillic": "mac-cyrillic",
    "x-mac-japanese": "cp932",
    "x-mac-ce": "mac-latin2",
    "x-mac-centraleurroman": "mac-latin2",
    "x-mac-greek": "mac-greek",
    "x-mac-turkish": "mac-turkish",
    "x-mac-icelandic": "mac-iceland",
    "utf-7": "utf-7",
    "utf7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
    "csunicode11utf7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "utf-8mb4": "utf-8",
    "utf8mb4": "utf-8",
    "utf_8": "utf-8",
    "utf-32": "utf-32",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
    "latin-1": "windows-1252",
    "iso-latin-1": "windows-1252",
    "iso8859_1": "windows-1252",
    "8859_1": "windows-1252",
    "x-windows-1252": "windows-1252",
    "_iso-2022-jp$esc": "iso-2022-jp",
    "iso-8859-8-e": "iso-8859-8",
    "tis620": "cp874",
    "ptcp154": "ptcp154",
    "cp154": "ptcp154",
    "hp-roman8": "hp-roman8",
}
"""Names that the Encoding Standard does not have, or has for charsets that browsers refuse."""
_PAGES = {
    **{page: f"cp{page}" for page in (437, 720, 737, 775, 850, 852, 855, 857, 858)},
    **{page: f"cp{page}" for page in (860, 861, 862, 863, 864, 865, 869, 1006, 1125)},
    **{28590 + part: f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{1250 + page: f"windows-{1250 + page}" for page in range(9)},
    **{50220 + page: "iso-2022-jp" for page in range(3)},
    **{819: "windows-1252", 28591: "windows-1252", 28599: "windows-1254", 38598: "iso-8859-8"},
    **{866: "ibm866", 874: "cp874", 932: "cp932", 936: "gb18030", 943: "cp932", 949: "cp949"},
    **{950: "big5hkscs", 951: "big5hkscs", 1200: "utf-16-le", 1201: "utf-16-be", 1361: "johab"},
    **{10000: "mac-roman", 10006: "mac-greek", 10007: "mac-cyrillic", 10029: "mac-latin2"},
    **{10081: "mac-turkish", 12000: "utf-32-le", 12001: "utf-32-be", 20127: "ascii"},
    **{20866: "koi8-r", 21866: "koi8-u", 20932: "euc-jp", 51932: "euc-jp", 50225: "iso-2022-kr"},
    **{51936: "gb18030", 51949: "cp949", 52936: "hz", 54936: "gb18030"},
    **{65000: "utf-7", 65001: "utf-8"},
}
"""Code pages of Windows, DOS and the Macintosh by their numbers."""
_PAGE = pattern(r"(?:windows|win|dos|oem|ibm|ms|x-cp|csibm|cspc|pc|cp)?[-_]?0*(\d{3,5})")


@cache
def known(label: str | None) -> str | None:
    """The charset that a document means by `label`, or `None` if it is none that is known here.

    Every label of the Encoding Standard (section 4.2) means what it means there, but for ASCII,
    which is no more than that, and for charsets that browsers refuse and e-mails have. Other
    names of programs come after these.
    """
    name = (label or "").partition(",")[0].strip("\"'; \t\r\n\f").lower()
    if not name.isascii():
        return None
    if name in _ALSO:
        return _ALSO[name]
    from webencodings import lookup

    encoding = lookup(name)
    if encoding and encoding.name not in ("replacement", "x-user-defined"):
        return _PYTHON.get(str(encoding.name), str(encoding.name))
    page = _PAGE.fullmatch(name)
    return _PAGES.get(int(page[1])) if page else None
