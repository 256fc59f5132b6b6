"""Rows 13-20, with checkpoints: each is tried as a stored one and as one that was seen before."""

import pytest

from adversary import Insider, store_checkpoint, tampering, verdict
from cases import make_empty_case
from evidence_chain.errors import ProofError
from evidence_chain.log.checkpoint import Checkpoint, parse, sign
from evidence_chain.log.key import SigningKey
from evidence_chain.log.merkle import Frontier, leaf_hash, node_hash, root_of
from evidence_chain.log.note import Signature, SignedNote
from evidence_chain.log.note import sign as sign_note
from evidence_chain.log.proof import inclusion_proof, verify_inclusion


@pytest.fixture
def signed(case):
    """The newest checkpoint of the case."""
    return parse(SignedNote.parse(case.seen.read_text()).text)


def refused_as_stored(case, note, size, check="signature"):
    """Only the checkpoint is at fault, and what it would have covered is not checked."""
    store_checkpoint(case, size, note, alone=True)
    found = verdict(case, code=1)
    assert found.failed == [check]
    assert found.missed <= {"coverage"}


def refused_as_seen(case, note):
    shown = case.write("shown.checkpoint", note)
    if not note:  # which is another file, and says nothing against the log
        assert "it is empty" in case.run("verify", "--seen", shown, code=2).stderr
        return
    found = verdict(case, "--seen", shown, code=1)
    assert found.failed == ["seen"]
    assert found.missed == set()


def refused(case, note, size):
    refused_as_seen(case, note)
    refused_as_stored(case, note, size)


def test_what_the_attacks_start_from_holds(case, signed):
    store_checkpoint(case, signed.size, sign(signed, case.key), alone=True)
    shown = case.write("shown.checkpoint", sign_note(signed.text(), case.key))
    assert verdict(case, "--seen", shown, code=0).failed == []


def test_row_13_the_checkpoint_of_another_case(case, signed, tmp_path):
    other = make_empty_case(tmp_path / "other")
    other.run("claim", "elsewhere", "In another case")
    stranger = SigningKey("newsroom.example/tenders", other.key.seed)
    refused(case, sign(Checkpoint(stranger.name, signed.size, signed.root), stranger), signed.size)


def test_row_13_the_checkpoint_of_another_case_signed_with_this_key(case, signed):
    text = Checkpoint("newsroom.example/tenders", signed.size, signed.root).text()
    refused(case, sign_note(text, case.key), signed.size)


def test_row_13_the_checkpoint_of_another_case_under_the_same_name(case, signed, tmp_path):
    """The key tells the two apart, if whoever made the other one had a key of their own."""
    other = make_empty_case(tmp_path / "other")
    other.run("claim", "elsewhere", "In another case")
    refused(case, other.json("checkpoint")["note"], signed.size)


@pytest.mark.parametrize(
    "size", ["-27", "027", "+27", "27 ", "2.7e1", "", "9223372036854775808", "1" * 5000]
)
def test_row_14_a_size_that_is_no_plain_number(case, signed, size):
    text = signed.text().replace(f"\n{signed.size}\n", f"\n{size}\n")
    assert text != signed.text()
    refused(case, sign_note(text, case.key), signed.size)


@pytest.mark.parametrize("more", [-1, 1, 2**62])
def test_row_14_the_right_root_with_a_wrong_size(case, signed, more):
    """Even signed by the right key it is not a checkpoint of this log."""
    note = sign(Checkpoint(signed.origin, signed.size + more, signed.root), case.key)
    refused_as_seen(case, note)
    store_checkpoint(case, signed.size + more, note, alone=True)
    found = verdict(case, code=1)
    assert found.failed == ["tree-root"]
    assert found.missed <= {"coverage"}


def test_row_14_stored_under_another_size_than_it_says(case, signed):
    refused_as_stored(case, sign(signed, case.key), signed.size + 1)


MANGLED = {
    "extension line": lambda note, text, key: sign_note(text + "an extension\n", key),
    "no last newline": lambda note, text, key: note[:-1],
    "CR LF": lambda note, text, key: note.replace("\n", "\r\n"),
    "one CR": lambda note, text, key: note.replace("\n", "\r\n", 1),
    "second blank line": lambda note, text, key: note.replace("\n\n", "\n\n\n"),
    "blank line in the text": lambda note, text, key: sign_note(text + "\n", key),
    "blank line at the end": lambda note, text, key: note + "\n",
    "text after the signature": lambda note, text, key: note + "approved\n",
    "white space after the root": lambda note, text, key: sign_note(text[:-1] + " \n", key),
    "root of another alphabet": lambda note, text, key: sign_note(
        "\n".join([*text.split("\n")[:2], "-_" * 21 + "8=", ""]), key
    ),
    "nothing": lambda note, text, key: "",
}


