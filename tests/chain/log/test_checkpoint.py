"""Checkpoints (C2SP tlog-checkpoint, without extension lines)."""

import pytest

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
