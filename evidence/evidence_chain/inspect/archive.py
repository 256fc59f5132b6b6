"""What archives give away: web archives (WARC, WACZ), mailboxes, and ZIPs file by file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from evidence_chain.extract import mbox
from evidence_chain.extract.docx.package import Package
from evidence_chain.extract.warc.codings import Unread
from evidence_chain.extract.warc.reading import records
from evidence_chain.inspect.finding import Finding
from evidence_chain.inspect.office.reading import content
from evidence_chain.inspect.patterns import in_address, is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.warc.reading import Record

_SECRET_HEADERS = ("authorization", "proxy-authorization", "x-api-key", "x-auth-token")
_INDEXES = "indexes/"
_MOST_RECORDS = 20_000
_NOWHERE = ("", "localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - told, not bound to
_INFO = {
    "hostname": "internal-address",
    "ip": "internal-address",
    "operator": "author",
    **dict.fromkeys(("http-header-user-agent", "software"), "producer"),
}
"""What kinds of findings the fields of a `warcinfo` record are."""

Looked = tuple[list[Finding], list[str], list[tuple[str, bytes]]]


def web_archive(data: bytes) -> Looked:
    """What a WARC gives away, what of it was not looked into, and the pages in it."""
    found, unchecked, parts = list[Finding](), list[str](), list[tuple[str, bytes]]()
    for number, record in enumerate(records(BytesIO(data))):
        if number >= _MOST_RECORDS:
            unchecked.append(f"records after the first {_MOST_RECORDS:,}")
            break
        if record.unread:
            unchecked.append(record.unread)
        found += _record(record, f"record {number + 1}")
        if record.kind in ("response", "resource"):
            try:
                body = record.body
                parts.append((record.url, body.data))
                unchecked += [f"{record.url}: {body.lacks}"] * bool(body.lacks)
            except Unread as error:
                unchecked.append(f"{record.url}: {error}")
    return found, unchecked, parts


def _record(record: Record, place: str) -> Iterator[Finding]:
    yield from in_address(record.url, f"{place}, address")
    if record.kind == "request":
        yield from _request(record.block or b"", place)
    elif record.kind == "response":
        if cookie := record.response.headers.get("set-cookie"):
            yield Finding("cookie", f"{place}, Set-Cookie of {record.url}", cookie)
    elif record.kind == "warcinfo":
        yield from _made(record.block or b"", place)


def _request(block: bytes, place: str) -> Iterator[Finding]:
    head = block.partition(b"\r\n\r\n")[0].decode("latin-1")
    for line in head.splitlines()[1:]:
        name, _, value = line.partition(":")
        lower, value = name.strip().lower(), value.strip()
        if lower == "cookie":
            yield Finding("cookie", f"{place}, Cookie", value)
        elif lower in _SECRET_HEADERS or is_secret(lower, value):
            yield Finding("token", f"{place}, {name.strip()}", value)
        elif lower == "user-agent":
            yield Finding("client", f"{place}, {name.strip()}", value)


def _made(block: bytes, place: str) -> Iterator[Finding]:
    """Who made the archive, on which machine."""
    for line in block.decode("utf-8", "replace").splitlines():
        name, _, value = (one.strip() for one in line.partition(":"))
        if value not in _NOWHERE and (kind := _INFO.get(name.lower())):
            yield Finding(kind, f"{place}, {name}", value)


def zipped(data: bytes) -> Looked:
    """The files in a ZIP, which are looked into one by one; it tells nothing else itself."""
    package = Package(BytesIO(data))
    return [], [], [(name, content(package, name)) for name in package.names]


def package(data: bytes) -> Looked:
    """The files in a WACZ but its indexes, which repeat what is in its archives."""
    _, _, parts = zipped(data)
    return [], [], [part for part in parts if not part[0].startswith(_INDEXES)]


def mailbox(data: bytes) -> Looked:
    """The messages of a mailbox."""
    return [], [], [(part.name, part.content) for part in mbox.parts(BytesIO(data)).parts]
