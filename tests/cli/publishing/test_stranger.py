"""A stranger checks a case with SQLite, BLAKE3 and SHA-256 and none of our code."""

import base64
import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
import rfc8785
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SALTS = "evidence-chain 2026-11-21 v1 field salts"
COMMITMENT = "evidence-chain 2026-11-21 v1 field commitment"


@pytest.fixture
def database(demo_case):
    with closing(sqlite3.connect(demo_case.database)) as connection:
        yield connection


def test_every_id_is_the_digest_of_its_entry(database):
    rows = database.execute("SELECT idx, id, kind, entry FROM entry ORDER BY idx").fetchall()
    assert [idx for idx, *_ in rows] == list(range(len(rows)))
    for _, id_, kind, entry in rows:
        assert blake3(entry.encode()).hexdigest() == id_
        assert rfc8785.dumps(json.loads(entry)) == entry.encode()
        assert json.loads(entry)["kind"] == kind


def test_every_value_is_the_one_committed_to(database):
    entries = dict(database.execute("SELECT idx, entry FROM entry"))
    query = "SELECT idx, body, seed FROM record JOIN seal USING (idx)"
    rows = database.execute(query).fetchall()
    assert len(rows) == len(entries)
    for idx, body, seed in rows:
        values, sealed = json.loads(body), json.loads(entries[idx])["sealed"]
        assert values.keys() == sealed.keys()
        stream = blake3(seed, derive_key_context=SALTS).digest(length=32 * len(sealed))
        names = sorted(sealed, key=str.encode)
        opening = {name: stream[32 * at :][:32] for at, name in enumerate(names)}
        for name, value in values.items():
            encoded, label = rfc8785.dumps(value), name.encode()
            data = opening[name]
            data += len(label).to_bytes(8, "big") + label
            data += len(encoded).to_bytes(8, "big") + encoded
            assert blake3(data, derive_key_context=COMMITMENT).hexdigest() == sealed[name]


def test_the_checkpoint_signs_the_root_of_all_entries(database, demo_case):
    (size, note) = database.execute(
        "SELECT size, note FROM checkpoint ORDER BY size DESC"
    ).fetchone()
    leaves = [
        hashlib.sha256(b"\0" + entry.encode()).digest()
        for (entry,) in database.execute("SELECT entry FROM entry ORDER BY idx")
    ]
    text, _, signature_line = note.partition("\n\n")
    origin, number, root = text.split("\n")
    assert int(number) == size == len(leaves)
    assert base64.b64decode(root) == tree_root(leaves)
    vkey = demo_case.vkey
    signature = base64.b64decode(signature_line.split()[-1])
    assert signature[:4] == bytes.fromhex(vkey.split("+")[1])
    public = base64.b64decode(vkey.split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], f"{text}\n".encode())
    assert vkey.startswith(origin + "+")


def tree_root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = tree_root(leaves[:half]), tree_root(leaves[half:])
    return hashlib.sha256(b"\1" + left + right).digest()


def test_every_passage_stands_in_a_preserved_stream(database, demo_case):
    files = demo_case.root / "artifacts"
    passages = 0
    for kind, body in database.execute("SELECT kind, body FROM record"):
        values = json.loads(body)
        if kind == "artifact":
            content = (files / values["blake3"][:2] / values["blake3"]).read_bytes()
            assert blake3(content).hexdigest() == values["blake3"]
            assert hashlib.sha256(content).hexdigest() == values["sha256"]
            assert len(content) == values["size"]
        elif kind.startswith("evidence/"):
            passages += 1
            stream = (files / values["extracted"][:2] / values["extracted"]).read_bytes()
            assert blake3(stream).hexdigest() == values["extracted"]
            quote, position, *page = values["selector"]
            text = stream.decode()
            assert text[position["start"] : position["end"]] == quote["exact"]
            for region in values["regions"] or ():
                crop = (files / region["crop"][:2] / region["crop"]).read_bytes()
                assert blake3(crop).hexdigest() == region["crop"]
                assert f"page={region['page']}" in [one["value"] for one in page]
    assert passages == 16
