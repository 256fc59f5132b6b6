"""What a report says of a claim: facts out of the case, each looked at anew for it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import EvidenceError
from evidence_chain.kinds import label_of
from evidence_db.reading.attested.custody import custody_of
from evidence_db.reading.attested.stamps import stamped
from evidence_db.resolving.resolution import resolve
from evidence_db.store.hashing import check_files
from evidence_db.store.intact import Expected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.store.files import Files

Json = dict[str, Any]
PICTURES = 24 << 20
"""Bytes of pictures that one report shows; of further ones it tells that it doesn't."""
_PICTURE = 4 << 20
_PNG = b"\x89PNG\r\n\x1a\n"


def facts_of(case: Case, reader: Reader, claim: int, album: Album) -> Json:
    """All that a report tells of a claim, as JSON but for the bytes of pictures, which are `data:`.

    Raises:
        StorageError: the case can't be read.
    """
    resolved = resolve(case, reader, claim)
    links = list(_links(resolved["chain"]))
    passages = _once(one["record"] for one in links if "text" in one["record"])
    documents = _once(one["document"] for one in passages if one["document"])
    records = [reader.record(one["index"]) for one in (*passages, *documents)]
    checkpoints = reader.checkpoints()
    told = [_passage(reader, one, album) for one in passages]
    return {
        "resolved": resolved,
        "title": reader.info().title,
        "edition": case.edition is not None,
        "links": links,
        "passages": told,
        "files": [_file(case, reader, one) for one in documents],
        "checkpoint": checkpoints[-1].note if checkpoints else None,
        "custody": [one.as_json() for one in custody_of(reader, [reader.record(claim), *records])],
        "left_out": sum(not shown["source"] for one in told for shown in one["pictures"]),
    }


def _links(chain: list[Json], within: str | None = None) -> Iterator[Json]:
    """Every link of a chain, those of further claims too, each with the claim that it speaks to."""
    for link in chain:
        yield {**link, "of": within}
        yield from _links(link.get("chain", []), link["record"].get("slug"))


def _once(records: Iterator[Json]) -> list[Json]:
    return list({one["id"]: one for one in records}.values())


def _place(reader: Reader, record: Record) -> Json:
    """Where a record stands, and the first checkpoint that covers it, with its time-stamps."""
    sizes = [one.size for one in reader.checkpoints() if one.size > record.index]
    return {
        "index": record.index,
        "id": record.id,
        "checkpoint": sizes[0] if sizes else None,
        "timestamps": stamped(reader, record.index),
        "at": record.body.get("recorded_at"),
        "by": record.body.get("recorded_by"),
    }


def _passage(reader: Reader, one: Json, album: Album) -> Json:
    record = reader.record(one["index"])
    regions = record.body.get("regions") or []
    named = (region for region in regions if is_hex_digest(region.get("crop")))
    return {
        **one,
        "label": label_of(record.kind),
        "place": _place(reader, record),
        "pictures": [
            {"page": region.get("page"), "digest": region["crop"], **album.show(region["crop"])}
            for region in named
        ],
    }


def _file(case: Case, reader: Reader, one: Json) -> Json:
    record = reader.record(one["index"])
    return {
        **one,
        "fields": record.body,
        "place": _place(reader, record),
        "digests": _hashed(case.files, record),
    }


def _hashed(files: Files, record: Record) -> Json:
    """What came of hashing a file for this report: by name `holds`, or what was found instead."""
    blake3, sha256 = record.body.get("blake3"), record.body.get("sha256")
    if not is_hex_digest(blake3) or not is_hex_digest(sha256):
        return {"outcome": "not checked", "detail": "its digests are withheld or were erased"}
    expected = Expected(str(blake3), record.body.get("size"), str(sha256))
    (hashed,) = check_files(files, [expected])
    if hashed.problems:
        _, outcome, detail = hashed.problems[0]
        return {"outcome": str(outcome).replace("-", " "), "detail": detail}
    return {"outcome": "holds", "detail": None}


class Album:
    """Pictures of passages for one report, as far as they are here, intact, and not too many."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._room = PICTURES

    def show(self, digest: str) -> Json:
        """`source`, to be shown; or `why` it isn't."""
        try:
            content = self._files.read(digest, min(_PICTURE, self._room))
        except (OSError, EvidenceError) as error:
            return {"source": None, "why": f"not shown: {error}"}
        if not content.startswith(_PNG):
            return {"source": None, "why": "not shown: it is no picture of ours"}
        self._room -= len(content)
        return {"source": f"data:image/png;base64,{b64encode(content).decode()}", "why": None}
