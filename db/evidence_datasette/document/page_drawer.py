"""Whole pages of preserved files, drawn one at a time in guarded processes, and kept a while.

Their words with the places of these are had in the same way, and kept by themselves.

What was drawn is kept by the digest of its file, and drawn anew when the file in the case is not
the one that it was (its inode, size or time of change). Nothing of it is written anywhere. What
failed is remembered too, for a minute, so that one hostile file doesn't keep the server busy.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.extract.pages.page import PageWords
from evidence_chain.extract.pages.page_pictures import page_picture, page_size, page_words
from evidence_datasette.answering.page import Unreadable
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.pages.page import PageSize
    from evidence_db.store.files import Files

PATIENCE = 15.0
"""Seconds that somebody waits for a picture, and for those that others asked for before."""
SIZE_PATIENCE = 6.0
"""Seconds that a page of ours waits to learn how large the page of a document is."""
PICTURES = 48 << 20
"""Bytes of pictures that are kept."""
SIZES = 2 << 20
"""The same of sizes of pages."""
WORDS = 16 << 20
"""The same of words of pages."""
_LEAST = 1 << 10
"""What anything counts that is kept."""
_FILES = 1_000
"""Files of which it is remembered where they end."""
FAILED = 60.0
"""Seconds for which a failure is remembered."""

Drawn = TypeVar("Drawn")
Key = tuple[str, str, int, tuple[int, ...]]


class BusyError(Unreadable):
    """Others have pages drawn, or this one takes too long."""

    status = 503


@dataclass(frozen=True, slots=True)
class Preserved:
    """A preserved file that may be shown."""

    files: Files
    blake3: str
    media_type: str

    def key(self, page: int) -> Key:
        """What a page of it is kept by.

        Raises:
            InputError: it is not here.
        """
        try:
            version = self.files.store.version(self.blake3)
        except OSError as error:
            raise self._absent(error) from error
        return self.blake3, self.media_type, page, version

    def draw(self, make: Callable[[BinaryIO, str, int, str], Drawn], page: int) -> Drawn:
        """What a function of `page_pictures` makes of a page.

        Raises:
            InputError: the file is not here, or has no such page.
            EvidenceError: it is not intact, or can't be drawn.
        """
        with self.files.local(self.blake3) as path:
            try:
                file = open_regular(path)
            except OSError as error:
                raise self._absent(error) from error
            with file:
                return make(file, self.media_type, page, self.blake3)

    def _absent(self, error: OSError) -> InputError:
        return InputError(f"The preserved file {self.blake3} is not here: {error.strerror}.")


class Drawer(Generic[Drawn]):
    """Draws one thing at a time, in a thread of its own, and keeps what it drew last."""

    def __init__(self, make: Callable[[BinaryIO, str, int, str], Drawn], most: int) -> None:
        self._make = make
        self._most = most
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="evidence-drawing")
        self._lock = Lock()
        self._kept: OrderedDict[Key, tuple[float, int, Future[Drawn]]] = OrderedDict()
        self._ends: OrderedDict[tuple[str, tuple[int, ...]], tuple[int, InputError]] = OrderedDict()
        """The first page known not to be there, by file, and what is told of it."""

    def ask(self, shown: Preserved, page: int) -> Future[Drawn]:
        """A page that is kept, or will be drawn when what others asked for before is.

        Raises:
            InputError: the file is not here.
        """
        key = shown.key(page)
        with self._lock:
            end, error = self._ends.get((key[0], key[3]), (page + 1, None))
        if error is not None and page >= end:
            raise error
        return self._known(key) or self._thread.submit(self._draw, key, shown, page)

    def _draw(self, key: Key, shown: Preserved, page: int) -> Drawn:
        if known := self._known(key):  # somebody else asked for it meanwhile
            return known.result()
        done: Future[Drawn] = Future()
        try:
            done.set_result(shown.draw(self._make, page))
            self._keep(key, done, float("inf"))
        except EvidenceError as error:
            done.set_exception(error)
            self._keep(key, done, time.monotonic() + FAILED)
            if isinstance(error, InputError) and page > 0:
                self._end(key, page, error)
        return done.result()

    def _end(self, key: Key, page: int, error: InputError) -> None:
        file = key[0], key[3]
        with self._lock:
            if page < self._ends.get(file, (page + 1, error))[0]:
                self._ends[file] = page, error
            while len(self._ends) > _FILES:
                self._ends.popitem(last=False)

    def _known(self, key: Key) -> Future[Drawn] | None:
        with self._lock:
            until, _, done = self._kept.get(key, (0.0, 0, None))
            if done is None or time.monotonic() > until:
                return None
            self._kept.move_to_end(key)
            return done

    def _keep(self, key: Key, done: Future[Drawn], until: float) -> None:
        value = None if done.exception() else done.result()
        cost = max(_LEAST, _weight(value))
        with self._lock:
            self._kept[key] = until, cost, done
            while sum(cost for _, cost, _ in self._kept.values()) > self._most:
                self._kept.popitem(last=False)


def _weight(value: object) -> int:
    """How many bytes something takes that is kept, where it isn't small."""
    if isinstance(value, bytes):
        return len(value)
    return value.weight if isinstance(value, PageWords) else 0


_pictures = Drawer(page_picture, PICTURES)
_sizes = Drawer(page_size, SIZES)
_words = Drawer(page_words, WORDS)
_waiting = BoundedSemaphore()


async def picture_of(shown: Preserved, page: int) -> bytes:
    """A PNG of a page.

    Raises:
        EvidenceError: it can't be drawn; see `Preserved.draw`.
        BusyError: it was not drawn in time.
    """
    return await _in_time(_pictures.ask(shown, page), page)


async def words_of(shown: Preserved, page: int) -> PageWords:
    """The text of a page and where its words are; raises as `picture_of`."""
    return await _in_time(_words.ask(shown, page), page)


async def _in_time(asked: Future[Drawn], page: int) -> Drawn:
    drawing = asyncio.wrap_future(asked)
    try:
        return await asyncio.wait_for(drawing, PATIENCE)
    except TimeoutError:
        raise _busy(page) from None


def size_of(shown: Preserved, page: int) -> PageSize:
    """How large a page is. One thread at a time waits for that; raises as `picture_of`."""
    looking = _sizes.ask(shown, page)
    if looking.done():
        return looking.result()
    if not _waiting.acquire(blocking=False):
        looking.cancel()
        raise _busy(page)
    try:
        return looking.result(SIZE_PATIENCE)
    except TimeoutError:
        looking.cancel()
        raise _busy(page) from None
    finally:
        _waiting.release()


def _busy(page: int) -> BusyError:
    return BusyError(
        f"Page {page} could not be drawn yet, since others have pages drawn or it takes long. Try "
        "again in a moment."
    )
