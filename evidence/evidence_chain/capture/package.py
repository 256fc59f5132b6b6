"""A visit as a package (WACZ 1.1.1): the archive, its index, the list of pages, digests of all."""

from __future__ import annotations

import hashlib
import json
import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zipfile import ZipFile, ZipInfo

from evidence_chain.capture import warc

if TYPE_CHECKING:
    from datetime import datetime

    from evidence_chain.capture.recorded import Visit
    from evidence_chain.capture.warc import Placed

PACKAGE, PICTURE = "page.wacz", "picture.png"
"""What a package is called where it waits to be preserved, and the picture beside it."""
_ARCHIVE = "archive/data.warc.gz"
_WWW = re.compile(r"www\d*\.")


def package(visit: Visit) -> bytes:
    """The bytes of the package.

    Args:
        visit: what was got, with the time of it.

    Raises:
        ValueError: the visit has no time or no address.
    """
    if visit.at is None or not visit.url:
        raise ValueError("A visit that got nothing can't be packaged.")
    archive, placed = warc.write(visit)
    files = {
        _ARCHIVE: archive,
        "indexes/index.cdx": _index(placed),
        "pages/pages.jsonl": _pages(visit, visit.at),
    }
    described = _json(_description(visit, visit.at, files))
    files["datapackage.json"] = described
    files["datapackage-digest.json"] = _json(
        {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
    )
    return _zipped(files, visit.at)


def _index(placed: list[Placed]) -> bytes:
    """A CDXJ line for each record that can be looked up, sorted by bytes."""
    lines = [
        f"{key(one.url)} {one.at:%Y%m%d%H%M%S} "
        + json.dumps(
            {
                "url": one.url,
                "mime": one.media_type,
                "status": str(one.status),
                "digest": one.digest,
                "length": str(one.length),
                "offset": str(one.offset),
                "filename": _ARCHIVE.rpartition("/")[2],
            }
        )
        for one in placed
    ]
    return b"".join(sorted(f"{line}\n".encode() for line in lines))


def key(url: str) -> str:
    """An address as indexes sort it (SURT): its host from the end, and no differences of case."""
    if url.startswith("urn:"):
        return "".join(url.split())
    try:
        parts = urlsplit(url)
        host, port = _WWW.sub("", parts.hostname or "", count=1), parts.port
    except ValueError:
        return "".join(url.split())
    named = f":{port}" if port and port != {"http": 80, "https": 443}.get(parts.scheme) else ""
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    reverse = host if host.replace(".", "").isdigit() else ",".join(reversed(host.split(".")))
    return "".join(f"{reverse}{named}){parts.path or '/'}{query}".lower().split())


def _pages(visit: Visit, at: datetime) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    page = {"id": "page", "url": visit.url, "title": visit.title or visit.url, "ts": _time(at)}
    lines = (json.dumps(one, ensure_ascii=False) for one in (head, page))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _description(visit: Visit, at: datetime, files: dict[str, bytes]) -> dict[str, object]:
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": visit.title or visit.url,
        "description": "A page as one browser got it at one time.",
        "software": warc.SOFTWARE,
        "created": _time(at),
        "mainPageUrl": visit.url,
        "mainPageDate": _time(at),
        "resources": [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "bytes": len(content),
            }
            for name, content in files.items()
        ],
    }


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    """A ZIP of files that are not compressed again, so that a player can reach into it."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, at.timetuple()[:6]), content)
    return out.getvalue()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
