"""The files of a package against the digests that it has of them (WACZ 1.1.1, section 5.2)."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.warc.reading import MAX_TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

    from evidence_chain.canonical import Json

MANIFEST, DIGEST = "datapackage.json", "datapackage-digest.json"
DAMAGED = (BadZipFile, zlib.error, EOFError)
"""What is raised over a file of the package that is damaged."""
_MAX_MANIFEST = 16 << 20
_CHUNK = 1 << 20
_SIZES = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
"""The algorithm of a digest in hex that doesn't name it, by its length."""


class Manifest(NamedTuple):
    """What a package says of its files, compared with them."""

    listed: dict[str, str]
    """The digest that each listed file should have, by its name; empty where none is told."""
    wrong: list[str]
    """The listed files that are others, or aren't there."""
    checked: int
    """How many files were compared."""
    digest: dict[str, Json]
    """What `datapackage-digest.json` says."""
    own: str
    """The SHA-256 of `datapackage.json`, in hex; empty where there is none."""

    def unlisted(self, name: str) -> str:
        """Why nothing vouches for a file; empty if its digest was compared."""
        if not self.own:
            return f"{name}: the package has no {MANIFEST}"
        if name not in self.listed:
            return f"{name}: {MANIFEST} does not list it"
        return "" if self.listed[name] else f"{name}: {MANIFEST} has no digest of it"


def read(archive: ZipFile) -> Manifest:
    """Compare the files of a package with what it says of them.

    Raises:
        ExtractionError: a file expands to too much.
    """
    digest, described = _json(archive, DIGEST), _json(archive, MANIFEST)
    listed = _listed(described)
    told = listed | ({MANIFEST: _digest_of(digest)} if digest.get("hash") else {})
    members: dict[str, list[ZipInfo]] = {}
    for member in archive.infolist():
        members.setdefault(member.filename, []).append(member)
    compared = {name: value for name, value in told.items() if value}
    wrong = [
        name for name, value in compared.items() if not _are(archive, members.get(name, []), value)
    ]
    wrong += [name for name, value in told.items() if not value and name not in members]
    wrong += [
        name
        for name, size in _sizes(described).items()
        if name not in wrong and any(one.file_size != size for one in members.get(name, []))
    ]
    own = members.get(MANIFEST, [])
    return Manifest(
        listed, wrong, len(compared), digest, _hash(archive, own[-1], "sha256") if own else ""
    )


def _are(archive: ZipFile, members: list[ZipInfo], told: str) -> bool:
    """Whether there is such a file, and each one of that name has the digest that is told."""
    named, _, value = told.rpartition(":")
    name = named.lower().replace("-", "") or _SIZES.get(len(value), "")
    if name not in _SIZES.values():
        return False
    try:
        found = [_hash(archive, member, name) for member in members]
    except DAMAGED:
        return False
    return bool(found) and all(digest == value.lower() for digest in found)


def _listed(manifest: dict[str, Json]) -> dict[str, str]:
    return {name: _digest_of(one) for name, one in _resources(manifest)}


def _sizes(manifest: dict[str, Json]) -> dict[str, int]:
    """How many bytes each file should have, of those of which it is told."""
    told = ((name, one.get("bytes")) for name, one in _resources(manifest))
    return {name: size for name, size in told if isinstance(size, int)}


def _resources(manifest: dict[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    resources = manifest.get("resources")
    for one in resources if isinstance(resources, list) else []:
        if isinstance(one, dict) and one.get("path"):
            yield str(one["path"]).removeprefix("./"), one


def _digest_of(one: dict[str, Json]) -> str:
    """The digest of a file, also where WACZ before 1.0 had it."""
    stats = one.get("stats")
    older = stats if isinstance(stats, dict) else {}
    value = one.get("hash") or older.get("hash")
    if not isinstance(value, str):
        return ""
    named = one.get("hashing")
    return f"{named}:{value}" if isinstance(named, str) and ":" not in value else value


def _json(archive: ZipFile, name: str) -> dict[str, Json]:
    """A file that describes the package, or nothing if it isn't there or says nothing."""
    try:
        with archive.open(name) as file:
            found = json.loads(file.read(_MAX_MANIFEST))
    except (KeyError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _hash(archive: ZipFile, member: ZipInfo, algorithm: str) -> str:
    digest, size = hashlib.new(algorithm, usedforsecurity=False), 0
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > MAX_TOTAL:
                raise ExtractionError(
                    f"{member.filename!r} in this web archive expands to too much to read."
                )
    return digest.hexdigest()
