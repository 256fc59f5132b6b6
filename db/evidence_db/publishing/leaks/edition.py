"""An edition that is written and not yet in its place, searched for what it withholds."""

from __future__ import annotations

import mmap
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.edition import layout
from evidence_chain.edition.browser import verifier
from evidence_chain.edition.checking.documents import path_of
from evidence_chain.edition.checking.entries import crops_of
from evidence_db.publishing.leaks.drawn import documents_among, search_drawn
from evidence_db.publishing.leaks.needles.disclosed import Disclosed, Said
from evidence_db.publishing.leaks.needles.keywords import own_words
from evidence_db.publishing.leaks.needles.needles import Needles
from evidence_db.publishing.leaks.own_pages import without_own
from evidence_db.publishing.leaks.report import Searched
from evidence_db.publishing.leaks.scanning import Search, search
from evidence_db.publishing.withholding.values import (
    WithheldFile,
    disclosed_values,
    withheld_files,
    withheld_values,
)
from evidence_db.reading.references import find_record
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from evidence_db.case import Case
    from evidence_db.publishing.leaks.holding import Holding
    from evidence_db.publishing.leaks.scanning import Found
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader
    from evidence_db.store.files import Files

_MAPPED = 64 << 20
"""Bytes from which on a file isn't read into memory."""


def needles_of(
    case: Case, reader: Reader, selection: Selection, made: Iterable[str] = ()
) -> Needles:
    """What is searched for in an edition of this selection.

    Args:
        case: The case.
        reader: A reader of it.
        selection: What is disclosed.
        made: When this edition and the earlier ones were made, which all of it tells: a record that
            was made in the same second is not given away by that.

    Raises:
        StorageError: a preserved file can't be read.
    """
    ids = (id_ for (id_,) in reader.connection.execute("SELECT id FROM entry"))
    shown = (Said(*one) for one in disclosed_values(reader, selection))
    said = chain(shown, (Said("the time of publishing", "made", time) for time in made))
    needles = Needles(Disclosed(said, ids, reader.info().origin))
    for value in withheld_values(reader, selection):
        needles.add_value(value)
    needles.add_contexts()
    for file in withheld_files(reader, selection):
        with _content(case.files, file.blake3) as data:
            needles.add_file(file, data)
    for digest in selection.absent:
        with _content(case.files, digest) as data:
            needles.add_file(WithheldFile(digest, "", 0, decided=True), data, named=True)
    return needles


@contextmanager
def _content(files: Files, digest: str) -> Iterator[bytes]:
    with files.local(digest) as path, open_regular(path) as file:
        data = file.read(_MAPPED + 1)
        if len(data) <= _MAPPED:
            yield data
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            yield whole  # type: ignore[misc]  # bytes to whoever slices and digests them


def named_despite(case: Case, reader: Reader, references: Iterable[str]) -> dict[str, list[str]]:
    """The files that a publisher discloses whatever stands in them, by the id of their record.

    Returns:
        Their paths in an edition: the file's, its texts', its pictures'.

    Raises:
        InputError: a reference names no preserved file.
    """
    found = {}
    for reference in references:
        artifact = find_record(reader, reference, "artifact", files=case.files)
        digests = [str(artifact.body["blake3"])]
        for index in reader.passages_in(artifact.index):
            body = reader.record(index).body
            digests += [str(body.get("extracted")), *crops_of(body)]
        found[artifact.id] = list(map(path_of, digests))
    return found


def search_files(
    needles: Needles,
    case: Case,
    paths: Collection[str],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Searched:
    """Search files anywhere for all of that, and tell what is there.

    Args:
        needles: What is searched for.
        case: The case, which has texts that were drawn before.
        paths: The files, by absolute paths.
        progress: Told how far it has come.

    Raises:
        StorageError: a file can't be read.
    """
    root, known = Path("/"), Search(needles)
    found = search(root, paths, known, progress)
    documents = list(documents_among(root, paths))
    found = _with(found, search_drawn(known, root, documents, case.streams))
    return Searched.of(needles, found, known.targets_in(own_words()), (), {})


def search_written(
    needles: Needles,
    root: Path,
    paths: Collection[str],
    despite: Mapping[str, Iterable[str]],
    holding: Holding,
    progress: Callable[[str, int, int], None],
) -> Searched:
    """Search all that was written of an edition, but for a verifier that is this version's own.

    Args:
        needles: What is searched for.
        root: Where the edition is.
        paths: The files in it.
        despite: As `named_despite` has it.
        holding: What the edition holds.
        progress: Told how far it has come.

    Raises:
        LeakError: something stands where nobody said that it may.
        StorageError: a file can't be read.
    """
    known = Search(needles)
    ours = [path for path in paths if path == layout.VERIFIER and _is_ours(root / path)]
    found = search(root, [path for path in paths if path not in ours], known, progress)
    if needles.targets:  # else there are digests alone, which no text hides
        documents = holding.documents(paths)
        found = _with(found, search_drawn(known, root, documents, holding.streams, paths))
        found = found._replace(hits=without_own(known, root, found.hits))
    named = tuple(path for paths in despite.values() for path in paths)
    places = holding.places(needles, found.hits)
    searched = Searched.of(needles, found, known.targets_in(own_words()), named, places)
    searched = searched._replace(called=holding.called)
    searched.check()
    return searched


def _with(found: Found, drawn: Found) -> Found:
    """The same, with what was found in drawn texts and nowhere else in their files."""
    there = {(hit.path, hit.target) for hit in found.hits}
    hits = [hit for hit in drawn.hits if (hit.path, hit.target) not in there]
    unopened = {
        path: {**found.unopened.get(path, {}), **drawn.unopened.get(path, {})}
        for path in found.unopened.keys() | drawn.unopened.keys()
    }
    return found._replace(hits=[*found.hits, *hits], unopened=unopened)


def _is_ours(path: Path) -> bool:
    """Whether a verifier is the one that every edition of this version has."""
    with open_regular(path) as file:
        return file.read() == verifier()
