"""Goes through all files of a directory, in all cores, and says where something was found."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from evidence_chain.errors import StorageError
from evidence_chain.spreading.parallel import cores, spread
from evidence_db.publishing.leaks.engines import Nothing, engine
from evidence_db.publishing.leaks.forms.charsets import Reader
from evidence_db.publishing.leaks.forms.encoded import between_runs, decoded
from evidence_db.publishing.leaks.forms.folding import BARRIER
from evidence_db.publishing.leaks.forms.layered import joined
from evidence_db.publishing.leaks.forms.packed import DEPTH, Opened
from evidence_db.publishing.leaks.forms.places import Stretch
from evidence_db.publishing.leaks.forms.undoing import is_text, undone
from evidence_db.publishing.leaks.needles.digests import ENOUGH, Table
from evidence_db.publishing.leaks.remembered import Remembered
from evidence_db.publishing.leaks.together import SMALL, suspicious
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from evidence_db.publishing.leaks.engines import Engine
    from evidence_db.publishing.leaks.forms.charsets import View
    from evidence_db.publishing.leaks.needles.needles import Needles, Target

NAMES = "the names of files"
UNDONE = 2
"""How often something is undone that was made of something undone."""
PIECE = 8 << 20
_OVERLAP = 1 << 16
_AT_ONCE = 1 << 20
"""Bytes that are read as text at once, which takes several times their memory."""
_TOGETHER = 4 << 20
"""Bytes of files that are searched by one worker, one after the other."""


class Sight(NamedTuple):
    """A part of a target, or bytes of the table, seen in a file."""

    path: str
    target: int
    """Negative for bytes: `-1 - number`."""
    part: int
    offset: int
    forms: tuple[str, ...]


class Hit(NamedTuple):
    """Something withheld that stands in a file."""

    path: str
    offset: int
    """Bytes from the file's beginning to where it is, or to what it is packed in."""
    forms: tuple[str, ...]
    """What was undone to find it, in turn, and in which charset it is."""
    target: Target


class Found(NamedTuple):
    """What came of a search."""

    hits: list[Hit]
    unopened: Mapping[str, Mapping[str, int]]
    """What was not searched inside: by file, and why, how often."""
    files: int
    size: int


class _Task(NamedTuple):
    path: str
    start: int
    end: int
    packed: bool = False
    """Whether what is packed in the file is searched, or the file as it is."""
    is_piece: bool = False
    """Whether it is a part of a file, or all of it."""

    @property
    def is_small(self) -> bool:
        return not self.packed and not self.is_piece and self.end <= SMALL


class Search:
    """What a worker knows.

    Args:
        needles: What is searched for.
        make: What makes an engine.
    """

    def __init__(
        self, needles: Needles, make: Callable[[Sequence[bytes]], Engine] = engine
    ) -> None:
        self.needles = needles
        strings = [part.encode("utf-8", "ignore") for part in needles.parts]
        self._engine = make(strings) if strings else Nothing()
        self._targets = list(needles.parts.values())
        self._table = Table(needles.bytes)
        self._reader = Reader(needles.parts)
        self._remembered = Remembered()
        self._least = 0 if needles.parts else ENOUGH

    def targets_in(self, folded: bytes) -> set[int]:
        """The targets of which a part stands in folded text."""
        found = (number for number, _ in self._engine.find(folded))
        return {target for number in found for target, _ in self._targets[number]}

    def is_clean(self, data: bytes) -> bool:
        """Whether nothing is in some bytes, and all of them could be opened."""
        opened = Opened()
        seen = next(self.sights("", Stretch(data, ()), opened), None)
        return seen is None and not opened.refusals

    def sights(self, path: str, of: Stretch, opened: Opened) -> Iterator[Sight]:
        """All that is seen in a stretch, and in what can be made of it."""
        yield from self.plain(path, of, opened)
        yield from self.packed(path, of, opened)

    def plain(self, path: str, of: Stretch, opened: Opened) -> Iterator[Sight]:
        """What is seen in a stretch as it is, and undone."""
        for part in of.cut(_AT_ONCE, _OVERLAP):
            for number, at in self._table.find(part.data):
                yield Sight(path, -1 - number, 0, part.offset(at), (*of.forms, "raw"))
            for view in self._reader.views(part.data):
                yield from self._in_view(path, part, view)
        if of.undone < UNDONE:
            for part in of.cut(PIECE, _OVERLAP):
                for one in undone(part):
                    yield from self.sights(path, one, opened)
            for part in between_runs(of, PIECE):
                yield from self._in_runs(path, part, opened)

    def _in_runs(self, path: str, of: Stretch, opened: Opened) -> Iterator[Sight]:
        for one, runs in decoded(of, partial(self._remembered.empty, of), self._least):
            before, sights = opened.refusals, self.sights(path, one, opened)
            if (first := next(sights, None)) is not None:
                yield first
                yield from sights
            elif opened.refusals == before:
                self._remembered.keep(of, one.forms[-1], runs)

    def packed(self, path: str, of: Stretch, opened: Opened) -> Iterator[Sight]:
        """What is seen in what a stretch holds packed."""
        if of.inside < DEPTH and not is_text(of):
            for opening in (opened.inside(of), joined(of, opened)):
                for one in opening:
                    yield from self.sights(path, one, opened)

    def _in_view(self, path: str, of: Stretch, view: View) -> Iterator[Sight]:
        seen = set()
        for number, at in self._engine.find(view.folded):
            if number in seen:
                continue
            seen.add(number)
            offset = of.offset(_place(of.data, view, at))
            for target, part in self._targets[number]:
                yield Sight(path, target, part, offset, (*of.forms, view.charset))


