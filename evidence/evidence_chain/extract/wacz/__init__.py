"""A packaged web archive (WACZ 1.1): a ZIP of WARCs, with digests of what is in it.

Here lies what holds a package together. An archive in it is read by `warc`.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Parts
from evidence_chain.extract.warc import Survey, shortened
from evidence_chain.extract.warc.reading import MAX_TOTAL, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO
    from zipfile import ZipFile

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Drawn
    from evidence_chain.extract.warc.reading import Record

NAME = "evidence-chain/wacz"
VERSION = "1"
MEDIA_TYPES = ("application/wacz+zip", "application/wacz")
GUARDED = True

_ARCHIVE = re.compile(r"archive/.+\.warc(?:\.gz)?")
_MANIFEST, _DIGEST = "datapackage.json", "datapackage-digest.json"
_MAX_MANIFEST = 16 << 20
_CHUNK = 1 << 20


def extract(file: BinaryIO) -> Drawn:
    """Return the text of the pages in each WARC, in the order of their names, as for one WARC.

    The options tell besides: how many `hashes_checked`, and `hash_mismatch`: the names of files
    that aren't what `datapackage.json` says; and whether there is a `signature`, which isn't
    checked.

    Raises:
        ExtractionError: the ZIP or a WARC in it can't be read, or expands to too much.
    """
    survey = Survey()
    with _opened(file) as archive:
        drawn = survey.draw(_records(archive))
        return drawn._replace(options=drawn.options | _hashes(archive))


def parts(file: BinaryIO) -> Parts:
    """Return the files that were captured and are no pages, as for a WARC.

    Raises:
        ExtractionError: as `extract`.
    """
    with _opened(file) as archive:
        return Parts(list(Survey().files(_records(archive))))


@contextmanager
def _opened(file: BinaryIO) -> Iterator[ZipFile]:
    """Open the ZIP, and say in our words what is wrong with it."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as archive:
            yield archive
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ExtractionError(
            f"This packaged web archive can't be read: {error}. Take the WARC files out of it with "
            "another program, and preserve those."
        ) from error


def _records(archive: ZipFile) -> Iterator[Record]:
    members = [member for member in archive.infolist() if _ARCHIVE.fullmatch(member.filename)]
    for member in sorted(members, key=lambda member: member.filename):
        with archive.open(member) as file:
            yield from records(cast("BinaryIO", file))


def _hashes(archive: ZipFile) -> dict[str, Json]:
    """Compare the files with the digests that the package has of them."""
    told = _told(_json(archive, _MANIFEST), _json(archive, _DIGEST))
    found = {name: _sha256(archive, name) for name in told if name in archive.namelist()}
    wrong = [name for name, digest in told.items() if found.get(name) != digest]
    signature: Json = "not checked" if _json(archive, _DIGEST).get("signedData") else "none"
    lists: dict[str, Json] = {"hash_mismatch": shortened(wrong)} if wrong else {}
    return {"hashes_checked": len(told), "signature": signature, **lists}


def _told(manifest: dict[str, Json], digest: dict[str, Json]) -> dict[str, str]:
    """The digest that each file should have, by its name."""
    resources = manifest.get("resources")
    told = [*(resources if isinstance(resources, list) else []), digest]
    return {
        str(one["path"]): str(one["hash"]).removeprefix("sha256:").lower()
        for one in told
        if isinstance(one, dict) and one.get("path") and "hash" in one
    }


def _json(archive: ZipFile, name: str) -> dict[str, Json]:
    """A file that describes the package, or nothing if it isn't there or says nothing."""
    try:
        with archive.open(name) as file:
            found = json.loads(file.read(_MAX_MANIFEST))
    except (KeyError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _sha256(archive: ZipFile, name: str) -> str:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > MAX_TOTAL:
                raise ExtractionError(f"{name!r} in this web archive expands to too much to read.")
    return digest.hexdigest()
