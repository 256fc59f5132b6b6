"""What an archive holds, record by record, and an account of what was and wasn't read."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.joining import join
from evidence_chain.extract.stream import Drawn, Mark, MarkKind, Part, Parts
from evidence_chain.extract.warc import inside
from evidence_chain.extract.warc.codings import Unread
from evidence_chain.extract.warc.page import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.canonical import Json
    from evidence_chain.extract.warc.reading import Record

MAX_FILES, MAX_FILES_BYTES = 500, 48 << 20
"""Files of an archive that are taken out, and their bytes in all."""
MAX_PAGES_BYTES = 32 << 20
"""Bytes of all pages that are read: what a parser of HTML gets through in its time."""
MAX_LISTED = 1000
"""Pages that are listed."""
NAMED = 20
"""Addresses that are named in a list of options; of more the number is told."""

_COUNTED = ("pages", "files", "files_inside", "files_left_out", "digests_checked")
_WITH_CONTENT = ("response", "resource", "conversion")
_SAID = {
    "digest_mismatch": "{} contradicted by their own digests",
    "partial": "{} captured only in part",
    "other_status": "{} with another status of the server than 200",
    "converted": "{} made by a program of what was captured",
    "after_damage": "{} found behind a damaged place",
    "unread": "{} not read",
    "revisits": "{} only as a note that it was as before (revisit)",
}
"""How each list is told of; for a number and what it counts."""


class Doubt(NamedTuple):
    """Something about an archive in a package for which a person must look at all that is in it."""

    kind: MarkKind
    detail: str


class Survey:
    """Goes through records, and keeps account of what was and wasn't read.

    The options: how many `pages` and other `files` there are, `files_inside` (that pages are made
    of) and `files_left_out`, `digests_checked`; `damaged` if a part of the archive can't be read;
    and lists of addresses, most with a reason: `digest_mismatch` (the record isn't what its own
    digest says), `unread`, `partial`, `other_status` than 200, `converted`, `after_damage`, and
    `revisits` (captures that only say "as before", and what was before isn't in this archive).
    """

    def __init__(self, *, everything: bool = False) -> None:
        self.counts = dict.fromkeys(_COUNTED, 0)
        self.damaged = False
        self.kinds = Counter[str]()
        """How many records of each kind there are."""
        self.captures: list[tuple[str, str, str]] = []
        """Address, date and payload digest of what was captured."""
        self.listed: list[tuple[str, str]] = []
        """Address and date of the pages."""
        self._everything = everything
        self._room = MAX_FILES_BYTES
        self._page_room = MAX_PAGES_BYTES
        self._lists: dict[str, list[str]] = defaultdict(list)
        self._revisits: list[Record] = []

    @property
    def options(self) -> dict[str, Json]:
        """What was noted so far."""
        from importlib.metadata import version

        lists: dict[str, Json] = {
            name: shortened(found) for name, found in self._lists.items() if found
        }
        damaged: dict[str, Json] = {"damaged": True} if self.damaged else {}
        return {"parser": f"warcio {version('warcio')}", **self.counts, **lists, **damaged}

    def told(self) -> list[str]:
        """The same in words, a line each: what a person must know before quoting from it."""
        return [
            f"{words.format(_pages(len(found)))}: {found[0][:300]}"
            + (f", and {len(found) - 1} more" if len(found) > 1 else "")
            for name, words in _SAID.items()
            if (found := self._lists[name])
        ]

    def draw(self, found: Iterable[tuple[Record, list[Doubt]]]) -> Drawn:
        """The pages, one after the other, and the options.

        Args:
            found: the records, each with what is to be said of the archive that it is in.

        Raises:
            ExtractionError: no page can be read.
        """
        text = join(self.pages(found))
        self._settle_revisits()
        if not any(map(str.isalnum, text.text)):
            raise ExtractionError(self._nothing())
        return text._replace(options=self.options)

    def pages(self, found: Iterable[tuple[Record, list[Doubt]]]) -> Iterator[Drawn]:
        """The text of each page, with its marks."""
        for record, media_type, doubts in self._captures(found):
            if inside.is_page(record, media_type):
                if self._has_room(record):
                    yield _marked(drawn(record, media_type), [*self._doubts(record), *doubts])
            else:
                self._take(record, media_type)

    def files(self, found: Iterable[tuple[Record, list[Doubt]]]) -> Parts:
        """The other files, as far as there is room, and what is to be told of the archive."""
        parts = list[Part]()
        for record, media_type, _ in self._captures(found):
            page = inside.is_page(record, media_type)
            if page and not self._has_room(record):
                continue
            if not page:
                if not self._take(record, media_type):
                    continue
                parts.append(Part(record.url, record.content))
            list(self._doubts(record))  # noted in the lists
        self._settle_revisits()
        unsettled = [(*one.original, one.payload_digest) for one in self._revisits]
        return Parts(parts, self.told(), self.listed[:MAX_LISTED], unsettled[:MAX_LISTED])

    def _captures(
        self, found: Iterable[tuple[Record, list[Doubt]]]
    ) -> Iterator[tuple[Record, str, list[Doubt]]]:
        """What was captured and can be read, and its type."""
        for record, doubts in found:
            self.kinds[record.kind] += bool(record.headers)
            if record.unread:
                self.damaged = True
                self._lists["unread"].append(record.unread)
            elif record.kind == "revisit":
                self._revisits.append(record)
            elif record.kind == "continuation":
                self._lists["unread"].append(f"{record.url}: a further part of a record (segment)")
            elif record.kind in _WITH_CONTENT:
                yield from self._readable(record, doubts)

    def _readable(
        self, record: Record, doubts: list[Doubt]
    ) -> Iterator[tuple[Record, str, list[Doubt]]]:
        self.damaged |= record.cut
        self.captures.append((record.url, record.date, record.payload_digest))
        try:
            if record.content:
                yield record, record.media_type, doubts
            elif record.body.lacks:
                self._lists["unread"].append(f"{record.url}: {record.body.lacks}")
        except Unread as reason:
            self._lists["unread"].append(f"{record.url}: {reason}")

    def _doubts(self, record: Record) -> Iterator[Doubt]:
        """For what a person must look at a page, noted in the lists."""
        contradicted = record.contradicted
        self.counts["digests_checked"] += contradicted is not None
        if contradicted:
            yield self._doubt("digest_mismatch", record, MarkKind.DIGEST, contradicted)
        if record.body.lacks:
            yield self._doubt("partial", record, MarkKind.PARTIAL, record.body.lacks)
        if (status := record.response.status) != "200":
            self._lists["other_status"].append(f"{status} {record.url}")
            yield Doubt(MarkKind.STATUS, status[:40])
        if by := inside.converted(record):
            yield self._doubt("converted", record, MarkKind.CONVERTED, by)
        if record.after_damage:
            yield self._doubt("after_damage", record, MarkKind.DAMAGED, "the archive")

    def _doubt(self, name: str, record: Record, kind: MarkKind, detail: str) -> Doubt:
        self._lists[name].append(f"{record.url}: {detail}")
        return Doubt(kind, detail)

    def _has_room(self, record: Record) -> bool:
        """Whether there is room for one more page."""
        self._page_room -= len(record.content)
        if self._page_room < 0:
            self._lists["unread"].append(f"{record.url}: there are too many pages")
            return False
        self.counts["pages"] += 1
        self.listed.append((record.url, record.date))
        return True

    def _take(self, record: Record, media_type: str) -> bool:
        """Whether a file is to be taken out, and there is room for it."""
        if not self._everything and inside.is_furniture(record, media_type):
            self.counts["files_inside"] += 1
            return False
        taken = self.counts["files"] < MAX_FILES and len(record.content) <= self._room
        self.counts["files" if taken else "files_left_out"] += 1
        self._room -= len(record.content) * taken
        return taken

    def _settle_revisits(self) -> None:
        """Drop the revisits whose original is in this archive, and note those of pages left."""
        places = {(url, date) for url, date, _ in self.captures}
        digests = {digest for *_, digest in self.captures if digest}
        self._revisits = [
            one
            for one in self._revisits
            if one.original not in places
            and one.payload_digest not in digests
            and inside.may_be_page(one)
        ]
        for one in self._revisits:
            self._lists["revisits"].append(_as_before(one))

    def _nothing(self) -> str:
        """Why there is no page with words to be had, and what to do."""
        told = self.told()
        files = self.counts["files"] + self.counts["files_inside"] + self.counts["files_left_out"]
        if files:
            what = "file that is no page" if files == 1 else "files that are no pages"
            told.append(f"{files:,} captured {what} (--all-parts preserves all)")
        told.append("records: " + ", ".join(f"{n:,} {kind}" for kind, n in self.kinds.items() if n))
        held = "; ".join(told)
        return (
            f"No page with words could be read in this web archive. It holds: {held[:2000]}. "
            "Quote from the archive that holds the page itself, or preserve the page in another "
            "form too, such as a saved copy of it."
        )


def shortened(found: list[str]) -> list[Json]:
    """The first `NAMED`, and how many more there are."""
    more = len(found) - NAMED
    return [*found[:NAMED], *([f"and {more} more"] if more > 0 else [])]


def _as_before(revisit: Record) -> str:
    url, date = revisit.original
    return f"{revisit.url}: as it was captured at {date or 'some date'} ({url or '?'})"


def _marked(page: Drawn, doubts: list[Doubt]) -> Drawn:
    marks = [Mark(0, len(page.text), *doubt) for doubt in doubts]
    return page._replace(marks=[*page.marks, *marks])


def _pages(count: int) -> str:
    return "1 capture" if count == 1 else f"{count:,} captures"
