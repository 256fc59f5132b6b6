"""Step 5: tiles, checkpoints, proofs and `edition.json`, against the log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evidence_chain.digest import sha256
from evidence_chain.edition.checking.outside import read_small
from evidence_chain.edition.layout import CHECKPOINT
from evidence_chain.edition.note import LARGEST
from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.log.checkpoint import parse as parse_checkpoint
from evidence_chain.log.merkle import HASH_SIZE
from evidence_chain.log.note import SignedNote
from evidence_chain.log.proof import inclusion_proof
from evidence_chain.log.tiles import WIDTH, bundle, hashes, tiles_of
from evidence_chain.log.travelling import TravellingProof
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.edition.place import Place
    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.log.tiles import Tile
    from evidence_chain.verify.report import Report

_CHECKPOINT = re.compile("data/checkpoints/([1-9][0-9]*)")
_TILE = WIDTH * HASH_SIZE
_BUNDLE = WIDTH * (2 + 65_535)


class Stored:
    """The checkpoints of an edition, by size, as far as they can be read."""

    def __init__(self) -> None:
        self.notes: dict[int, SignedNote] = {}
        self.texts: dict[int, bytes] = {}
        self.checkpoints: dict[int, Checkpoint] = {}


def read_checkpoints(place: Place, there: Mapping[str, int], origin: str, report: Report) -> Stored:
    """The checkpoints, each strictly read; their signatures are checked in step 6."""
    stored = Stored()
    named = filter(None, map(_CHECKPOINT.fullmatch, sorted(there)))
    for path, size in ((one[0], int(one[1])) for one in named):
        try:
            text = read_small(place, path, LARGEST)
            note = SignedNote.parse(text)
            checkpoint = parse_checkpoint(note.text)
            if checkpoint.origin != origin:
                raise FormatError(f"It is a checkpoint of the log {checkpoint.origin}.")
            if checkpoint.size != size:
                raise FormatError(f"It is a checkpoint of {checkpoint.size} entries.")
        except EvidenceError as error:
            report.fail("tree-root", path, f"{path}: {error}")
            continue
        stored.texts[size], stored.notes[size] = text, note
        stored.checkpoints[size] = checkpoint
    return stored


def check_roots(
    register: Register, stored: Stored, note: EditionNote | None, report: Report
) -> None:
    """Each checkpoint's root, and the note's, is that of the log."""
    named = {f"checkpoint {size}": (size, one.root) for size, one in stored.checkpoints.items()}
    if note is not None:
        named["the edition's note"] = (note.size, note.root)
        if note.size != register.size:
            detail = (
                f"The note is over {counted(note.size, 'entry')}; log.jsonl has {register.size:,}."
            )
            report.fail("tree-root", "note", detail)
    for name, (size, root) in named.items():
        there = register.root_at(size)
        if there is None:
            report.fail("tree-root", name, f"{name}: the log has no {counted(size, 'entry')}.")
        elif there != root:
            report.fail("tree-root", name, f"{name}: it is over another log than this.")
        else:
            report.hold("tree-root", "checkpoints")


def check_checkpoints(
    place: Place,
    stored: Stored,
    register: Register,
    said: Mapping[str, Any],
    stamped: Iterable[int],
    report: Report,
) -> None:
    """Those that must be there are, and `checkpoint` is the newest."""
    needed = {
        register.size: "the whole log",
        **{one["size"]: "an earlier edition" for one in said["earlier"]},
        **dict.fromkeys(stamped, "a time-stamp"),
    }
    lacking = {size: why for size, why in needed.items() if size not in stored.texts}
    for size, why in sorted(lacking.items()):
        detail = f"There is no checkpoint of {counted(size, 'entry')}, the size of {why}."
        report.fail("checkpoint", f"checkpoints/{size}", detail)
    try:
        newest = read_small(place, CHECKPOINT, LARGEST)
    except EvidenceError as error:
        report.fail("checkpoint", CHECKPOINT, str(error))
        return
    if newest != stored.texts.get(register.size):
        report.fail("checkpoint", CHECKPOINT, "data/checkpoint is not the newest of checkpoints/.")
    elif not lacking:
        report.hold("checkpoint", "checkpoints", len(stored.texts))


def check_tiles(
    place: Place,
    there: Mapping[str, int],
    listed: Mapping[str, str],
    register: Register,
    sizes: Iterable[int],
    report: Report,
) -> None:
    """The tiles of trees of these sizes, with the bytes that they must have, and no others.

    A size that the log doesn't have is told with its checkpoint, and has no tiles.

    Args:
        place: Where the edition lies.
        there: Size of each file, by path.
        listed: SHA-256 in hex of files, by path, that they were found to have.
        register: The log.
        sizes: Those of the checkpoints.
        report: Where findings go.
    """
    there_are = (size for size in sizes if size <= register.size)
    expected = {f"data/{tile.path}": tile for tile in tiles_of(there_are)}
    found = {path for path in there if path.startswith("data/tile/")}
    for path in sorted(found ^ expected.keys())[:20]:
        lost = "is missing" if path in expected else "is no tile of a checkpoint that is here"
        report.fail("tile", path, f"{path} {lost}.")
    wrong = []
    for path in sorted(found & expected.keys()):
        tile = expected[path]
        if _is_listed(tile, listed.get(path), register):
            continue
        data = read_small(place, path, _BUNDLE if tile.level < 0 else _TILE)
        if not _is_right(tile, data, register):
            wrong.append(path)
            report.fail("tile", path, f"{path} differs from the log.")
    report.hold("tile", "tiles", len(found & expected.keys()) - len(wrong))


def _is_listed(tile: Tile, digest: str | None, register: Register) -> bool:
    """Whether a tile is known to be right by its digest, so that it need not be read again."""
    if tile.level >= 0 or tile.width < WIDTH:
        return False
    known = register.bundles[tile.number]
    return known is not None and known.hex() == digest


def _is_right(tile: Tile, data: bytes, register: Register) -> bool:
    if tile.level >= 0:
        return data == hashes(tile, register.tree)
    if _is_listed(tile, sha256(data).hex(), register):
        return True
    first = tile.number * WIDTH
    lines = register.lines(range(first, min(first + tile.width, register.size)))
    return data == bundle(line.entry for _, line in lines)


def check_proofs(
    place: Place, there: Mapping[str, int], register: Register, newest: str, report: Report
) -> None:
    """Each published claim has the proof that follows from the log, and nothing else has."""
    found = {path for path in there if path.startswith("data/proofs/")}
    expected = {
        f"data/proofs/{register.ids[index].hex()}.tlog-proof": index for index in register.claims()
    }
    for path in sorted(found ^ expected.keys()):
        lost = "is missing" if path in expected else "is a proof of what is no published claim"
        report.fail("proof", path, f"{path} {lost}.")
    wanted = sorted(found & expected.keys(), key=expected.__getitem__)
    lines = register.raw([expected[path] for path in wanted])
    for path, (index, line) in zip(wanted, lines, strict=True):
        path_up = inclusion_proof(index, register.size, register.tree.hash_at)
        proof = TravellingProof(line, index, path_up, newest)
        if read_small(place, path, 64 << 20) == proof.to_text().encode():
            report.hold("proof", "claims")
        else:
            report.fail("proof", path, f"{path} is not the proof that follows from the log.")
