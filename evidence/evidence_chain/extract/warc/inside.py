"""What a capture is to a reader: a page, a document of its own, or what pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_chain.extract.warc.reading import Record

PAGES, TEXT = ("text/html", "application/xhtml+xml"), "text/plain"
_FURNITURE = (
    *("text/css", "text/javascript", "application/javascript", "application/x-javascript"),
    *("application/ecmascript", "application/wasm", "application/manifest+json"),
    *("application/json", "text/json", "application/ld+json", "image/", "font/"),
    *("application/font", "application/x-font", "application/vnd.ms-fontobject"),
)
"""Types of what pages are made of: styles, scripts and their data, pictures, fonts."""
_FONTS = (b"wOFF", b"wOF2", b"OTTO", b"ttcf", b"\0\1\0\0")
_NAMES = (
    *(".css", ".js", ".mjs", ".json", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".svg", ".ico", ".wasm"),
)
"""Ends of addresses of what pages are made of, where the type says too little."""


def is_page(record: Record, media_type: str) -> bool:
    """Whether the text of a capture is read as that of a page."""
    return media_type in PAGES or (media_type == TEXT and not is_furniture(record, media_type))


def is_furniture(record: Record, media_type: str) -> bool:
    """Whether a capture that is no page is what pages are made of."""
    return (
        media_type.startswith(_FURNITURE)
        or record.content.startswith(_FONTS)
        or _named_as_furniture(record)
    )


def may_be_page(revisit: Record) -> bool:
    """Whether what a revisit refers to may be a page, as far as the revisit says."""
    declared = revisit.response.declared if revisit.block else ""
    if declared in (*PAGES, TEXT):
        return True
    vague = not declared or declared.startswith("application/http")
    return vague and not _named_as_furniture(revisit)


def converted(record: Record) -> str:
    """What made a capture of another one, which a server never sent so; empty for what was sent."""
    if record.kind == "conversion":
        return "a conversion"
    if record.url.startswith("urn:text:"):
        return "text taken from a page"
    local = record.kind == "response" and record.url.lower().startswith("file:")
    return "a file of the archiver's own" if local else ""


def _named_as_furniture(record: Record) -> bool:
    path = record.url.partition("?")[0].partition("#")[0].lower()
    return path.endswith(_NAMES)
