"""How an edition is changed: functions that take a copy of it, or make one that does."""

from __future__ import annotations

import json

from adversary import STAMP, canonical
from evidence_chain.digest import b3, sha256
from evidence_chain.edition.line import Line
from evidence_chain.entry import seal
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import Checkpoint, sign
from evidence_chain.log.key import SigningKey
from evidence_chain.log.merkle import Subtrees, leaf_hash
from evidence_chain.log.proof import inclusion_proof
from evidence_chain.log.tiles import bundle, hashes, tiles_of
from evidence_chain.log.travelling import TravellingProof

STRANGER = bytes(range(32))
LOG, SAID = "data/log.jsonl", "data/edition.json"


def flip(name, at=0):
    """One bit of a file is another, and nothing is signed again."""

    def change(edition):
        path = next(one for one in edition.files if one.startswith(name))
        data = bytearray(edition.read(path))
        data[at] ^= 1
        edition.write(path, bytes(data))

    return change


def sealed(change):
    """The same, with manifests and note made anew, as its publisher could."""

    def do(edition):
        change(edition)
        edition.seal()

    return do


def write(name, data):
    return lambda edition: edition.write(name, data)


def replace(name, old, new):
    """Some bytes of a file are others."""

    def change(edition):
        path = next(one for one in edition.files if one.startswith(name))
        data = edition.read(path)
        assert old in data, (name, old)
        edition.write(path, data.replace(old, new, 1))

    return change


def remove(name):
    return lambda edition: edition.remove(
        next(one for one in edition.files if one.startswith(name))
    )


def describe(change):
    return sealed(lambda edition: edition.describe(**change(edition.said)))


def relog(change):
    """Other entries, with tree, tiles, checkpoint, proofs and counts to fit: a publisher who lies.

    `evidence.db` stays as it was.
    """

    def do(edition):
        lines = change(edition.lines)
        entries = [line["entry"].encode() for line in lines]
        leaves = b"".join(map(leaf_hash, entries))
        tree, size = Subtrees(leaves), len(lines)
        root = tree.root(size)
        for name in edition.files:
            if name.startswith(("data/checkpoints/", "data/tile/", "data/proofs/")):
                edition.remove(name)
        note = sign(Checkpoint(edition.key.name, size, root), edition.key)
        edition.write(LOG, "".join(canonical(line) + "\n" for line in lines).encode())
        edition.write("data/checkpoint", note.encode())
        edition.write(f"data/checkpoints/{size}", note.encode())
        for tile in tiles_of([size]):
            part = entries[tile.number * 256 :][: tile.width]
            data = bundle(part) if tile.level < 0 else hashes(tile, tree)
            edition.write(f"data/{tile.path}", data)
        for index, line in enumerate(lines):
            if "statement" in line.get("body", {}):
                told = Line(line["entry"].encode(), line["body"], line["salts"])
                path = inclusion_proof(index, size, tree.hash_at)
                proof = TravellingProof(told.encoded(), index, path, note)
                id_ = _id(line["entry"])
                edition.write(f"data/proofs/{id_}.tlog-proof", proof.to_text().encode())
        counts = edition.said["counts"] | {"entries": size}
        edition.describe(size=size, counts=counts)
        edition.seal(size=size, root=root)

    return do


def _id(entry):
    return b3(entry.encode()).hex()


def more(kind, fields, public=None, **stamp):
    """A record more at the end."""

    def change(lines):
        ids = [_id(line["entry"]) for line in lines]
        named = {k: ids[v] if type(v) is int else v for k, v in (public or {}).items()}
        record = seal(kind, fields | STAMP | stamp, seed=bytes(32), public=named)
        body, salts = json.loads(record.body), json.loads(record.salts)
        return [*lines, {"body": body, "entry": record.entry.decode(), "salts": salts}]

    return relog(change)


