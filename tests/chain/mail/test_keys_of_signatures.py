"""THREATS 42: which keys a signature may be made with, and what a key allows."""

import pytest

from evidence_chain.mail import Key
from signing import VALID, check_one, message, named_key, outcome, rsa_signer


@pytest.mark.parametrize(
    ("bits", "expected", "warnings"),
    [
        (512, ("refused", "key-weak"), ["key-weak"]),
        (1016, ("refused", "key-weak"), ["key-weak"]),
        (1024, VALID, ["key-weak"]),
    ],
)
def test_short_keys(bits, expected, warnings):
    signer = rsa_signer(bits)
    verdict = check_one(signer.sign(message()), signer.key())
    assert outcome(verdict) == expected
    assert verdict["key_bits"] == bits
    assert verdict["warnings"] == warnings


@pytest.mark.parametrize("algorithm", ["rsa-sha1"])
def test_sha1(signer, algorithm):
    signed = signer.sign(message(), a=algorithm, bh="A" * 27 + "=")
    assert outcome(check_one(signed, signer.key())) == ("refused", "algorithm")


def test_an_unknown_algorithm(signer):
    signed = signer.sign(message()).replace(b"rsa-sha256", b"rsa-sha257")
    assert outcome(check_one(signed, signer.key())) == ("refused", "algorithm")


def test_a_subdomain_under_a_strict_key(signer):
    signed = signer.sign(message(), i="@mail.quillmar.example")
    assert outcome(check_one(signed, signer.key())) == VALID
    verdict = check_one(signed, signer.key("t=s; "))
    assert outcome(verdict) == ("refused", "strict-domain")
    assert verdict["key_flags"] == ["s"]


def test_its_own_domain_under_a_strict_key(signer):
    signed = signer.sign(message(), i="press@QUILLMAR.example")
    assert outcome(check_one(signed, signer.key("t=y:s; "))) == VALID


def test_another_domain_as_identity(signer):
    signed = signer.sign(message(), i="@notquillmar.example")
    assert outcome(check_one(signed, signer.key())) == ("refused", "identity")


def test_a_testing_key(signer):
    verdict = check_one(signer.sign(message()), signer.key("t=y; "))
    assert outcome(verdict) == VALID
    assert verdict["warnings"] == ["testing"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("h=sha1; ", "key-unfit"),
        ("s=tlsrpt; ", "key-unfit"),
        ("s=tlsrpt:email; ", None),
        ("h=sha1:sha256; s=email; ", None),
    ],
)
def test_keys_for_other_uses(signer, more, reason):
    assert check_one(signer.sign(message()), signer.key(more))["reason"] == reason


def test_a_key_of_another_kind(signer, ed25519):
    assert outcome(check_one(signer.sign(message()), ed25519.key())) == ("refused", "key-unfit")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("v=DKIM1; p=", "key-revoked"),
        ("v=DKIM2; p=", "key-malformed"),
        ("v=DKIM1; k=rsa", "key-malformed"),
        ("v=DKIM1; p=AAAA", "key-malformed"),
        ("v=DKIM1; p=A", "key-malformed"),
        ("v=DKIM1; k=ed25519; p=AAAA", "key-malformed"),
        ("v=DKIM1; k=other; p=AAAA", "key-malformed"),
        ("v=DKIM1; p=é", "key-malformed"),
        ("v=DKIM1; p=AAAA; p=AAAA", "key-malformed"),
        ("v=DKIM1; p=" + "A" * 5000, "key-malformed"),
        ("", "key-malformed"),
    ],
)
def test_records_that_are_no_keys(signer, record, reason):
    verdict = check_one(signer.sign(message()), named_key(record))
    assert outcome(verdict) == ("refused", reason)


def test_a_record_longer_than_any_key_needs(signer):
    verdict = check_one(signer.sign(message()), signer.key(f"n={'a' * 4096}; "))
    assert outcome(verdict) == ("refused", "key-malformed")


def test_a_record_that_ends_in_a_semicolon(signer):
    key = named_key(signer.record + "; ")
    assert outcome(check_one(signer.sign(message()), key)) == VALID


def test_an_rsa_key_whose_exponent_lets_anybody_sign(signer):
    import base64

    from dkim.asn1 import INTEGER, SEQUENCE

    number = signer.private["modulus"].to_bytes(257, "big")
    content = bytes([INTEGER, 0x82, 1, 1]) + number + bytes([INTEGER, 1, 1])
    whole = bytes([SEQUENCE, 0x82]) + len(content).to_bytes(2, "big") + content
    record = f"p={base64.b64encode(whole).decode()}"
    verdict = check_one(signer.sign(message()), named_key(record))
    assert outcome(verdict) == ("refused", "key-malformed")


def test_another_key(signer, other_signer):
    signed = signer.sign(message())
    assert outcome(check_one(signed, other_signer.key())) == ("invalid", "signature-differs")


def test_without_a_key(signer):
    verdict = check_one(signer.sign(message()), signer.key(domain="other.example"))
    assert outcome(verdict) == ("not-checked", "no-key")
    assert "june._domainkey.quillmar.example" in verdict["detail"]


def test_what_dns_said_instead_of_a_key(signer):
    verdict = check_one(signer.sign(message()), Key("dns", None, problem="DNS has no key"))
    assert outcome(verdict) == ("not-checked", "no-key")
    assert verdict["detail"] == "DNS has no key"
