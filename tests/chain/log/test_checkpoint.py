"""Checkpoints (C2SP tlog-checkpoint, without extension lines)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log import b64
from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint, parse, sign
from evidence_chain.log.key import SigningKey
from evidence_chain.log.merkle import EMPTY_ROOT, leaf_hash
from evidence_chain.log.note import SignedNote
from evidence_chain.log.note import sign as sign_note

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))
OTHER = SigningKey("newsroom.example/tenders", bytes(range(32)))
ROOT = leaf_hash(b"the only entry")
CHECKPOINT = Checkpoint(KEY.name, 1, ROOT)
NOTE = sign(CHECKPOINT, KEY)

names = st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1)
checkpoints = st.builds(
    Checkpoint, names, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32)
)


@given(checkpoints)
def test_a_checkpoint_survives_its_text(checkpoint):
    assert parse(checkpoint.text()) == checkpoint


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.data())
def test_what_parses_is_what_was_written(data):
    text = data.draw(st.sampled_from([CHECKPOINT.text(), "o\n0\n"]))
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.text(max_size=2)) + text[at + data.draw(st.integers(0, 1)) :]
    try:
        checkpoint = parse(text)
    except FormatError:
        return
    assert checkpoint.text() == text


ROOT_TEXT = b64.encode(ROOT)


def text(origin=KEY.name, size="1", root=ROOT_TEXT, end="\n"):
    return f"{origin}\n{size}\n{root}{end}"


def test_the_text_that_the_bad_ones_are_made_from_is_good():
    assert parse(text()) == CHECKPOINT
    assert parse(text(size=str(2**63 - 1))).size == 2**63 - 1
    assert parse(text(size="0", root=b64.encode(EMPTY_ROOT))).size == 0


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "\n",
        "\n\n\n",
        text(origin=""),
        text(origin="two words"),
        text(origin="a+b"),
        text(end=""),
        text(end="\n\n"),
        text(end="\nextension\n"),
        text(end="\r\n"),
        text().replace("\n", "\r\n"),
        "\n" + text(),
        "\ufeff " + text(),
        *(
            text(size=size)
            for size in (
                "", "-1", "+1", "01", "00", " 1", "1 ", "1.0", "1e3", "0x1", "1_000", "١", "１",
                str(2**63), str(2**64), "9" * 5000,
            )
        ),
        *(
            text(root=root)
            for root in (
                "", "AA==", ROOT_TEXT[:-1], ROOT_TEXT + "=", ROOT.hex(),
                b64.encode(ROOT[:31]), b64.encode(ROOT + b"\0"), " " + ROOT_TEXT,
                ROOT_TEXT[:-2] + "j=", "é" * 44,
            )
        ),
    ],
)  # fmt: skip
def test_malformed_checkpoints_are_refused(bad):
    with pytest.raises(FormatError):
        parse(bad)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, ROOT), ("a b", 1, ROOT), ("a", -1, ROOT), ("a", 2**63, ROOT), ("a", 1, ROOT[1:])],
)
def test_impossible_checkpoints_are_not_made(origin, size, root):
    with pytest.raises(FormatError):
        Checkpoint(origin, size, root)


def test_a_log_does_not_sign_for_another():
    with pytest.raises(ProofError, match=r"newsroom.example/cameras.*newsroom.example/tenders"):
        sign(CHECKPOINT, OTHER)


def test_opening_with_the_key_of_another_log_names_both():
    with pytest.raises(ProofError, match=r"newsroom.example/cameras.*newsroom.example/tenders"):
        open_checkpoint(NOTE, OTHER.verifier)


def test_a_bad_signature_is_refused_only_when_the_key_is_known():
    note = NOTE.replace("\n1\n", "\n2\n")
    with pytest.raises(ProofError, match="does not hold"):
        open_checkpoint(note, KEY.verifier)
    assert open_checkpoint(note, None) == (Checkpoint(KEY.name, 2, ROOT), False)


def test_signatures_of_witnesses_are_left_alone():
    witness = SignedNote.parse(sign_note(CHECKPOINT.text(), OTHER)).signatures[0]
    note = SignedNote.parse(NOTE).with_signature(witness).to_text()
    assert open_checkpoint(note, KEY.verifier) == (CHECKPOINT, True)


def test_a_note_that_is_no_checkpoint_is_refused():
    with pytest.raises(FormatError, match="three lines"):
        open_checkpoint(sign_note("a letter\n", KEY), KEY.verifier)
    with pytest.raises(FormatError, match="A note is"):
        open_checkpoint(CHECKPOINT.text(), KEY.verifier)
