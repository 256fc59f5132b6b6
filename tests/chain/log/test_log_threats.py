"""What an adversary may try on tree, notes and checkpoints, by the row of the threat list."""

import pytest

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint, parse, sign
from evidence_chain.log.key import SigningKey
from evidence_chain.log.merkle import leaf_hash, node_hash, root_of
from evidence_chain.log.note import Signature, SignedNote
from evidence_chain.log.note import sign as sign_note
from evidence_chain.log.proof import inclusion_proof, verify_inclusion

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))
LEAVES = [leaf_hash(b"entry %d" % index) for index in range(6)]
ROOT = root_of(LEAVES)
CHECKPOINT = Checkpoint(KEY.name, len(LEAVES), ROOT)
NOTE = sign(CHECKPOINT, KEY)


def hash_at(level, index):
    return root_of(LEAVES[index << level : (index + 1) << level])


def signed_anyway(text):
    """A note over a text that `sign` would never make: its signature holds."""
    return sign_note(text, KEY)


def test_what_the_attacks_start_from_holds():
    assert open_checkpoint(NOTE, KEY.verifier) == (CHECKPOINT, True)
    assert open_checkpoint(signed_anyway(CHECKPOINT.text()), KEY.verifier) == (CHECKPOINT, True)
    verify_inclusion(LEAVES[2], 2, 6, inclusion_proof(2, 6, hash_at), ROOT)


def test_row_13_the_checkpoint_of_another_case():
    other = SigningKey("newsroom.example/tenders", KEY.seed)  # even by the same secret
    with pytest.raises(ProofError, match=r"newsroom.example/tenders.*newsroom.example/cameras"):
        open_checkpoint(sign(Checkpoint(other.name, 6, ROOT), other), KEY.verifier)


def test_row_13_the_checkpoint_of_another_case_signed_with_this_key():
    text = Checkpoint("newsroom.example/tenders", 6, ROOT).text()
    with pytest.raises(ProofError, match=r"newsroom.example/tenders.*newsroom.example/cameras"):
        open_checkpoint(signed_anyway(text), KEY.verifier)


@pytest.mark.parametrize("size", ["-6", "06", "+6", "6 ", "9223372036854775808", "1" * 10_000])
def test_row_14_a_size_that_is_negative_padded_or_huge(size):
    note = signed_anyway(CHECKPOINT.text().replace("\n6\n", f"\n{size}\n"))
    with pytest.raises(FormatError):
        open_checkpoint(note, KEY.verifier)


def test_row_14_a_wrong_size_with_the_right_root():
    with pytest.raises(ProofError, match="does not hold"):
        open_checkpoint(NOTE.replace("\n6\n", "\n5\n"), KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        CHECKPOINT.text() + "an extension\n",
        CHECKPOINT.text() + "\n",
        "\n" + CHECKPOINT.text(),
        CHECKPOINT.text().replace("\n6\n", "\n\n6\n"),
    ],
    ids=["extension line", "second blank line", "leading blank line", "blank line inside"],
)
def test_row_15_lines_that_do_not_belong(text):
    with pytest.raises(FormatError):
        open_checkpoint(signed_anyway(text), KEY.verifier)


@pytest.mark.parametrize(
    "note",
    [
        NOTE[:-1],
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\n6\n", "\n6\r\n"),
        NOTE.replace("\n\n", "\n\n\n"),
        NOTE + "\n",
    ],
    ids=["no last newline", "CR LF", "one CR", "second blank line", "blank line at the end"],
)
def test_row_15_mangled_notes(note):
    with pytest.raises(FormatError):
        open_checkpoint(note, KEY.verifier)


def test_row_15_a_text_without_its_last_newline():
    with pytest.raises(FormatError, match="three lines"):
        parse(CHECKPOINT.text()[:-1])


@pytest.mark.parametrize("bad_first", [True, False])
def test_row_16_a_bad_signature_of_the_known_key_beside_a_good_one(bad_first):
    stranger = SignedNote.parse(
        sign_note(CHECKPOINT.text(), SigningKey("stranger.example", bytes(32)))
    )
    bad = Signature(KEY.name, KEY.verifier.key_id, bytes(64))
    good = stranger.signatures[0]
    note = SignedNote(CHECKPOINT.text(), (bad, good) if bad_first else (good, bad))
    with pytest.raises(ProofError, match="does not hold"):
        open_checkpoint(note.to_text(), KEY.verifier)


@pytest.mark.parametrize("bad_first", [True, False])
def test_row_16_a_bad_signature_of_the_known_key_beside_its_own_good_one(bad_first):
    good = SignedNote.parse(NOTE).signatures[0]
    bad = Signature(KEY.name, KEY.verifier.key_id, bytes(64))
    note = SignedNote(CHECKPOINT.text(), (bad, good) if bad_first else (good, bad))
    with pytest.raises(ProofError, match="does not hold"):
        open_checkpoint(note.to_text(), KEY.verifier)


def test_row_17_the_right_key_id_with_the_signature_of_another_key():
    forger = SigningKey(KEY.name, bytes(32))
    forged = SignedNote.parse(sign_note(CHECKPOINT.text(), forger)).signatures[0]
    line = Signature(KEY.name, KEY.verifier.key_id, forged.signature)
    with pytest.raises(ProofError, match="does not hold"):
        open_checkpoint(SignedNote(CHECKPOINT.text(), (line,)).to_text(), KEY.verifier)


def test_row_18_an_inclusion_proof_of_something_else():
    proof = inclusion_proof(2, 6, hash_at)
    for leaf, index, size, hashes in (
        (LEAVES[2], 3, 6, proof),
        (LEAVES[3], 2, 6, proof),
        (LEAVES[2], 2, 3, proof),
        (LEAVES[2], 2, 16, proof),
        (LEAVES[2], 2, 6, proof[:-1]),
        (LEAVES[2], 2, 6, [*proof, ROOT]),
        (LEAVES[2], 2, 6, []),
    ):
        with pytest.raises(ProofError):
            verify_inclusion(leaf, index, size, hashes, ROOT)


def test_row_19_a_node_passed_off_as_a_leaf():
    left, right = hash_at(1, 0), hash_at(1, 1)
    claimed = leaf_hash(LEAVES[0] + LEAVES[1])
    assert claimed != left
    with pytest.raises(ProofError, match="gives the root"):
        verify_inclusion(claimed, 0, 2, [right], node_hash(left, right))


def test_row_19_a_subtree_passed_off_as_a_leaf_of_the_whole_log():
    with pytest.raises(ProofError, match="hashes where 3 belong"):
        verify_inclusion(hash_at(1, 0), 0, 6, [hash_at(1, 1), hash_at(1, 2)], ROOT)
