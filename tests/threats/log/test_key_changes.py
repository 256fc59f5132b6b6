"""Row 63: changes of keys that break their rules, by somebody who has the keys."""

import pytest

from adversary import Insider, store_checkpoint, verdict
from evidence_chain.log import checkpoint
from evidence_chain.log.key import SigningKey


class Keyholder(Insider):
    """Changes keys in any way, and signs with any of them."""

    def change(self, old, new):
        public = {"previous": str(old.verifier), "vkey": str(new.verifier)}
        return self.record("key", {"reason": "Why not"}, public)

    def signed_by(self, *keys):
        size, root = self.rebuild()
        note = checkpoint.sign(checkpoint.Checkpoint(self.key.name, size, root), *keys)
        store_checkpoint(self.case, size, note)


@pytest.fixture
def holder(invented):
    return Keyholder(invented)


def found(holder, code):
    return verdict(holder.case, "--key", str(holder.key.verifier), code=code)


def other(name="newsroom.example/harbour"):
    return SigningKey.generate(name)


def test_what_the_attacks_start_from_holds(holder):
    new = other(holder.key.name)
    holder.change(holder.key, new)
    holder.signed_by(holder.key, new)
    assert found(holder, 0).failed == []


def test_a_key_that_was_one_before(holder):
    old, new = holder.key, other(holder.key.name)
    holder.change(old, new)
    holder.signed_by(old, new)
    holder.change(new, old)
    holder.signed_by(new, old)
    assert "succession" in found(holder, 1).failed


def test_a_change_to_the_same_key(holder):
    holder.change(holder.key, holder.key)
    holder.signed_by(holder.key)
    assert found(holder, 1).failed == ["succession"]


def test_two_changes_without_a_checkpoint_between(holder):
    old, first, second = holder.key, other(holder.key.name), other(holder.key.name)
    holder.change(old, first)
    holder.change(first, second)
    holder.signed_by(old, first, second)
    assert "succession" in found(holder, 1).failed


def test_a_change_that_begins_elsewhere(holder):
    """Its own key leads to the attacker's; that of the log doesn't."""
    old, new = other(holder.key.name), other(holder.key.name)
    holder.change(old, new)
    holder.signed_by(old, new)
    assert "signature" in found(holder, 1).failed


def test_a_key_of_another_log(holder):
    holder.change(holder.key, other("other.example/log"))
    holder.signed_by(holder.key)
    assert found(holder, 1).failed == ["succession"]


@pytest.mark.parametrize("kind", ["retraction", "erasure", "replaces", "amendment", "review"])
def test_a_change_that_is_taken_back(holder, kind):
    new = other(holder.key.name)
    id_ = holder.change(holder.key, new)
    holder.signed_by(holder.key, new)
    if kind == "replaces":
        holder.link(kind, holder.case.ids["minutes"], id_)
    else:
        review = {"reviewer": "A", "note": None, "size": 3, "root": "A", "signature": None}
        fields = {"reason": "No", "changes": {"reason": "No"}, **review}
        verdicts = {"verdict": "approved"} if kind == "review" else {}
        holder.record(kind, fields, {"to": id_, **verdicts})
    holder.signed_by(new)
    assert "rules" in found(holder, 1).failed
