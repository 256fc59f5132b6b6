"""Row 64: signatures under a checkpoint that are not those of the log."""

import base64
from dataclasses import replace

import pytest

from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import Signature, SignedNote


def signed_too(edition, signature):
    """What is found where the newest checkpoint has a signature more."""
    edition.cosign(signature)
    return edition.check()


def own(edition):
    (signature,) = SignedNote.parse(edition.read("data/checkpoint")).signatures
    return signature


OTHERS = {
    "an unknown witness": lambda one: Signature("witness.example/w", b"wide", bytes(72)),
    "a key of another type under the log's name": lambda one: replace(one, key_id=b"wide"),
}


@pytest.mark.parametrize("who", OTHERS)
def test_row_64_what_nobody_knows_is_kept_and_says_nothing(edition, who):
    assert signed_too(edition, OTHERS[who](own(edition))).code == 0


def test_row_64_the_log_signs_once(edition):
    assert signed_too(edition, own(edition)).failed == {"signature"}


def test_row_64_only_a_stranger_signs(edition):
    stranger = SigningKey(edition.key.name, bytes(32))
    note = SignedNote.parse(edition.read("data/checkpoint"))
    other = Signature(stranger.name, stranger.verifier.key_id, stranger.sign(note.text.encode()))
    old = base64.b64encode(own(edition).key_id + own(edition).signature)
    new = base64.b64encode(other.key_id + other.signature)
    for name in edition.files:
        if name.startswith(("data/checkpoint", "data/proofs/")):
            edition.write(name, edition.read(name).replace(old, new))
    with edition.database() as db:
        db.execute("UPDATE checkpoint SET note = replace(note, ?, ?)", (old.decode(), new.decode()))
    edition.seal()
    assert edition.check().failed == {"signature"}
