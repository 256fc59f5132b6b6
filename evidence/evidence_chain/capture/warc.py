"""A visit as the records of a WARC 1.1 (ISO 28500), and where each lies in it."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain import __version__
from evidence_chain.capture.hiding import hidden_names, without_secrets

if TYPE_CHECKING:
    from datetime import datetime

    from evidence_chain.capture.recorded import Exchange, Visit

SOFTWARE = f"evidence-chain {__version__}"
KEPT = "X-Archive-Orig-"
"""Stands before the names of headers that are true of the bytes as sent, not of those written."""
VIEW = "urn:view:"
"""Stands before a page's address in that of its picture."""
_OF_THE_BYTES = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_CONTENT = "WARC-Payload-Digest"


class Placed(NamedTuple):
    """A record that can be looked up, and where it lies in the archive."""

    url: str
    at: datetime
    media_type: str
    status: int
    digest: str
    offset: int
    length: int


def write(visit: Visit) -> tuple[bytes, list[Placed]]:
    """The archive, each record compressed for itself, and what its index is made of."""
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    archive = _Archive(out, WARCWriter(out, gzip=True, warc_version="WARC/1.1"), [])
    archive.info(visit)
    written = {id(one): archive.exchange(one) for one in visit.exchanges}
    page = written.get(id(visit.page), "")
    archive.about(visit, page)
    for scheme, media_type, content in (
        (VIEW, "image/png", visit.picture),
        ("urn:pdf:", "application/pdf", visit.pdf),
    ):
        if content:
            archive.made(visit, scheme + visit.url, media_type, content)
    for one in visit.certificates:
        uri = f"urn:certificates:{one.origin}"
        archive.made(visit, uri, "application/pem-certificate-chain", one.pem)
    if visit.document:
        archive.converted(visit, page)
    return out.getvalue(), archive.placed


def account(visit: Visit) -> dict[str, Any]:
    """What is to be known of a visit, as it is written into the archive."""
    page = visit.page
    return {
        "asked": visit.asked,
        "url": visit.url,
        "title": visit.title,
        "status": page.status if page else None,
        "address": page.address if page else "",
        "userAgent": visit.user_agent,
        "redirects": [{"status": status, "url": url} for status, url in visit.redirects],
        "loaded": len(visit.exchanges),
        "missing": [{"url": one.url, "why": one.why} for one in visit.missing],
        "told": visit.told,
        "headersLeftOut": hidden_names(visit.exchanges),
        "madeHere": "picture, PDF and a conversion were made by the browser here; no server "
        "sent them",
    }


class _Archive(NamedTuple):
    out: BytesIO
    writer: Any
    placed: list[Placed]

    def info(self, visit: Visit) -> None:
        told = {
            "software": SOFTWARE,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/"
            "warc-1.1/",
            "http-header-user-agent": _line(visit.user_agent),
            "description": "Contents are without their encodings; headers of the bytes as sent "
            f"begin with {KEPT}. Cookies, credentials and bodies of requests are left out.",
        }
        record = self.writer.create_warcinfo_record("data.warc.gz", told)
        record.rec_headers.replace_header("WARC-Date", _date(visit.at))
        self.writer.write_record(record)

    def exchange(self, one: Exchange) -> str:
        """Write an answer and what was asked; the id of the answer's record."""
        from warcio.statusandheaders import StatusAndHeaders

        body = one.body or b""
        status = f"{one.status} {_phrase(one)}"
        headers = [_kept(name, value) for name, value in without_secrets(one.answered)]
        headers.append(("Content-Length", str(len(body))))
        common = {"WARC-Date": _date(one.at)}
        if one.address:
            common["WARC-IP-Address"] = one.address
        response = self.writer.create_warc_record(
            one.url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict=common | {_CONTENT: _digest(body)},
        )
        asked = [(name, _line(value)) for name, value in without_secrets(one.asked)]
        request = self.writer.create_warc_record(
            one.url,
            "request",
            http_headers=StatusAndHeaders(
                f"{one.method} {_target(one.url)} HTTP/1.1", asked, is_http_request=True
            ),
            warc_headers_dict=common | {"WARC-Concurrent-To": _id(response)},
        )
        self._place(response, one, body)
        self.writer.write_record(request)
        return _id(response)

    def about(self, visit: Visit, page: str) -> None:
        """Write what is to be known of the visit."""
        content = json.dumps(account(visit), ensure_ascii=False, indent=1).encode()
        headers = {"WARC-Date": _date(visit.at), _CONTENT: _digest(content)}
        if page:
            headers["WARC-Concurrent-To"] = page
        self._write(visit.url, "metadata", "application/json", content, headers)

    def made(self, visit: Visit, uri: str, media_type: str, content: bytes) -> None:
        """Write what the browser made of the page, or was told by it."""
        headers = {"WARC-Date": _date(visit.at), _CONTENT: _digest(content)}
        offset = self.out.tell()
        self._write(uri, "resource", media_type, content, headers)
        length = self.out.tell() - offset
        if visit.at:
            self.placed.append(
                Placed(uri, visit.at, media_type, 200, _digest(content), offset, length)
            )

    def converted(self, visit: Visit, page: str) -> None:
        """Write the page as scripts left it; no index leads there instead of to what was sent."""
        content = visit.document.encode("utf-8", "replace")
        headers = {"WARC-Date": _date(visit.at), _CONTENT: _digest(content)}
        if page:
            headers["WARC-Refers-To"] = page
        self._write(visit.url, "conversion", "text/html; charset=utf-8", content, headers)

    def _write(
        self, uri: str, kind: str, media_type: str, content: bytes, headers: dict[str, str]
    ) -> None:
        record = self.writer.create_warc_record(
            uri,
            kind,
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=media_type,
            warc_headers_dict=headers,
        )
        self.writer.write_record(record)

    def _place(self, record: Any, one: Exchange, body: bytes) -> None:  # noqa: ANN401
        offset = self.out.tell()
        self.writer.write_record(record)
        if one.method == "GET":
            declared = [value for name, value in one.answered if name.lower() == "content-type"]
            media_type = (declared or [""])[0].partition(";")[0].strip().lower()
            length = self.out.tell() - offset
            self.placed.append(
                Placed(one.url, one.at, media_type, one.status, _digest(body), offset, length)
            )


def _kept(name: str, value: str) -> tuple[str, str]:
    return (KEPT + name if name.lower() in _OF_THE_BYTES else name), _line(value)


def _line(text: str) -> str:
    return " ".join(text.splitlines())


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _date(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else ""


def _id(record: Any) -> str:  # noqa: ANN401
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _phrase(one: Exchange) -> str:
    """The words beside a status, which newer versions of HTTP don't send any more."""
    if one.reason:
        return _line(one.reason.encode("ascii", "replace").decode())
    try:
        return HTTPStatus(one.status).phrase
    except ValueError:
        return "Unknown"


def _target(url: str) -> str:
    rest = url.partition("#")[0].partition("://")[2]
    return "/" + rest.partition("/")[2] if "/" in rest else "/"
