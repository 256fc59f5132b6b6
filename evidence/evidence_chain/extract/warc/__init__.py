"""A web archive (WARC, ISO 28500): the text of each page in it, with its address and its date.

Here lies what only WARC has. Pages in it are read by `html`; `wacz` reads packages of WARCs.

Files of other kinds, such as PDF, are files of their own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import charsets, html
from evidence_chain.extract.joining import join, wrap
from evidence_chain.extract.stream import Drawn, MarkKind, Part, Parts
from evidence_chain.extract.warc.http import Unread
from evidence_chain.extract.warc.reading import Record, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from evidence_chain.canonical import Json

NAME = "evidence-chain/warc"
VERSION = "1"
MEDIA_TYPES = ("application/warc",)
GUARDED = True

MAX_FILES, MAX_FILES_BYTES = 500, 48 << 20
"""Files of an archive that are taken out, and their bytes in all."""
MAX_PAGES_BYTES = 32 << 20
"""Bytes of all pages that are read: what a parser of HTML gets through in its time."""
NAMED = 20
"""Addresses that are named in a list of options; of more the number is told."""

_PAGES, _TEXT = ("text/html", "application/xhtml+xml"), "text/plain"
_FURNITURE = (
    "text/css text/javascript application/javascript application/x-javascript "
    "application/ecmascript application/wasm application/manifest+json font/ application/font "
    "application/x-font application/vnd.ms-fontobject"
)


def extract(file: BinaryIO) -> Drawn:
    """Return the text of each page, with the marks `RESPONSE` (its URL) and `CAPTURED` (when).

    A page is a `response` or `resource` record of HTML or plain text, whatever its status. The
    options tell what is to be known of the others; see `Survey`.

    Raises:
        ExtractionError: the archive can't be read, expands to too much, or there are pages in it
            and none can be read.
    """
    survey = Survey()
    return survey.draw(records(file))


def parts(file: BinaryIO) -> Parts:
    """Return the files in the archive that are neither pages nor what pages are made of.

    Each is named by its URL. At most `MAX_FILES` with `MAX_FILES_BYTES` are taken, in order; the
    option `files_left_out` of `extract` tells how many more there are.

    Raises:
        ExtractionError: as `extract`.
    """
    return Parts(list(Survey().files(records(file))))


class Survey:
    """Goes through records, and keeps account of what was and wasn't read.

    The options: how many `pages` and other `files` there are, `files_left_out`, `digests_checked`;
    `damaged` if the archive ends before its end; and lists of addresses: `digest_mismatch` (the
    record isn't what its own digest says), `unread` (with the reason), `other_status` than 200,
    and `revisits` (captures that only say "as before").
    """

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("pages", "files", "files_left_out", "digests_checked"), 0)
        self.damaged = False
        self._room = MAX_FILES_BYTES
        self._page_room = MAX_PAGES_BYTES
        self._lists: dict[str, list[str]] = defaultdict(list)

    @property
    def options(self) -> dict[str, Json]:
        """What was noted so far."""
        from importlib.metadata import version

        lists: dict[str, Json] = {
            name: shortened(found) for name, found in self._lists.items() if found
        }
        damaged: dict[str, Json] = {"damaged": True} if self.damaged else {}
        return {"parser": f"warcio {version('warcio')}", **self.counts, **lists, **damaged}

    def draw(self, found: Iterable[Record]) -> Drawn:
        """The pages, one after the other, and the options.

        Raises:
            ExtractionError: there are pages, and none can be read.
        """
        drawn = join(self.pages(found))
        if not drawn.text and self._lists["unread"]:
            raise ExtractionError(
                f"No page of this web archive could be read. {self._lists['unread'][0]}. Preserve "
                "the page in another form too, such as a saved copy of it."
            )
        return drawn._replace(options=self.options)

    def pages(self, found: Iterable[Record]) -> Iterator[Drawn]:
        """The text of each page."""
        for record, media_type in self._captures(found):
            if media_type in (*_PAGES, _TEXT):
                if self._has_room(record):
                    yield _drawn(record, media_type)
            elif _is_file(media_type):
                self._take(record)

    def files(self, found: Iterable[Record]) -> Iterator[Part]:
        """The other files, as far as there is room."""
        for record, media_type in self._captures(found):
            page = media_type in (*_PAGES, _TEXT)
            if not page and _is_file(media_type) and self._take(record):
                yield Part(record.url, record.content)

    def _captures(self, found: Iterable[Record]) -> Iterator[tuple[Record, str]]:
        """What was captured and can be read, and its type."""
        for record in found:
            self.damaged |= record.truncated
            if record.kind == "revisit":
                self._lists["revisits"].append(record.url)
            if record.kind not in ("response", "resource"):
                continue
            self._check(record)
            try:
                if record.content:
                    yield record, record.media_type
            except Unread as reason:
                self._lists["unread"].append(f"{record.url}: {reason}")

    def _check(self, record: Record) -> None:
        matches = record.digests_match
        self.counts["digests_checked"] += matches is not None
        if matches is False:
            self._lists["digest_mismatch"].append(record.url)

    def _has_room(self, record: Record) -> bool:
        """Whether there is room for one more page."""
        self._page_room -= len(record.content)
        if self._page_room < 0:
            self._lists["unread"].append(f"{record.url}: there are too many pages")
            return False
        self.counts["pages"] += 1
        if record.response.status != "200":
            self._lists["other_status"].append(f"{record.response.status} {record.url}")
        return True

    def _take(self, record: Record) -> bool:
        """Whether there is room for one more file."""
        taken = self.counts["files"] < MAX_FILES and len(record.content) <= self._room
        self.counts["files" if taken else "files_left_out"] += 1
        self._room -= len(record.content) * taken
        return taken


def _is_file(media_type: str) -> bool:
    return not media_type.startswith(tuple(_FURNITURE.split()))


def _drawn(record: Record, media_type: str) -> Drawn:
    """The text of a page, marked."""
    drawn = _page(record) if media_type in _PAGES else Drawn(_plain(record), {})
    drawn = wrap(drawn, MarkKind.CAPTURED, record.date) if record.date else drawn
    return wrap(drawn, MarkKind.RESPONSE, record.url)


def _plain(record: Record) -> str:
    data, mark = record.content, charsets.marked(record.content)
    if mark:
        return charsets.decode_replacing(data[mark[1] :], mark[0])[0]
    return charsets.decode_by_ladder(data, record.charset)[0]


def _page(record: Record) -> Drawn:
    """The text of HTML: by its byte-order mark, the server's word, or the page's own."""
    data = record.content
    declared = charsets.known(record.charset)
    found = None if charsets.marked(data) else charsets.decode_strictly(data, [declared])
    markup = found[0] if found else html.decode(data)[0]
    text, marks = html.draw(markup)
    return Drawn(text, {}, marks)


def shortened(found: list[str]) -> list[Json]:
    """The first `NAMED`, and how many more there are."""
    more = len(found) - NAMED
    return [*found[:NAMED], *([f"and {more} more"] if more > 0 else [])]
