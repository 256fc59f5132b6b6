"""The media type of a file by its content; its name decides only between kinds of text."""

from __future__ import annotations

import re
from pathlib import PurePath

from evidence_chain.extract import _charsets

HEAD = 8192
"""Bytes from a file's beginning that are enough to tell its type."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNKNOWN = "application/octet-stream"

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_PDF_WITHIN = 1024
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_HTML = re.compile(
    r"\ufeff?(?:\s|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS = re.compile(r"\ufeff?(?:[!-9;-~]+:[^\n]*(?:\n[ \t][^\n]*)*\n)+(?:\n|[^\n]*\Z)")
_MAIL = re.compile(
    r"^(?:received|return-path|message-id|mime-version|dkim-signature|delivered-to):", re.I | re.M
)
_SENDER = re.compile(r"^(?:from|sender):", re.I | re.M)

_BY_NAME = {
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".eml": "message/rfc822",
}


def sniff(head: bytes, name: str) -> str:
    """Return the media type of a file.

    Args:
        head: its first `HEAD` bytes, or all of them.
        name: its name, of which only the extension is looked at, and only for text.
    """
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_archive(head)
    text = _as_text(head)
    if text is not None:
        return _sniff_text(text, name)
    return "application/pdf" if b"%PDF-" in head[:_PDF_WITHIN] else UNKNOWN


def _sniff_archive(head: bytes) -> str:
    """A DOCX by the names of the first files in it."""
    office = b"[Content_Types].xml" in head or b"_rels/.rels" in head
    return DOCX if office and b"word/" in head else "application/zip"


def _as_text(head: bytes) -> str | None:
    """The head as text, whatever its charset, or `None` if it is binary."""
    mark = _charsets.marked(head)
    if mark:
        return head[mark[1] :].decode(mark[0], errors="replace")
    text = head.decode("latin-1") if not head.isascii() else head.decode()
    return None if _CONTROLS.search(text) else text


def _sniff_text(text: str, name: str) -> str:
    """The kind of text: by what it clearly is, else by its name, else plain."""
    text = text.replace("\r\n", "\n")
    if _HTML.match(text):
        return "text/html"
    headers = _HEADERS.match(text)
    if headers and _MAIL.search(headers[0]) and _SENDER.search(headers[0]):
        return "message/rfc822"
    return _BY_NAME.get(PurePath(name).suffix.lower(), "text/plain")
