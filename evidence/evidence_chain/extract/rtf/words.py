"""What the control words of RTF mean that are read here."""

from __future__ import annotations

SIGNS = {
    **{"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n"},
    **{"tab": "\t", "cell": "\t", "nestcell": "\t", "nestrow": "\n", "emdash": "\u2014"},
    **{"endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c"},
    **{"rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u2003", "enspace": "\u2002"},
    **{"qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e"},
    **{"rtlmark": "\u200f", "~": "\u00a0", "-": "\u00ad", "_": "\u2011"},
    **{"{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"},
}
"""What each writes."""
ENDS = ("par", "sect", "page", "row", "nestrow", "\n", "\r")
"""Those that end a paragraph."""
APART = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **{"footnote": "note", "annotation": "comment", "shptxt": "text box", "dptxbxtext": "text box"},
}
"""Destinations that stand beside the text, and what they are called."""
SIDES = ("shpleft", "shptop", "shpright", "shpbottom")
"""Where a shape stands."""
SKIPPED = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata", "datastore", "sn"),
        *("sv", "listtable", "listoverridetable", "rsidtbl", "generator", "revtbl", "fldinst"),
        *("atnid", "atnauthor", "atndate", "atnref", "nonshppict", "xmlnstbl", "latentstyles"),
        *("colorschememapping", "pgptbl", "upr", "filetbl", "ftnsep", "ftnsepc", "ftncn"),
        *("aftnsep", "aftnsepc", "aftncn", "template", "tc", "xe", "rxe", "pgdsctbl", "do"),
    }
)
READ = frozenset({"ud", "shpinst", "shptxt", "listtext", "pntext", "fldrslt", "annotation", "do"})
"""Destinations that are read although readers may skip them."""
EMBEDDED = {"objdata": "an embedded object", "pict": ""}
CHARSETS = {
    **{0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030"},
    **{136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255"},
    **{178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437"},
}
"""The charset of a font, by the number that it is given."""
SYMBOLS = 2
"""The number of fonts that show signs in the place of letters."""


def codec(page: int) -> str | None:
    """The codec of a code page, if Python has it."""
    import codecs

    name = {10000: "mac-roman", 65001: "utf-8", 936: "gb18030", 1361: "johab"}.get(
        page, f"cp{page}"
    )
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name
