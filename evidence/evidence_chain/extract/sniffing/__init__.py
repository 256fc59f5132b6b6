"""The media type of a file by its content; its name decides only between kinds of text.

And what is to be said of a file whose name promises another type, or that is of two types at once.
"""

from __future__ import annotations

import re
import zlib
from pathlib import PurePath

from evidence_chain.extract import charsets
from evidence_chain.extract.envelope import ANOTHER
from evidence_chain.extract.sniffing import zipped
from evidence_chain.extract.sniffing.media_types import (
    ARC,
    BY_NAME,
    DOCX,
    GZIP,
    HTML,
    MAIL,
    MARKDOWN,
    MBOX,
    MHTML,
    OLE,
    PACKED,
    PDF,
    PLAIN,
    PROMISED,
    RTF,
    SRT,
    UNKNOWN,
    VTT,
    WACZ,
    WARC,
    ZIP,
    ZSTD,
)
from evidence_chain.extract.sniffing.ole import BEGINS, ole_type
from evidence_chain.extract.sniffing.packed import packed_type
from evidence_chain.pattern import pattern

__all__ = [
    "ARC",
    "DOCX",
    "GZIP",
    "HEAD",
    "HTML",
    "MAIL",
    "MARKDOWN",
    "MBOX",
    "MHTML",
    "OLE",
    "PACKED",
    "PDF",
    "PLAIN",
    "RTF",
    "SRT",
    "TAIL",
    "UNKNOWN",
    "VTT",
    "WACZ",
    "WARC",
    "ZIP",
    "sniff",
    "warnings",
]

