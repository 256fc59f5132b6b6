"""One entry of the log, and the proof that it stands there, worked out step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.log.merkle import leaf_hash, node_hash
from evidence_chain.log.proof import inclusion_proof, verify_inclusion
from evidence_chain.verify.report import Outcome
from evidence_datasette.answering.checkpoints import checkpoint
from evidence_datasette.answering.page import Page
from evidence_db.reading.attested.cosigned import cosigned
from evidence_db.reading.attested.keys import LogKeys, own_key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.answering.page import Json, View
    from evidence_db.reading.reader import Reader


def read(view: View) -> Json:
    """The entry to the byte, its leaf hash, and the way from there to the newest checkpoint."""
    index, reader = int(view.parts["index"]), view.reader
    size = reader.size()
    if index >= size:
        raise InputError(f"The log has {size} entries, so there is no entry {index}.")
    row, record = reader.row(index), reader.record(index)
    keys = LogKeys.read(reader, own_key_of(reader, published=view.case.edition is not None))
    newest = [checkpoint(one, keys) for one in cosigned(reader)[-1:]]
    return {
        "index": index,
        "size": size,
        "id": row.id,
        "kind": record.kind,
        "entry": row.entry,
        "leaf": leaf_hash(row.entry.encode()).hex(),
        "proof": _proof(reader, index, row.entry.encode(), newest[0]) if newest else None,
    }


def _proof(reader: Reader, index: int, entry: bytes, signed: dict[str, Any]) -> Json:
    """Every step from the leaf to the root, and whether that root is the one that is signed."""
    size, leaf = signed["size"], leaf_hash(entry)
    said: dict[str, Any] = {"checkpoint": signed, "steps": [], "root": None}
    if index >= size:
        detail = f"The newest checkpoint covers {size} entries, and so not this one."
        return said | {"outcome": Outcome.NOT_CHECKED, "detail": detail}
    if signed["root"] is None:
        return said | {"outcome": Outcome.FAILED, "detail": signed["detail"]}
    try:
        siblings = inclusion_proof(index, size, reader.hash_at)
        steps = list(_steps(leaf, siblings, index, size))
        said |= {"steps": steps, "root": steps[-1]["hash"] if steps else leaf.hex()}
        verify_inclusion(leaf, index, size, siblings, bytes.fromhex(signed["root"]))
    except EvidenceError as error:
        return said | {"outcome": Outcome.FAILED, "detail": str(error)}
    return said | {"outcome": Outcome.HOLDS, "detail": ""}


def _steps(leaf: bytes, siblings: list[bytes], index: int, size: int) -> Iterator[dict[str, Any]]:
    """From the leaf upwards: the sibling, its side, and the hash of both (RFC 9162, 2.1.3.2)."""
    node, last, rest = leaf, size - 1, iter(siblings)
    while last:
        if index & 1 or index < last:
            is_left, sibling = bool(index & 1), next(rest)
            node = node_hash(sibling, node) if is_left else node_hash(node, sibling)
            yield {"sibling": sibling.hex(), "sibling_is_left": is_left, "hash": node.hex()}
        index >>= 1
        last >>= 1


PAGE = Page(r"log/(?P<index>[0-9]{1,15})", "entry.html", read, ("entry", "checkpoint"))
