"""What a web server sent, taken apart: its headers, and the content without its encodings.

Stricter than a browser: half a page looks like a whole one, so what is missing is said.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple

from evidence_chain.extract.warc.chunks import Body, are_chunks, dechunk
from evidence_chain.extract.warc.codings import MAX_CONTENT, Unread, is_text, undo, unpacked

_PACKED_TWICE = 3
"""Times that gzip or Zstandard which nobody named is undone."""
_CHUNKED_TWICE = 3
"""Times that chunks within a coding are put together."""
_RANGE = re.compile(r"bytes\s+0-(\d{1,15})/(\d{1,15})", re.IGNORECASE)
_TYPE = re.compile(r"\s*([^\s;,]+)")
_PARTIAL_CONTENT = "206"
_WITHOUT_CONTENT = re.compile(r"1..|204|3..")
"""Statuses that come without content, whatever length is announced of it; browsers drop it, too."""


class Response(NamedTuple):
    """The answer of a web server as it was captured."""

    status: str
    headers: dict[str, str]
    """The values of each, by its name in lower case."""
    payload: bytes
    """What follows the headers, as it was sent."""

    def listed(self, name: str) -> list[str]:
        """What a header lists between commas, in small letters."""
        return [one for each in self.headers.get(name, "").split(",") if (one := _token(each))]

    @property
    def declared(self) -> str:
        """The media type that the server declared, without parameters."""
        found = _TYPE.match(self.headers.get("content-type", ""))
        return found[1].lower() if found else ""


def parse(block: bytes) -> Response:
    """Take the block of a response record apart."""
    from warcio.statusandheaders import StatusAndHeadersParser

    stream = BytesIO(block)
    found = StatusAndHeadersParser([], verify=False).parse(stream)
    headers: dict[str, str] = {}
    for name, value in found.headers:
        name = name.lower()
        more = name in ("content-encoding", "transfer-encoding") and name in headers
        headers[name] = f"{headers[name]},{value}" if more else headers.get(name, value.strip())
    return Response(found.get_statuscode(), headers, stream.read())


def content(response: Response) -> Body:
    """The content, after undoing the transfer codings and the content codings.

    Raises:
        Unread: a coding isn't known here or is damaged, or the content is too long.
    """
    sent = whole(response)
    data, codings = sent.data, response.listed("content-encoding")
    for name in (*reversed(_transfer_codings(response)), *reversed(codings)):
        data = undo(name, data)
    data = _unlabelled(response, data)
    for _ in range(_CHUNKED_TWICE):
        if not are_chunks(data):
            break
        again = dechunk(data) or Body(data)
        data, sent = again.data, sent._replace(lacks=sent.lacks or again.lacks)
    if len(data) > MAX_CONTENT:
        raise Unread(f"it has more than {MAX_CONTENT >> 20} MB")
    undone = bool(codings) and data == sent.data  # so that its length is of something else
    return Body(data, sent.lacks or ("" if undone else _too_short(response)) or _range(response))


def whole(response: Response) -> Body:
    """The payload with its chunks put together."""
    chunked = "chunked" in response.listed("transfer-encoding")
    found = None
    if chunked or are_chunks(response.payload):
        found = dechunk(response.payload)
    return found or Body(response.payload)


def _token(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _transfer_codings(response: Response) -> list[str]:
    return [name for name in response.listed("transfer-encoding") if name != "chunked"]


def _unlabelled(response: Response, data: bytes) -> bytes:
    """A page without the packing that no header names."""
    if response.declared.startswith("text/") or "html" in response.declared:
        for _ in range(_PACKED_TWICE):
            data = unpacked(data)
        if data and not is_text(data) and "utf-16" not in response.headers["content-type"].lower():
            raise Unread(f"it is called {response.declared} and is no text: packed, or encrypted")
    return data


def _too_short(response: Response) -> str:
    """Whether the server announced more than is there (RFC 9112, section 8)."""
    announced = {one for one in response.listed("content-length") if one.isdecimal()}
    if response.listed("transfer-encoding") or len(announced) != 1:
        return ""
    if not response.payload and _WITHOUT_CONTENT.fullmatch(response.status):
        return ""
    (length,) = announced
    there = len(response.payload)
    longer = len(length) > 15 or int(length) > there
    return f"of {length[:20]} bytes that the server announced {there:,} are there" * longer


def _range(response: Response) -> str:
    """Whether the server sent but a part (RFC 9110, section 15.3.7)."""
    told = response.headers.get("content-range", "")
    if response.status != _PARTIAL_CONTENT and not told:
        return ""
    found = _RANGE.fullmatch(told)
    size = len(response.payload)
    if found and int(found[1]) + 1 == int(found[2]) == size:
        return ""
    return f"the server sent a part of it ({told[:60] or 'which part is not said'})"
