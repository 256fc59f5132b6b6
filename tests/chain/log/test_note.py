"""Signed notes (C2SP signed-note)."""

import subprocess
import sys

import pytest

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import MAX_NOTE, MAX_SIGNATURES, Signature, SignedNote, verify
from evidence_chain.log.note import sign as sign_note

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))
OTHER = SigningKey("witness.example", bytes(range(1, 33)))
NOTE = sign_note("one line\n", KEY)
LINE = str(SignedNote.parse(NOTE).signatures[0])


def signed_by(*keys):
    first, *rest = (SignedNote.parse(sign_note("one line\n", key)) for key in keys)
    for note in rest:
        first = first.with_signature(note.signatures[0])
    return first


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
