"""What stands around an e-mail in its file, and is no part of it.

Programs put byte-order marks, empty lines, separators of mailboxes, counts and property lists
there. The header begins after these, and what is in it says how the rest is read. Both what draws
the text of an e-mail and what checks its signature begin here.
"""

from __future__ import annotations

from typing import NamedTuple

from evidence_chain.extract import charsets
from evidence_chain.pattern import pattern

SEPARATOR = "a separator of mailboxes"
"""What is said of the line that a mailbox has before each message."""
ANOTHER = pattern(rb"[\r\n]From [^\r\n]*\d{4}[^\r\n]*(?:\r\n|\r|\n)[!-9;-~]+:")
"""A further separator, so that a file which is called an e-mail may be a mailbox of several."""
SEVERAL = "programs differ over whether this file is one e-mail or a mailbox of several"
MOST_JUNK = 40
"""Lines before a header that are looked over."""

_EMPTY = "empty lines"
_AROUND = (
    ("control codes", pattern(rb"[\0\x1a]+")),
    ("byte-order mark", pattern(rb"\xef\xbb\xbf")),
    (_EMPTY, pattern(rb"(?:[ \t\f]*(?:\r?\n|\r))+")),
    (SEPARATOR, pattern(rb">?From [^\r\n]*(?:\r\n|\r|\n)")),
)
_KEPT_SEPARATOR = pattern(rb">From [^\r\n]*\d{4}[^\r\n]*(?:\r\n|\r|\n)")
"""One that a program kept in a header."""
_COUNT = pattern(rb"[ \t]*(\d{1,12})[ \t]*\r?\n")
_PLIST = pattern(rb"\s*(?:<\?xml|<!DOCTYPE plist|<plist)")
_LINE = pattern(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FIELD = pattern(rb"[!-9;-~]+[ \t]*:")
_SPACED = pattern(rb"^([!-9;-~]+)[ \t]+(?=:)")
_KNOWN = pattern(
    rb"(?i:from|to|cc|bcc|subject|date|message-id|mime-version|content-[a-z-]+|received|sender"
    rb"|return-path|reply-to|in-reply-to|references|delivered-to|dkim-signature|list-[a-z-]+"
    rb"|arc-[a-z-]+|authentication-results|x-[!-9;-~]+|user-agent|status)[ \t]*:"
)
_ENOUGH = pattern(rb"(?im:^(?:from|date|message-id|received|mime-version|subject)[ \t]*:)")


class Unwrapped(NamedTuple):
    """An e-mail, and what was taken away around it."""

    data: bytes
    said: list[str]
    """Such as `byte-order mark`, in the order of the file."""
    charset: str | None = None
    """In which charset the whole file was saved, header and text alike, if not byte by byte."""


class Mended(NamedTuple):
    """An e-mail whose header can be read, and the lines that stood in its way."""

    data: bytes
    junk: list[bytes]


def unwrap(stored: bytes) -> Unwrapped:
    """Return the e-mail in a file that holds one.

    Args:
        stored: the whole file.
    """
    said: list[str] = []
    charset = None
    if mark := charsets.marked(stored):
        said.append("byte-order mark" if mark[0] == "utf-8" else f"the file is {mark[0]}")
        text = stored[mark[1] :]
        if mark[0] != "utf-8":
            text, charset = charsets.decode_replacing(text, mark[0])[0].encode(), "utf-8"
        stored = text
    if 0 < stored.count(b"\n") == stored.count(b"\r\r\n"):
        stored = stored.replace(b"\r\r\n", b"\r\n")
        said.append("line ends with one carriage return too many")
    if counted := _counted(stored):
        stored = counted
        said.append("an e-mail of Apple Mail (.emlx)")
    for kind, found in _AROUND * 2:
        before = found.match(stored)
        if before and (kind != _EMPTY or _is_begun(stored, before.end())):
            stored = stored[before.end() :]
            said.append(kind)
    return Unwrapped(stored, said, charset)


def mend(data: bytes) -> Mended:
    """Take lines out of a header, and from before it, that are no fields and that fields follow.

    White space before a colon, as programs once wrote it (RFC 5322, section 4.5), is taken out.

    Args:
        data: an e-mail, without what stands around it.
    """
    first = _first_field(data)
    kept: list[bytes] = []
    junk = data[:first].splitlines()
    spaced = False
    at, open_field = first, False
    while at < len(data):
        line = _LINE.match(data, at)[0]  # type: ignore[index]
        if not line.strip():
            break
        if _FIELD.match(line) or (open_field and line[:1] in b" \t"):
            bare = _SPACED.sub(rb"\1", line)
            spaced |= bare != line
            kept.append(bare)
            open_field = True
        elif _KNOWN.match(data, at + len(line)) or (open_field and _KEPT_SEPARATOR.match(line)):
            junk.append(line.rstrip(b"\r\n"))
            open_field = False
        else:
            break
        at += len(line)
    return Mended(b"".join(kept) + data[at:] if junk or spaced else data, junk)


def _is_begun(stored: bytes, at: int) -> bool:
    """Whether an e-mail begins there, so that what stands before is none of it."""
    others = (found.match(stored, at) for kind, found in _AROUND if kind != _EMPTY)
    return bool(_KNOWN.match(stored, at)) or any(others)


def _first_field(data: bytes) -> int:
    """Where the header begins, if lines stand before it that are none of it."""
    at = 0
    for _ in range(MOST_JUNK):
        line = _LINE.match(data, at)[0]  # type: ignore[index]
        if _KNOWN.match(line) and (at == 0 or _is_header(data, at)):
            return at
        if at == 0 and _FIELD.match(line):
            return 0
        at += len(line)
        if at >= len(data):
            break
    return 0


def _is_header(data: bytes, at: int) -> bool:
    """Whether fields follow one another there, of which some are those of every e-mail."""
    end = at
    while _FIELD.match(data, end) or (end > at and data[end : end + 1] in (b" ", b"\t")):
        end += len(_LINE.match(data, end)[0])  # type: ignore[index]
    names = {found[0].lower() for found in _ENOUGH.finditer(data, at, end)}
    return len(names) > 2 and b"from:" in {name.replace(b" ", b"") for name in names}


def _counted(stored: bytes) -> bytes | None:
    """The e-mail after a count of its bytes, which a property list or nothing follows."""
    count = _COUNT.match(stored)
    if not count:
        return None
    end = count.end() + int(count[1])
    if end > len(stored) or not (_PLIST.match(stored, end) or not stored[end:].strip()):
        return None
    return stored[count.end() : end]
