"""Entries, salts and commitments against the format's own worked examples."""

import base64
import json

import pytest

from evidence_chain import canonical
from evidence_chain.digest import b3, sha256
from evidence_chain.entry import derive_salts, open_record, parse, seal
from evidence_chain.errors import FormatError
from evidence_chain.log.merkle import leaf_hash


@pytest.fixture
def vectors(shared):
    return json.loads(shared("format-vectors.json").read_bytes())


def test_vector_records(vectors):
    assert len(vectors["records"]) == 8
    for vector in vectors["records"]:
        record = seal(
            vector["kind"],
            vector["fields"],
            seed=bytes.fromhex(vector["seed"]),
            public=vector["open"],
        )
        assert record.entry.decode() == vector["entry"]
        assert record.id == vector["id"]
        assert leaf_hash(record.entry).hex() == vector["leaf"]
        assert json.loads(record.salts) == vector["salts"]
        assert record.body == canonical.encode(vector["fields"])


def test_vector_entries_open(vectors):
    for vector in vectors["records"]:
        entry = parse(vector["entry"].encode())
        assert (entry.kind, entry.open) == (vector["kind"], vector["open"])
        assert entry.sealed.keys() == vector["fields"].keys()
        body, salts = map(canonical.encode, (vector["fields"], vector["salts"]))
        assert open_record(entry, body, salts) == vector["fields"]


def test_vector_salts(vectors):
    for vector in vectors["records"]:
        salts = derive_salts(bytes.fromhex(vector["seed"]), vector["fields"])
        assert {name: salt.hex() for name, salt in salts.items()} == vector["salts"]
        assert list(salts) == sorted(salts, key=lambda name: name.encode("utf-8"))


def test_vector_file(vectors):
    file = base64.b64decode(vectors["file"]["base64"])
    fields = vectors["records"][0]["fields"]
    assert b3(file).hex() == fields["blake3"]
    assert sha256(file).hex() == fields["sha256"]
    assert len(file) == fields["size"]


def test_vector_refusals(vectors):
    assert len(vectors["refused"]) >= 9
    for what, entry in vectors["refused"].items():
        with pytest.raises(FormatError):
            pytest.fail(f"{what}: {parse(entry.encode())}")
