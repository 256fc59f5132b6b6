"""Signed notes (C2SP signed-note)."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import MAX_NOTE, MAX_SIGNATURES, Signature, SignedNote, verify
from evidence_chain.log.note import sign as sign_note

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))
OTHER = SigningKey("witness.example", bytes(range(1, 33)))
NOTE = sign_note("one line\n", KEY)
LINE = str(SignedNote.parse(NOTE).signatures[0])

names = st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1)
texts = st.text(st.one_of(st.just("\n"), st.characters(exclude_categories=["C"]))).map(
    lambda text: text + "\n"
)
signatures = st.builds(
    Signature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80)
)
notes = st.builds(SignedNote, texts, st.lists(signatures, min_size=1, max_size=5).map(tuple))


def signed_by(*keys):
    first, *rest = (SignedNote.parse(sign_note("one line\n", key)) for key in keys)
    for note in rest:
        first = first.with_signature(note.signatures[0])
    return first


@settings(deadline=None)
@given(notes)
def test_a_note_survives_its_text(note):
    assert SignedNote.parse(note.to_text()) == note
    assert SignedNote.parse(note.to_text().encode()) == note


@settings(deadline=None)
@given(st.data())
def test_what_parses_is_what_was_written(data):
    text = data.draw(st.text(st.sampled_from("ab \n—+/=\r")) | st.just(NOTE))
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.text(st.sampled_from("a\n— \r\t="), max_size=2)) + text[at:]
    try:
        note = SignedNote.parse(text)
    except FormatError:
        return
    assert note.to_text() == text


def test_a_text_may_have_blank_lines_and_the_last_one_separates():
    note = SignedNote.parse(sign_note("a\n\n— b YWJjZGU=\n\n", KEY))
    assert note.text == "a\n\n— b YWJjZGU=\n\n"
    assert verify(note, [KEY.verifier]) == [KEY.verifier]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        f"text\n{LINE}\n",
        f"\n{LINE}\n",
        f"text\n\n{LINE}",
        f"text\n\n{LINE}X",
        f"text\n\n{LINE}\n\n",
        f"text\n\n{LINE}\nmore\n",
        f"text\n\n {LINE}\n",
        f"text\n\n{LINE} \n",
        f"text\n\n{LINE.replace('—', '-')}\n",
        f"text\n\n{LINE.replace('— ', '—')}\n",
        f"text\n\n{LINE.replace('— ', '—  ')}\n",
        f"text\n\n{LINE.replace('/cameras', '+cameras')}\n",
        f"text\n\n{LINE.replace('/cameras', chr(0xA0))}\n",
        f"text\n\n{LINE[:-1]}\n",
        f"text\n\n{LINE[:-2]}\n",
        f"text\n\n{LINE}=\n",
        "text\n\n— name \n",
        "text\n\n— name\n",
        "text\n\n— name YWJjZA==\n",
        "text\n\n— name YWJjZGV=\n",
        "text\n\n— name YWJj-_A=\n",
        f"text\r\n\r\n{LINE}\r\n",
        f"text\r\n\n{LINE}\n",
        f"te\txt\n\n{LINE}\n",
        f"te\0xt\n\n{LINE}\n",
        f"te\x1bxt\n\n{LINE}\n",
        f"te\ud800xt\n\n{LINE}\n",
    ],
)
def test_malformed_notes_are_refused(note):
    with pytest.raises(FormatError):
        SignedNote.parse(note)


@pytest.mark.parametrize("junk", [b"\xff", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80"])
def test_a_note_that_is_not_utf_8_is_refused(junk):
    with pytest.raises(FormatError, match="UTF-8"):
        SignedNote.parse(junk + NOTE.encode())


def test_a_note_may_be_large_but_not_larger():
    room = MAX_NOTE - len(sign_note("\n", KEY).encode())
    assert len(SignedNote.parse(sign_note("x" * room + "\n", KEY)).text) == room + 1
    for text in ("x" * (room + 1) + "\n", "€" * (room // 2) + "\n"):
        with pytest.raises(FormatError, match="may have"):
            sign_note(text, KEY)
        with pytest.raises(FormatError, match="may have"):
            SignedNote.parse(f"{text}\n{LINE}\n")
    with pytest.raises(FormatError, match="may have"):
        SignedNote.parse(b"\xff" * (MAX_NOTE + 1))


def test_a_note_may_have_many_signatures_but_not_more():
    text = "text\n\n" + f"{LINE}\n" * MAX_SIGNATURES
    note = SignedNote.parse(text)
    assert len(note.signatures) == MAX_SIGNATURES
    with pytest.raises(FormatError, match="1 to 100 signatures"):
        SignedNote.parse(text + f"{LINE}\n")
    with pytest.raises(FormatError, match="1 to 100 signatures"):
        note.with_signature(note.signatures[0])
    with pytest.raises(FormatError, match="1 to 100 signatures"):
        SignedNote("text\n", ())


@pytest.mark.parametrize("text", ["", "no newline", "a\rb\n", "a\tb\n", "a\0\n", "a\udfff\n"])
def test_a_text_that_no_note_holds_is_not_signed(text):
    with pytest.raises(FormatError, match="note"):
        sign_note(text, KEY)


def test_a_signature_line_needs_four_bytes_and_more():
    for key_id, signature in ((bytes(3), b"x"), (bytes(5), b"x"), (bytes(4), b"")):
        with pytest.raises(FormatError, match="cut short"):
            Signature("name", key_id, signature)


# Verification


def test_verify_names_the_known_signers_and_keeps_the_unknown():
    note = signed_by(KEY, OTHER)
    assert verify(note, [KEY.verifier]) == [KEY.verifier]
    assert verify(note, [OTHER.verifier, KEY.verifier]) == [OTHER.verifier, KEY.verifier]
    assert verify(note, []) == []
    assert [signature.name for signature in note.signatures] == [KEY.name, OTHER.name]


def test_a_key_of_the_same_name_or_the_same_id_alone_is_unknown():
    note = signed_by(KEY)
    namesake = SigningKey(KEY.name, OTHER.seed)
    assert verify(note, [namesake.verifier]) == []
    line = Signature("witness.example", KEY.verifier.key_id, b"nonsense")
    assert verify(note.with_signature(line), [KEY.verifier]) == [KEY.verifier]


@settings(deadline=None)
@given(st.integers(0, 64 * 8 - 1))
def test_any_flipped_bit_of_a_signature_fails_the_note(bit):
    note = signed_by(KEY)
    good = note.signatures[0].signature
    bad = bytes(byte ^ (1 << bit % 8 if bit // 8 == at else 0) for at, byte in enumerate(good))
    line = Signature(KEY.name, KEY.verifier.key_id, bad)
    with pytest.raises(ProofError, match="does not hold"):
        verify(SignedNote(note.text, (line,)), [KEY.verifier])
    with pytest.raises(ProofError, match="does not hold"):
        verify(note.with_signature(line), [KEY.verifier])


@pytest.mark.parametrize("signature", [b"x", bytes(63), bytes(64), bytes(65)])
def test_a_signature_of_any_length_fails_without_another_error(signature):
    line = Signature(KEY.name, KEY.verifier.key_id, signature)
    with pytest.raises(ProofError, match="does not hold"):
        verify(SignedNote("text\n", (line,)), [KEY.verifier])


def test_a_changed_text_fails_the_note():
    note = signed_by(KEY)
    with pytest.raises(ProofError, match="does not hold"):
        verify(SignedNote("another line\n", note.signatures), [KEY.verifier])


# Base64


@given(st.binary())
def test_base64_has_one_spelling(data):
    assert b64.decode(b64.encode(data)) == data


@pytest.mark.parametrize("text", ["Y", "YQ", "YQ=", "YQ==\n", " YQ==", "Y-_A", "é" * 4])
def test_what_is_not_base64_is_refused(text):
    with pytest.raises(FormatError, match="not base64"):
        b64.decode(text)


@pytest.mark.parametrize("text", ["YR==", "YW=="])
def test_another_spelling_of_base64_is_refused(text):
    with pytest.raises(FormatError, match="spelt otherwise"):
        b64.decode(text)


def test_reading_checkpoints_loads_no_cryptography():
    code = "import sys, evidence_chain.log.checkpoint; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
