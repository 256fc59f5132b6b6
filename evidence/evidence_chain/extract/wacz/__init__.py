"""A packaged web archive (WACZ 1.1): a ZIP of WARCs, with digests of what is in it.

Here lies what holds a package together. An archive in it is read by `warc`.
"""

from __future__ import annotations

import re
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import MarkKind
from evidence_chain.extract.typed import Captures
from evidence_chain.extract.wacz import manifest
from evidence_chain.extract.warc.reading import NoArchiveError, Record, records
from evidence_chain.extract.warc.survey import Doubt, Survey, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO
    from zipfile import ZipFile, ZipInfo

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Drawn, Parts
    from evidence_chain.extract.wacz.signature import Signature

NAME = "evidence-chain/wacz"
VERSION = "3"
MEDIA_TYPES = ("application/wacz+zip", "application/wacz")
GUARDED = True

MAX_INNER = 64 << 20
"""Bytes of a package within a package (multi-WACZ) that is read."""
_MAX_DEPTH = 2
_ARCHIVE = re.compile(r"(?:.+/)?[^/]+\.warc(?:\.gz|\.zst)?", re.IGNORECASE | re.DOTALL)
_PACKAGE = re.compile(r".+\.wacz", re.IGNORECASE | re.DOTALL)


def extract(file: BinaryIO) -> Drawn:
    """Return the text of the pages in each WARC, in the order of their names, as for one WARC.

    Further marks say for what a person must look at all of it: a file of the package that isn't
    what the package says (`DIGEST`), an archive that it doesn't list (`UNLISTED`), a signature that
    doesn't hold (`SIGNATURE`).

    The options tell besides: how many `hashes_checked`, and `hash_mismatch`: the names of files
    that aren't what `datapackage.json` says; `unlisted`: archives that it doesn't list; and what
    was found of the `signature`.

    Raises:
        ExtractionError: the ZIP or a WARC in it can't be read, or expands to too much.
    """
    survey = Survey()
    with _opened(file) as package:
        drawn = survey.draw(package.records())
        return drawn._replace(options=drawn.options | package.options)


def parts(file: BinaryIO) -> Parts:
    """Return the files that were captured and are no pages, as for a WARC.

    Raises:
        ExtractionError: as `extract`.
    """
    return _files(file, everything=False)


def all_parts(file: BinaryIO) -> Parts:
    """Return those too that pages are made of, as for a WARC."""
    return _files(file, everything=True)


def captures(file: BinaryIO) -> Captures:
    """Return what was captured, as for a WARC."""
    survey = Survey()
    with _opened(file) as package:
        survey.files(package.records())
    return Captures(survey.captures)


def _files(file: BinaryIO, *, everything: bool) -> Parts:
    with _opened(file) as package:
        found = Survey(everything=everything).files(package.records())
        return found._replace(told=[*package.told, *found.told])


class _Package(NamedTuple):
    """A package that was opened and compared with what it says of itself."""

    archive: ZipFile
    manifest: manifest.Manifest
    signature: Signature | None
    depth: int
    within: list[str]
    """What is to be told of packages in it that were read so far."""

    @property
    def options(self) -> dict[str, Json]:
        """What was noted of it."""
        lists = {"hash_mismatch": self.manifest.wrong, "unlisted": self._unlisted()}
        lists["within"] = self.within
        noted: dict[str, Json] = {name: shortened(found) for name, found in lists.items() if found}
        signature = self.signature.said if self.signature else "none"
        return {"hashes_checked": self.manifest.checked, "signature": signature, **noted}

    @property
    def told(self) -> list[str]:
        """The same in words."""
        said = [self.signature.said] if self.signature else []
        said += [f"Not what the package says it is: {name}" for name in self.manifest.wrong[:20]]
        said += [f"Nothing vouches for {why}" for why in self._unlisted()[:20]]
        return said + self.within

    def records(self) -> Iterator[tuple[Record, list[Doubt]]]:
        """The records of all archives, each with what is to be said of them."""
        for member in sorted(self.archive.infolist(), key=lambda member: member.filename):
            read = self._archive if _ARCHIVE.fullmatch(member.filename) else self._within
            if read == self._archive or _PACKAGE.fullmatch(member.filename):
                doubts = self._doubts(member)
                try:
                    for record, more in read(member):
                        yield record, [*doubts, *more]
                except (NoArchiveError, *manifest.DAMAGED) as error:
                    yield Record(unread=f"{member.filename[:200]}: {error}"), []

    def _archive(self, member: ZipInfo) -> Iterator[tuple[Record, list[Doubt]]]:
        with self.archive.open(member) as file:
            for record in records(cast("BinaryIO", file)):
                yield record, []

    def _within(self, member: ZipInfo) -> Iterator[tuple[Record, list[Doubt]]]:
        """The records of a package in this one."""
        if self.depth >= _MAX_DEPTH or member.file_size > MAX_INNER:
            raise NoArchiveError(
                f"it is a package of more than {MAX_INNER >> 20} MB, or nested too deep. Take it "
                "out with another program, and preserve it for itself."
            )
        with self.archive.open(member) as file:
            inner = BytesIO(file.read(MAX_INNER + 1))
        with _opened(inner, self.depth + 1) as package:
            self.within.extend(f"In {member.filename[:200]}: {one}" for one in package.told)
            yield from package.records()

    def _doubts(self, member: ZipInfo) -> list[Doubt]:
        """For what a person must look at all that is in a member."""
        found = [Doubt(MarkKind.DIGEST, f"file {name[:200]}") for name in self.manifest.wrong[:5]]
        if why := self.manifest.unlisted(member.filename):
            found.append(Doubt(MarkKind.UNLISTED, why[:300]))
        if self.signature and not self.signature.holds:
            found.append(Doubt(MarkKind.SIGNATURE, self.signature.said))
        return found

    def _unlisted(self) -> list[str]:
        names = [one.filename for one in self.archive.infolist()]
        held = [one for one in names if _ARCHIVE.fullmatch(one) or _PACKAGE.fullmatch(one)]
        return [why for name in held if (why := self.manifest.unlisted(name))]


@contextmanager
def _opened(file: BinaryIO, depth: int = 0) -> Iterator[_Package]:
    """Open the ZIP, and say in our words what is wrong with it."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            compared = manifest.read(archive)
            yield _Package(archive, compared, _signature(compared), depth, [])
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ExtractionError(
            f"This packaged web archive can't be read: {error}. Take the WARC files out of it with "
            "another program, and preserve those."
        ) from error


def _signature(compared: manifest.Manifest) -> Signature | None:
    from evidence_chain.extract.wacz.signature import check_signature

    signed = compared.digest.get("signedData")
    return check_signature(signed, compared.own) if signed else None
