"""What those who passed a message on signed of it (ARC), told as theirs."""

import pytest

from evidence_chain.mail import Key, describe
from evidence_chain.mail.dkim import check_signatures
from signing import NOW, message, outcome, pass_on

NOT_CHECKED = ("not-checked", "no-key")
VALID = ("valid", None)


@pytest.fixture
def keys(signer, other_signer):
    hops = [signer.key(domain=name, selector="arc") for name in ("list.example", "relay.example")]
    return [other_signer.key(), *hops]


@pytest.fixture
def passed_on(signer, other_signer):
    once = pass_on(other_signer.sign(message()), signer, 1)
    return pass_on(once, signer, 2, domain="relay.example")


def verdicts(content, keys):
    return check_signatures(content, keys, NOW)


def told(content, keys):
    found = verdicts(content, keys)
    return {(one["header"], one["instance"]): outcome(one) for one in found}


def test_each_seal_and_signature_is_checked_and_told_as_theirs(passed_on, keys):
    assert told(passed_on, keys) == {
        ("DKIM-Signature", None): VALID,
        ("ARC-Message-Signature", 1): VALID,
        ("ARC-Seal", 1): VALID,
        ("ARC-Message-Signature", 2): VALID,
        ("ARC-Seal", 2): VALID,
    }
    sender, *others = verdicts(passed_on, keys)
    assert sender["warnings"] == []
    for one in others:
        assert "intermediary" in one["warnings"]
        assert one["aligned"] == "unknown"
        assert "not of the sender" in describe(one)
    assert "list.example (ARC-Seal 1): valid" in describe(others[1])


def test_without_their_keys_nothing_is_checked(passed_on):
    assert set(told(passed_on, []).values()) == {NOT_CHECKED}


def test_another_body_breaks_their_signatures_and_no_seal(passed_on, keys):
    found = told(passed_on.replace(b"never told", b"often told"), keys)
    assert found["ARC-Message-Signature", 1] == ("invalid", "body-differs")
    assert found["ARC-Seal", 2] == VALID


@pytest.mark.parametrize("number", [1, 2])
def test_a_changed_result_breaks_the_seals_from_then_on(passed_on, keys, number):
    was = b"Results: i=%d; " % number
    changed = told(passed_on.replace(was, was + b"x"), keys)
    assert changed["ARC-Seal", 2] == ("invalid", "signature-differs")
    assert changed["ARC-Seal", 1] == (VALID if number == 2 else ("invalid", "signature-differs"))
    assert changed["DKIM-Signature", None] == VALID


def test_a_field_that_is_missing_or_there_twice(passed_on, keys):
    line = b"ARC-Authentication-Results: i=1; list.example; dkim=pass\r\n"
    for changed in (passed_on.replace(line, b""), passed_on.replace(line, line * 2)):
        found = told(changed, keys)
        assert found["ARC-Seal", 1] == found["ARC-Seal", 2] == ("refused", "arc-set")


def test_a_chain_that_says_itself_that_it_is_broken(passed_on, signer, keys):
    broken = pass_on(passed_on, signer, 3, cv="fail")
    last = verdicts(broken.replace(b"i=1; ", b"i=1;x "), keys)[-1]
    assert outcome(last) == VALID
    assert "chain-broken" in last["warnings"]


@pytest.mark.parametrize("value", [b"i=51; cv=none", b"i=1", b"i=0; cv=pass", b"nothing"])
def test_a_malformed_seal(value):
    (found,) = verdicts(b"ARC-Seal: " + value + b"\r\n" + message(), [Key("file x", "p=")])
    assert outcome(found) == ("refused", "malformed")


def test_of_very_many_the_first_are_checked():
    seals = b"".join(b"ARC-Seal: i=%d\r\n" % number for number in range(1, 31))
    found = verdicts(seals + message(), [])
    assert len(found) == 21
    assert outcome(found[-1]) == ("not-checked", "too-many")
    assert found[-1]["detail"] == "10 more"