def _place(data: bytes, view: View, at: int) -> int:
    """Where the bytes begin that became what is at an offset of folded text."""
    for start, end in view.parts:
        length = len(view.read(data[start:end]))
        if at < length:
            part = data[start:end]
            ends = range(len(part))
            return start + bisect_left(ends, at + 1, key=lambda k: len(view.read(part[: k + 1])))
        at -= length + len(BARRIER)
    return 0


_HELD: list[tuple[Search, Path]] = []
"""What forked workers search for, which is too large to be sent to them with every task."""


def search(
    root: Path,
    paths: Collection[str],
    known: Search,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    workers: int | None = None,
) -> Found:
    """Search files, and their names.

    Args:
        root: A directory.
        paths: The files in it.
        known: What is searched for.
        progress: Told how many bytes are done, of how many.
        workers: Processes; as many as there are cores if it is `None`.

    Raises:
        StorageError: a file can't be read, or a worker died.
    """
    sizes = {path: (root / path).stat().st_size for path in paths}
    whole, done = sum(sizes.values()), 0
    seen = list(known.sights(NAMES, Stretch("\n".join(sorted(paths)).encode(), ()), Opened()))
    unopened: dict[str, dict[str, int]] = {}
    workers = workers if workers is not None else cores() if whole > _TOGETHER else 1
    _HELD.append((known, root))
    try:
        for size, sights, refused in spread(_work, _tasks(sizes), workers):
            seen += sights
            for path, whys in refused.items():
                unopened.setdefault(path, {}).update(whys)
            done += size
            progress("searched for leaks", done, whole)
    except BrokenProcessPool as error:
        raise StorageError(
            "A process that searched what was written for what is withheld died, so nothing was "
            "published. Try again when the machine has more memory."
        ) from error
    finally:
        _HELD.pop()
    return Found(hits_of(known.needles, seen), unopened, len(sizes), whole)


def _tasks(sizes: Mapping[str, int]) -> Iterator[list[_Task]]:
    """Files and pieces of large ones, the large ones first."""
    together, room = list[_Task](), _TOGETHER
    for path, size in sorted(sizes.items(), key=lambda one: -one[1]):
        if size > PIECE:
            yield [_Task(path, 0, size, packed=True)]
            for start in range(0, size, PIECE):
                yield [_Task(path, start, min(size, start + PIECE + _OVERLAP), is_piece=True)]
            continue
        together.append(_Task(path, 0, size))
        room -= size
        if room <= 0:
            yield together
            together, room = [], _TOGETHER
    if together:
        yield together


def _work(tasks: Sequence[_Task]) -> tuple[int, list[Sight], dict[str, dict[str, int]]]:
    known, root = _HELD[-1]
    seen: list[Sight] = []
    refused: dict[str, dict[str, int]] = {}
    small = [task for task in tasks if task.is_small]
    read = [(number, _read(root, task)) for number, task in enumerate(small)]
    others = [task for task in tasks if not task.is_small]
    for task in (*others, *(small[number] for number in suspicious(known.is_clean, read))):
        opened = Opened()
        seen += _first_of_each(_sights(known, root, task, opened))
        if opened.unopened:
            refused[task.path] = opened.unopened
    return sum(task.end - task.start for task in tasks if not task.packed), seen, refused


def _sights(known: Search, root: Path, task: _Task, opened: Opened) -> Iterator[Sight]:
    if task.packed:
        with (
            open_regular(root / task.path) as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole,
        ):
            yield from known.packed(task.path, Stretch(cast("bytes", whole), ()), opened)
        return
    of = Stretch(_read(root, task), (), task.start.__add__)
    look = known.plain if task.is_piece else known.sights
    yield from look(task.path, of, opened)


def _read(root: Path, task: _Task) -> bytes:
    with open_regular(root / task.path) as file:
        file.seek(task.start)
        return file.read(task.end - task.start)


def _first_of_each(sights: Iterator[Sight]) -> list[Sight]:
    found: dict[tuple[int, int, tuple[str, ...]], Sight] = {}
    for one in sights:
        found.setdefault((one.target, one.part, one.forms), one)
    return list(found.values())


def _plainest(one: Sight) -> tuple[str, int, bool, int]:
    """UTF-8 before other charsets, which have the same ASCII."""
    return one.path, len(one.forms), one.forms[-1] != "UTF-8", one.offset


def hits_of(needles: Needles, seen: Sequence[Sight]) -> list[Hit]:
    """The targets of which all parts are in one file, each as what is least hidden."""
    parts: dict[tuple[str, int], set[int]] = {}
    for one in seen:
        parts.setdefault((one.path, one.target), set()).add(one.part)
    found: dict[tuple[str, Target], Hit] = {}
    for one in sorted(seen, key=_plainest):
        target = needles.told(-1 - one.target) if one.target < 0 else needles.targets[one.target]
        if one.part == 0 and len(parts[one.path, one.target]) >= target.parts:
            found.setdefault((one.path, target), Hit(one.path, one.offset, one.forms, target))
    return list(found.values())