@pytest.mark.parametrize("what", MANGLED)
def test_row_15_lines_and_line_ends_that_do_not_belong(case, signed, what):
    refused(case, MANGLED[what](case.seen.read_text(), signed.text(), case.key), signed.size)


@pytest.mark.parametrize("bad_first", [True, False])
def test_row_16_a_bad_signature_of_the_known_key_beside_a_good_one(case, signed, bad_first):
    stranger = SignedNote.parse(sign_note(signed.text(), SigningKey.generate("stranger.example")))
    bad = Signature(case.key.name, case.key.verifier.key_id, bytes(64))
    good = stranger.signatures[0]
    lines = (bad, good) if bad_first else (good, bad)
    refused(case, SignedNote(signed.text(), lines).to_text(), signed.size)


def test_row_16_a_good_signature_of_an_unknown_key_beside_the_right_one_is_kept(case, signed):
    stranger = SignedNote.parse(sign_note(signed.text(), SigningKey.generate("stranger.example")))
    note = SignedNote.parse(case.seen.read_text()).with_signature(stranger.signatures[0])
    store_checkpoint(case, signed.size, note.to_text())
    assert verdict(case, code=3)[:2] == ([], {"signature"})


def test_row_17_the_right_key_id_with_the_signature_of_another_key(case, signed):
    forged = SignedNote.parse(sign_note(signed.text(), SigningKey.generate(case.key.name)))
    line = Signature(case.key.name, case.key.verifier.key_id, forged.signatures[0].signature)
    refused(case, SignedNote(signed.text(), (line,)).to_text(), signed.size)


def test_row_17_a_signature_over_another_checkpoint(case, signed):
    early = SignedNote.parse(case.early.read_text())
    refused(case, SignedNote(signed.text(), early.signatures).to_text(), signed.size)


@pytest.fixture
def leaves(case):
    return [leaf_hash(entry.encode()) for entry in Insider(case).entries()]


def hash_at(leaves):
    return lambda level, n: root_of(leaves[n << level : (n + 1) << level])


def test_row_18_inclusion_proofs_of_the_case_prove_that_entry_alone(leaves, signed):
    size = len(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(index, size, hash_at(leaves))
        verify_inclusion(leaf, index, size, proof, signed.root)
        for wrong in (
            (leaves[index - 1], index, size, proof),
            (leaf, (index + 1) % size, size, proof),
            (leaf, index, 2 * size + 6, proof),
            (leaf, index, size, [*proof, leaf]),
            (leaf, index, size, proof[:-1]),
        ):
            with pytest.raises(ProofError):
                verify_inclusion(*wrong, signed.root)


def test_row_18_a_stored_tree_that_proves_nothing_is_told(case):
    with tampering(case) as db:
        db.execute("UPDATE tree_node SET hash = zeroblob(32) WHERE level = 2")
    resolved = case.json("resolve", "board-knew", code=1)
    assert resolved["integrity"]["outcome"] == "failed"
    findings = {
        one["check"] for one in resolved["integrity"]["findings"] if one["outcome"] == "failed"
    }
    assert findings == {"inclusion"}


def test_row_19_a_node_is_not_a_leaf(leaves, signed):
    """Pairs of hashes passed off as entries give another root, and another proof."""
    pairs = [left + right for left, right in zip(leaves[::2], leaves[1::2], strict=False)]
    rest = leaves[len(pairs) * 2 :]
    frontier = Frontier()
    for pair in pairs:
        frontier.append(leaf_hash(pair))
    for leaf in rest:
        frontier.append(leaf)
    assert frontier.root() != signed.root
    size = len(leaves)
    above = inclusion_proof(0, size, hash_at(leaves))[1:]
    for claimed, among in (
        (node_hash(*leaves[:2]), size),
        (leaf_hash(pairs[0]), size),
        (leaf_hash(pairs[0]), (size + 1) // 2),
    ):
        with pytest.raises(ProofError):
            verify_inclusion(claimed, 0, among, above, signed.root)


def test_row_20_bytes_moved_between_the_lines_of_a_checkpoint(case, signed):
    """`…/harbour2` of size 7 is not `…/harbour` of size 27."""
    text = signed.text().replace(f"\n{signed.size}\n", f"{str(signed.size)[0]}\n7\n", 1)
    assert text.split("\n")[0].endswith("harbour2")
    line = SignedNote.parse(case.seen.read_text()).signatures
    refused(case, SignedNote(text, line).to_text(), 7)