def passage_nowhere(lines):
    """A passage that nobody says where it stands, over a text that is there."""
    shown = next(line["body"] for line in lines if (line.get("body") or {}).get("extracted"))
    fields = {name: shown[name] for name in ("artifact", "extracted", "extractor")}
    fields |= {"text": "Nobody ever objected.", "selector": [], "match": None, "regions": None}
    return with_record(lines, "evidence/quote", fields)


def vouched(edition):
    """A file that is another, which a second record of it vouches for and the first doesn't."""
    lines = edition.lines
    at = next(i for i, line in enumerate(lines) if "sha256" in (line.get("body") or {}))
    body, salts = lines[at]["body"], lines[at]["salts"]
    path = f"data/artifacts/{body['blake3'][:2]}/{body['blake3']}"
    other = edition.read(path)[:-1] + b"?"
    edition.write(path, other)
    fields = body | {"sha256": sha256(other).hex(), "size": len(other)}
    fields = {name: value for name, value in fields.items() if name != "recorded_at"}
    for name in ("sha256", "size"):
        del body[name], salts[name]
    relog(lambda _: with_record(lines, "artifact", fields))(edition)


def betrayed(index, line):
    """The digest of a file is withheld, and its size and name are not."""
    hidden = "sha256" in (line.get("body") or {})
    parts = (
        {p: {k: v for k, v in line[p].items() if k != "blake3"} for p in ("body", "salts")}
        if hidden
        else {}
    )
    return line | parts


def with_record(lines, kind, fields):
    record = seal(kind, fields | STAMP, seed=bytes(32))
    body, salts = json.loads(record.body), json.loads(record.salts)
    return [*lines, {"body": body, "entry": record.entry.decode(), "salts": salts}]


def entry(old, new, at=-1):
    """A line of which the entry has other words, and so another id."""

    def change(lines):
        line = {"entry": lines[at]["entry"].replace(old, new, 1)}
        assert line["entry"] != lines[at]["entry"]
        return [*lines[:at], line, *lines[len(lines) + at + 1 :]]

    return relog(change)


def value(name, new):
    """The first record that discloses a field says another value."""

    def change(edition):
        seen = []

        def one(_, line):
            if name in line.get("body", {}) and not seen:
                seen.append(line)
                return line | {"body": line["body"] | {name: new}}
            return line

        edition.change_lines(one)

    return sealed(change)


def another_line(edition):
    """A signature more under the newest checkpoint, which the one of its size hasn't."""
    line = "\N{EM DASH} witness.example AAAAAAA=\n"
    edition.write("data/checkpoint", edition.read("data/checkpoint") + line.encode())


def another_key(edition):
    edition.seal(SigningKey(edition.key.name, STRANGER))


def cut_short(edition):
    *lines, _, end = edition.read("edition.note").split(b"\n")
    edition.write("edition.note", b"\n".join([*lines, end]))


def two_names(edition):
    edition.write("data/site/a.html", b"x")
    edition.write("data/site/A.html", b"y")


def in_log(change):
    """The bytes of the log are others, and all is signed again."""
    return sealed(lambda edition: edition.write(LOG, change(edition.read(LOG))))


def withheld_once_more(said):
    counts = said["counts"]
    more = {"withheld": counts["withheld"] + 1, "disclosed": counts["disclosed"] - 1}
    return {"counts": counts | more}


def dropped(relation):
    """The first link of a relation is taken out of the log."""

    def change(log):
        lines = log.splitlines(keepends=True)
        named = f'\\"relation\\":\\"{relation}\\"'.encode()
        at = next(i for i, line in enumerate(lines) if named in line)
        return b"".join(lines[:at] + lines[at + 1 :])

    return in_log(change)


def checkpoint_by_a_stranger(edition):
    size = edition.said["size"]
    old = edition.read("data/checkpoint").decode()
    _, _, root, *_ = old.split("\n")
    key = SigningKey(edition.key.name, STRANGER)
    note = sign(Checkpoint(edition.key.name, size, b64.decode(root)), key)
    for name in edition.files:
        data = edition.read(name)
        if name.startswith(("data/checkpoint", "data/proofs/")):
            edition.write(name, data.replace(old.encode(), note.encode()))
    edition.seal()
