"""Programs of others read an edition: as a bag (RFC 8493), and as a log in C2SP tiles."""

import bagit
import pytest
from bagit_utils import Bag
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tiles import leaf_hash

from adversary import flip
from editions import publish
from evidence_chain import kinds
from evidence_db.case import Case
from evidence_db.recording.writer import Writer


def test_a_bag_by_the_field_s_own_tool(edition):
    bagit.Bag(str(edition.path)).validate()


def test_a_bag_by_another_tool(edition):
    assert Bag(edition.path).validate().valid
    flip(edition.path / "data/README.txt")
    assert not Bag(edition.path).validate().valid


@pytest.mark.parametrize("name", ["whole", "selected", "grown"])
def test_a_log_by_a_client_of_others(editions, name):
    read_as_a_log(editions[name])


def test_a_log_of_several_tiles_by_a_client_of_others(invented, tmp_path):
    """One more than two tiles hold, after an edition within the first."""
    publish(invented, tmp_path / "first")
    with Writer(Case(invented.root), "tester") as writer:
        for number in range(2 * 256 + 1 - 29):
            writer.add(kinds.ORIGINAL, {"title": f"Letter {number}"})
    invented.run("checkpoint")
    edition = publish(invented, tmp_path / "second", 2)
    assert len(edition.lines) == 513
    read_as_a_log(edition)
    assert edition.check(seen={"first": (tmp_path / "first/edition.note").read_bytes()}).code == 0


def read_as_a_log(edition):
    """The signed root follows from the tiles, each entry is in it, and it extends older ones."""
    log = TilesReader(LocalBackend(edition.path / "data"))
    checkpoint = log.get_checkpoint()
    checkpoint.verify(Vkey.from_string(str(edition.key.verifier)))
    assert log.calculate_root_hash() == checkpoint.root_hash
    for index, line in enumerate(edition.lines):
        entry = log.get_entry(index)
        assert entry == line["entry"].encode()
        proof = log.get_inclusion_proof(index, checkpoint.size)
        proof.check(leaf_hash(entry), checkpoint.root_hash)
    for earlier in edition.said["earlier"]:
        log.set_size(earlier["size"])
        older = log.calculate_root_hash()
        log.set_size(checkpoint.size)
        proof = log.get_consistency_proof(earlier["size"], checkpoint.size)
        proof.check(older, checkpoint.root_hash)


def test_another_tile_is_not_that_of_the_log(edition):
    log = TilesReader(LocalBackend(edition.path / "data"))
    root = log.get_checkpoint().root_hash
    flip(next(edition.path.glob("data/tile/0/000.p/*")), 0)
    assert log.calculate_root_hash() != root