HEAD = 8192
"""Bytes from a file's beginning that are enough to tell its type."""
TAIL = 22 + 0xFFFF
"""Bytes from a file's end in which a ZIP must have its directory's end."""

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"{\\rtf", RTF),
    (BEGINS, OLE),
    (b"WARC/0.", WARC),
    (b"WARC/1.", WARC),
    (b"filedesc:", ARC),
)
_RECORD = pattern(rb"^(?:\xef\xbb\xbf)?WARC/[01]\.", re.MULTILINE)
_WEBP = pattern(rb"RIFF....WEBP", re.DOTALL)
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY = b"\x37\xa4\x30\xec"
_DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
"""How the frame begins in which a `.warc.zst` keeps its dictionary."""
_UTF8_MARK = b"\xef\xbb\xbf"
_PDF_WITHIN = 1024
_PDF_END = b"%%EOF"
_CONTROLS = pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_HTML = pattern(
    r"\ufeff?(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = pattern(rb"<(?:!doctype\s+html|html|script|body|iframe)\b", re.IGNORECASE)
_HEADERS = pattern(
    r"(?:[!-9;-~]+:[^\n]*(?:\n[ \t][^\n]*)*\n|(?<=\n)>From [^\n]*\n)+(?:\n|[^\n]*\Z)"
)
_MAIL = pattern(
    r"^(?:received|return-path|message-id|mime-version|dkim-signature|delivered-to):", re.I | re.M
)
_SENDER = pattern(r"^(?:from|sender):", re.I | re.M)
_BEFORE = pattern(
    r"(?:(?:[ \t\f\ufeff]|\xef\xbb\xbf)*\n)*(?:\ufeff|\xef\xbb\xbf)?(?:\d{1,12}[ \t]*\n)?"
)
"""What may stand before an e-mail or a mailbox: empty lines, or a count of bytes (.emlx)."""
_MAILBOX = pattern(
    r"(?:From [^\n]*(?:\d{4}|\d[-/.]\d\d?[-/.]\d\d)[^\n]*"
    r"|From[ \t]*(?:-|[^\s@]{1,200}@\S{1,200})?[ \t]*)\n(?:>From [^\n]*\n)*"
)
_RELATED = pattern(r"^content-type:[ \t]*(?:\n[ \t]+)?multipart/related\b", re.I | re.M)
_SAVED = pattern(
    r"^(?:snapshot-content-location:|from:[ \t]*<?saved by|x-mimeole:[^\n]*mhtml)", re.I | re.M
)
_VTT = pattern(r"\ufeff?WEBVTT(?:[ \t\n]|\Z)")
_SRT = pattern(
    r"\ufeff?\s*(?:\d{1,9}[ \t]*\n)\d{1,9}:\d{1,2}:\d{1,2}[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,9}:\d"
)
_PADDING = b"\0\x1a"
"""What may stand before an e-mail that was cut out of a block of a disk or tape."""
_CAPTURE = pattern(r"archive/.+\.warc(?:\.gz|\.zst)?|.+\.wacz", re.IGNORECASE | re.DOTALL)
_PAGE_NAMES, _BOXES = (".mht", ".mhtml"), (".mbox", ".mbx")
_HOLDS_OTHERS = (WARC, MBOX, GZIP, ZSTD)
"""Types in which the bytes of any other type may lie plainly."""


def sniff(head: bytes, name: str, tail: bytes = b"") -> str:
    """Return the media type of a file.

    Args:
        head: its first `HEAD` bytes, or all of them.
        name: its name, of which only the extension is looked at, and only for text.
        tail: its last `TAIL` bytes, or all of them. Without them what is packed in a
            ZIP is known only where its head tells.
    """
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return ole_type(head, tail, name) if media_type == OLE else media_type
    if head.startswith((zipped.FILE, zipped.DIRECTORY_END)):
        return _sniff_archive(head, tail, name)
    if _is_zstd(head):
        return WARC if _holds_records(head, name) else ZSTD
    if head.startswith(_GZIP):
        named = name.lower().endswith(".warc.gz")  # its first record may be damaged
        return WARC if named or _RECORD.match(_inflated(head)) else GZIP
    if name.lower().endswith(".warc") and _RECORD.search(head):
        return WARC
    if _WEBP.match(head):
        return "image/webp"
    if head.removeprefix(_UTF8_MARK).lstrip().startswith(b"%PDF-"):
        return PDF
    called_mail = name.lower().endswith((".eml", ".emlx"))
    text = _as_text(head.lstrip(_PADDING) if called_mail else head)
    found = _sniff_binary(head, name) if text is None else _sniff_text(text, name)
    alone = found == MBOX and called_mail and not any(map(ANOTHER.search, (head, tail)))
    return MAIL if alone else found


def warnings(head: bytes, tail: bytes, name: str) -> list[str]:
    """Return what a person should know before trusting what a file seems to be.

    Args:
        head: its first `HEAD` bytes, or all of them.
        tail: its last `TAIL` bytes, or all of them.
        name: its name.

    Each begins with `name-differs:`, where the extension belongs to another type than the content,
    or with `polyglot:`, where the bytes can be read as a second type too.
    """
    media_type = sniff(head, name, tail)
    extension = PurePath(name).suffix.lower()
    differs = media_type not in PROMISED.get(extension, {media_type})
    found = [f"name-differs: {extension} is {media_type}"] if differs else []
    others = sorted(_also(media_type, head, tail) - {media_type})
    return found + [f"polyglot: {media_type} and {other}" for other in others]


def _also(media_type: str, head: bytes, tail: bytes) -> set[str]:
    """The further types that the bytes can be read as."""
    if media_type in _HOLDS_OTHERS:
        return set()
    found = set()
    if not head.startswith((zipped.FILE, zipped.DIRECTORY_END)) and zipped.DIRECTORY_END in tail:
        found.add(ZIP)
    if media_type == PDF:
        found |= _before_pdf(head)
    elif _is_pdf_too(head, tail):
        found.add(PDF)
    if media_type.startswith("image/") and (_MARKUP.search(head) or _MARKUP.search(tail)):
        found.add(HTML)
    return found


def _before_pdf(head: bytes) -> set[str]:
    """What a PDF can be read as for what stands before its header, or just after it."""
    before = head[: head.find(b"%PDF-")].removeprefix(_UTF8_MARK).strip()
    found = {sniff(before, "")} if before else set()
    return found | ({HTML} if _MARKUP.search(head[:_PDF_WITHIN]) else set())


def _is_pdf_too(head: bytes, tail: bytes) -> bool:
    """Whether a reader of PDF would find one here, other than as a file in a ZIP."""
    begins = b"%PDF-" in head[:_PDF_WITHIN] and _PDF_END in tail
    return begins and not any(entry.lower().endswith(".pdf") for entry in zipped.names(head, b""))


def _sniff_archive(head: bytes, tail: bytes, name: str) -> str:
    """What is packed in a ZIP, by the names of the files in it or what a list says of them."""
    names = zipped.names(head, tail)
    if document := packed_type(head, tail, names):
        return document
    described = "datapackage.json" in names
    if any(_CAPTURE.fullmatch(one) for one in names) or "pages/pages.jsonl" in names:
        return WACZ
    if described and any(one.startswith("indexes/") for one in names):
        return WACZ
    more = zipped.DIRECTORY_END not in head + tail
    return WACZ if more and name.lower().endswith(".wacz") else ZIP


def _is_zstd(head: bytes) -> bool:
    return head.startswith((_ZSTD, _DICTIONARY_FRAME))


def _holds_records(head: bytes, name: str) -> bool:
    """Whether Zstandard packs a web archive: by the dictionary that those begin with, or its name.

    Nothing is unpacked here, outside the process of a parser.
    """
    dictionary = head[8:].startswith((_ZSTD_DICTIONARY, _ZSTD))
    return (head.startswith(_DICTIONARY_FRAME) and dictionary) or name.lower().endswith(".warc.zst")


def _inflated(head: bytes) -> bytes:
    """The first bytes of what is compressed, few whatever it expands to."""
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


def _as_text(head: bytes) -> str | None:
    """The head as text, whatever its charset, or `None` if it is binary."""
    mark = charsets.marked(head)
    if mark:
        return head[mark[1] :].decode(mark[0], errors="replace")
    text = head.decode("latin-1") if not head.isascii() else head.decode()
    return None if _CONTROLS.search(text) else text


def _sniff_binary(head: bytes, name: str) -> str:
    """What has bytes that no text has: a PDF after them, or mail with control codes in it."""
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return PDF
    rest = head.lstrip(_PADDING)
    return UNKNOWN if b"\0" in rest else _sniff_mail(rest.decode("latin-1"), name) or UNKNOWN


def _sniff_text(text: str, name: str) -> str:
    """The kind of text: by what it clearly is, else by its name, else plain."""
    text = text.replace("\r\n", "\n")
    if _HTML.match(text):
        return HTML
    for begins, media_type in ((_VTT, VTT), (_SRT, SRT)):
        if begins.match(text):
            return media_type
    return _sniff_mail(text, name) or BY_NAME.get(PurePath(name).suffix.lower(), PLAIN)


def _sniff_mail(text: str, name: str) -> str | None:
    """Whether it is an e-mail or a mailbox: its header tells, in one with a date its name too."""
    is_whole = len(text) < HEAD // 2  # of two bytes each at most
    text = text.replace("\r\n", "\n")
    text = text if "\n" in text else text.replace("\r", "\n")
    begin = _BEFORE.match(text).end()  # type: ignore[union-attr]
    envelope = _MAILBOX.match(text, begin)
    headers = _HEADERS.match(text, envelope.end() if envelope else begin)
    sent = headers and (_SENDER.search(headers[0]) or (headers.end() == len(text) and not is_whole))
    if headers and not envelope and _is_saved_page(headers[0], name):
        return MHTML
    if headers and sent and (envelope or _MAIL.search(headers[0])):
        return MBOX if envelope else MAIL
    return MBOX if envelope and PurePath(name).suffix.lower() in _BOXES else None


def _is_saved_page(headers: str, name: str) -> bool:
    """Whether a browser saved a page so (RFC 2557): it says so, or its name and structure do."""
    if not _RELATED.search(headers):
        return False
    return bool(_SAVED.search(headers)) or PurePath(name).suffix.lower() in _PAGE_NAMES
