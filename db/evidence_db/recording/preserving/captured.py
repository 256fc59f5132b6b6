"""A page that was got by a browser, preserved with the parts that were made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evidence_chain.capture.package import PACKAGE, PICTURE
from evidence_chain.capture.warc import VIEW
from evidence_db.recording.preserving.containers import Container, unpack

if TYPE_CHECKING:
    from contextlib import ExitStack

    from evidence_chain.capture.browser.running import Got
    from evidence_db.store.files import Files

_UNFIT = re.compile(r"[^\w.-]+")
_LONGEST = 60


def receive(files: Files, got: Got, stack: ExitStack) -> Container:
    """Receive a page's package and its parts.

    The parts are called as in the package. Its picture is one of them, though pictures in archives
    are what pages are made of.
    """
    incoming = stack.enter_context(files.receive(got.folder / PACKAGE))
    whole = unpack(files, incoming, f"{_stem(got)}.wacz", stack)
    picture = got.folder / PICTURE
    if picture.exists():
        part = stack.enter_context(files.receive(picture))
        whole.parts.insert(0, Container(part, VIEW + got.account["url"]))
    return whole


def described(got: Got, copy: str = "") -> dict[str, Any]:
    """What the record of a page says of it.

    Args:
        got: the page.
        copy: where a public archive keeps its own.
    """
    account = got.account
    more = {
        "captured_by": "evidence capture",
        "user_agent": account["userAgent"],
        "answered_from": account["address"],
        "status": str(account["status"] or ""),
        "missing": str(len(account["missing"])),
        "final_url": account["url"] if account["url"] != got.asked.partition("#")[0] else "",
        "archive_copy": copy,
    }
    return {
        "url": got.asked,
        "retrieved_at": account["at"],
        **({"title": account["title"]} if account["title"] else {}),
        "more": {name: value for name, value in more.items() if value},
    }


def _stem(got: Got) -> str:
    parts = urlsplit(got.account["url"])
    page = _UNFIT.sub("-", f"{parts.hostname or ''}{parts.path}").strip("-.")[:_LONGEST]
    return f"{page}-{re.sub('[^0-9]', '', got.account['at'])}"
