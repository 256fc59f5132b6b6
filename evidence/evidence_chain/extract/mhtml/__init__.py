"""MHTML (RFC 2557): a page as a browser saved it, read as a page of the web is.

The page comes first, then its frames. Style sheets that were saved with it count. Where it came
from and when are marked, as the file says it. Pictures, and what scripts would have done, aren't
read.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.sniffing.media_types import MHTML
from evidence_chain.extract.stream import Drawn, MarkKind

if TYPE_CHECKING:
    from email.message import Message
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/mhtml"
VERSION = "1"
MEDIA_TYPES = (MHTML,)
GUARDED = True

_SHADOW = re.compile(r"(<template\b[^<>]{0,200}?\s)shadowmode=", re.IGNORECASE)
"""How Chromium writes shadow trees into such files, and nowhere else."""
_PAGES = ("text/html", "application/xhtml+xml")


def extract(file: BinaryIO) -> Drawn:
    """Return the text of the page, then of its frames.

    Raises:
        ExtractionError: there is no page in it, or parts are nested too deeply.
    """
    from evidence_chain.extract.envelope import mend, unwrap
    from evidence_chain.extract.message import mime

    message = mime.parse(mend(unwrap(file.read()).data).data)
    leaves = list(mime.leaves(message))
    pages = [one for one in leaves if one.get_content_type() in _PAGES]
    if not pages:
        raise ExtractionError(
            "The text of this saved page could not be had: no page is in it (MHTML). Save the page "
            "again, such as with `evidence capture`."
        )
    start = str(message.get_param("start", "") or "").strip("<> ")
    pages.sort(key=lambda one: not start or _id(one) != start)
    sheets = _sheets(leaves)
    drawn = [_page(one, sheets) for one in pages]
    frames = [wrap(one, MarkKind.PART, "frame") for one in drawn[1:] if one.text]
    joined = join([drawn[0], *frames])
    for kind, detail in _told(message, pages[0]):
        joined = wrap(joined, kind, detail) if joined.text else joined
    damaged: list[Json] = [one.get_content_type() for one in pages if mime.is_damaged(one)]
    options: dict[str, Json] = {"parser": f"email {'.'.join(map(str, sys.version_info[:3]))}"}
    return joined._replace(options=options | ({"damaged": damaged} if damaged else {}))


def _page(part: Message, sheets: dict[str, bytes]) -> Drawn:
    from evidence_chain.extract import charsets, html
    from evidence_chain.extract.html.inlined import with_sheets
    from evidence_chain.extract.message import mime
    from evidence_chain.extract.message.decoding import parameter

    data, guess = mime.content(part), ""
    label = charsets.known(parameter(part, "content-type", "charset"))
    if label:
        markup = charsets.decode_replacing(data, label)[0]
    else:
        markup, options = html.decode(data)
        guess = str(options.get("guessed", ""))
    base = str(part.get("content-location", ""))
    markup = _SHADOW.sub(r"\1shadowrootmode=", markup)
    filled = with_sheets(markup, lambda address: sheets.get(address) or _at(sheets, base, address))
    text, marks = html.draw(filled)
    drawn = Drawn(text, {}, marks)
    return wrap(drawn, MarkKind.GUESSED, guess) if guess and text else drawn


def _at(sheets: dict[str, bytes], base: str, address: str) -> bytes | None:
    try:
        return sheets.get(urljoin(base, address))
    except ValueError:
        return None


def _sheets(leaves: list[Message]) -> dict[str, bytes]:
    """The style sheets, by what a page may call each."""
    from evidence_chain.extract.message import mime

    found = {}
    for one in leaves:
        if one.get_content_type() == "text/css":
            content = mime.content(one)
            found[str(one.get("content-location", ""))] = content
            found[f"cid:{_id(one)}"] = content
    return found


def _id(part: Message) -> str:
    return str(part.get("content-id", "")).strip("<> ")


def _told(message: Message, page: Message) -> list[tuple[MarkKind, str]]:
    """Where the page came from and when it was saved, as the file says it."""
    where = message.get("snapshot-content-location") or page.get("content-location") or ""
    found = [(MarkKind.RESPONSE, str(where))] if where else []
    try:
        when = parsedate_to_datetime(str(message.get("date", "")))
    except (ValueError, OverflowError):
        return found
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when  # -0000 says UTC, too
    return [(MarkKind.CAPTURED, when.isoformat().replace("+00:00", "Z")), *found]
