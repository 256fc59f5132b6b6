"""Row 64: cosignatures under the checkpoints of editions, moved and made up."""

import pytest

from evidence_chain.log.witness.policy import TrustPolicy
from witnesses import Witness, policy_of

FOR = {
    "this checkpoint": lambda text: text,
    "another log": lambda text: f"other.{text}",
    "another size": lambda text: text.replace("\n", "\n1", 1),
}


def found(edition, witness, change):
    """What somebody finds who asks for the witness, by its key and by a policy."""
    edition.cosign(witness.cosignature(change(edition.newest)))
    policy = TrustPolicy.parse(policy_of((witness, None)).encode())
    return [edition.check(witnesses=(str(witness.key),)), edition.check(policy=policy)]


@pytest.mark.parametrize("is_new", [False, True], ids=["Ed25519", "ML-DSA-44"])
@pytest.mark.parametrize("of", ["this checkpoint", "another log", "another size"])
def test_row_64_what_a_cosignature_is_over(edition, of, is_new):
    for one in found(edition, Witness(1, [], is_new=is_new), FOR[of]):
        assert one.failed == (set() if of == "this checkpoint" else {"cosignature"})
        assert one.code == (0 if of == "this checkpoint" else 1)


def test_row_64_a_cosignature_that_nobody_asked_for_changes_nothing(edition):
    edition.cosign(Witness(1, []).cosignature("anything"))
    assert edition.check().code == 0


def test_row_64_a_quorum_needs_different_witnesses(edition):
    one, other = Witness(1, []), Witness(2, [])
    for time in (1, 2):
        edition.cosign(one.cosignature(edition.newest, time))
    policy = TrustPolicy.parse(policy_of((one, None), (other, None), quorum="2").encode())
    said = edition.check(policy=policy)
    assert (said.failed, said.missed) == (set(), {"cosignature"})
    assert "cosigned by 1 of 2" in said.details
