"""Notes and keys against those of Go's note package and of C2SP, good and mangled."""

import json

import pytest

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.note import SignedNote, verify
from evidence_chain.log.note import sign as sign_note


@pytest.fixture
def vectors(shared):
    return json.loads(shared("vectors/signed-note/vectors.json").read_bytes())


def test_verifier_keys(vectors):
    assert vectors["vkeys"]
    for vkey in vectors["vkeys"].values():
        assert str(VerifierKey.parse(vkey)) == vkey


def test_bad_verifier_keys(vectors):
    assert vectors["bad_vkeys"]
    for vkey in vectors["bad_vkeys"]:
        with pytest.raises(FormatError):
            VerifierKey.parse(vkey)


def test_the_signing_key_signs_to_the_byte(vectors):
    key = SigningKey.parse(vectors["skey_peter"])
    assert str(key) == vectors["skey_peter"]
    assert str(key.verifier) == vectors["vkeys"]["peter"]
    note = SignedNote.parse(vectors["good"][0]["msg"])
    assert sign_note(note.text, key) == SignedNote(note.text, note.signatures[:1]).to_text()


def test_good_notes(vectors):
    assert vectors["good"]
    for case in vectors["good"]:
        note = SignedNote.parse(case["msg"])
        keys = [VerifierKey.parse(vectors["vkeys"][name]) for name in case["keys"]]
        assert verify(note, keys) == keys
        assert len(keys) == case["verified"]
        assert len(note.signatures) == case["verified"] + case["unverified"]
        assert note.to_text() == case["msg"]


def test_good_notes_fail_with_another_text(vectors):
    for case in vectors["good"]:
        note = SignedNote.parse("X" + case["msg"])
        with pytest.raises(ProofError):
            verify(note, [VerifierKey.parse(vectors["vkeys"][case["keys"][0]])])


def test_malformed_notes(vectors):
    assert vectors["malformed_latin1"]
    for text in vectors["malformed_latin1"]:
        for note in (text, text.encode()):
            with pytest.raises(FormatError):
                SignedNote.parse(note)


def test_too_many_signatures(vectors):
    text, line = vectors["good"][2]["msg"].split("\n\n")
    with pytest.raises(FormatError, match="signatures"):
        SignedNote.parse(text + "\n\n" + line * vectors["too_many"])
