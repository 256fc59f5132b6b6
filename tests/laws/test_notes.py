"""Notes, keys and checkpoints survive their text, and no change of one goes unnoticed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint, parse, sign
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.log.note import Signature, SignedNote, verify
from evidence_chain.log.note import sign as sign_note

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))
NOTE = sign_note("one line\n", KEY)
CHECKPOINT = Checkpoint(KEY.name, 1, leaf_hash(b"the only entry"))

names = st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1)
texts = st.text(st.one_of(st.just("\n"), st.characters(exclude_categories=["C"]))).map(
    lambda text: text + "\n"
)
signatures = st.builds(
    Signature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80)
)
notes = st.builds(SignedNote, texts, st.lists(signatures, min_size=1, max_size=5).map(tuple))
checkpoints = st.builds(
    Checkpoint, names, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32)
)


@given(names, st.binary(min_size=32, max_size=32))
def test_keys_survive_their_encodings(name, seed):
    key = SigningKey(name, seed)
    assert SigningKey.parse(str(key)) == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    assert verify(SignedNote.parse(sign_note("text\n", key)), [key.verifier]) == [key.verifier]
    assert key.verifier.signed(b"text", key.sign(b"text"))


@given(st.data())
def test_a_changed_letter_of_a_verifier_key_is_refused(data):
    text = str(KEY.verifier)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(string.printable).filter(lambda c: c != text[at]))
    with pytest.raises(FormatError):
        VerifierKey.parse(text[:at] + letter + text[at + 1 :])


@given(st.data())
def test_a_changed_letter_of_a_signing_key_is_refused_and_the_seed_not_shown(data):
    text = str(KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(string.printable).filter(lambda c: c != text[at]))
    with pytest.raises(FormatError) as refused:
        SigningKey.parse(text[:at] + letter + text[at + 1 :])
    assert text[-20:] not in str(refused.value)


@given(notes)
def test_a_note_survives_its_text(note):
    assert SignedNote.parse(note.to_text()) == note
    assert SignedNote.parse(note.to_text().encode()) == note


@given(st.data())
def test_what_parses_as_a_note_is_what_was_written(data):
    text = data.draw(st.text(st.sampled_from("ab \n—+/=\r")) | st.just(NOTE))
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.text(st.sampled_from("a\n— \r\t="), max_size=2)) + text[at:]
    try:
        note = SignedNote.parse(text)
    except FormatError:
        return
    assert note.to_text() == text


@given(st.integers(0, 64 * 8 - 1))
def test_any_flipped_bit_of_a_signature_fails_the_note(bit):
    note = SignedNote.parse(NOTE)
    good = note.signatures[0].signature
    bad = bytes(byte ^ (1 << bit % 8 if bit // 8 == at else 0) for at, byte in enumerate(good))
    line = Signature(KEY.name, KEY.verifier.key_id, bad)
    with pytest.raises(ProofError, match="does not hold"):
        verify(SignedNote(note.text, (line,)), [KEY.verifier])
    with pytest.raises(ProofError, match="does not hold"):
        verify(note.with_signature(line), [KEY.verifier])


@given(checkpoints)
def test_a_checkpoint_survives_its_text(checkpoint):
    assert parse(checkpoint.text()) == checkpoint


@given(checkpoints)
def test_a_signed_checkpoint_opens_with_its_key_alone(checkpoint):
    key = SigningKey(checkpoint.origin, bytes(32))
    note = sign(checkpoint, key)
    assert open_checkpoint(note, key.verifier) == (checkpoint, True)
    assert open_checkpoint(note.encode(), key.verifier) == (checkpoint, True)
    assert open_checkpoint(note, None) == (checkpoint, False)
    namesake = SigningKey(checkpoint.origin, bytes(range(32)))
    with pytest.raises(ProofError, match="no signature by"):
        open_checkpoint(note, namesake.verifier)


@given(st.data())
def test_what_parses_as_a_checkpoint_is_what_was_written(data):
    text = data.draw(st.sampled_from([CHECKPOINT.text(), "o\n0\n"]))
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.text(max_size=2)) + text[at + data.draw(st.integers(0, 1)) :]
    try:
        checkpoint = parse(text)
    except FormatError:
        return
    assert checkpoint.text() == text
