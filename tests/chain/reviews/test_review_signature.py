"""Signed reviews: whose they are, and rows 61, 62 and 64 of the threats."""

from dataclasses import replace

import pytest
from ssh_signing import armor, blob_of, ed25519_key, security_key

from evidence_chain.errors import FormatError, ProofError, UncheckedError
from evidence_chain.reviews import (
    NAMESPACE,
    AllowedSigners,
    Review,
    Signed,
    check_signature,
    is_principal,
    signed_bytes,
)
from evidence_chain.reviews.wire import string

ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OTHER_ROOT = ROOT.replace("A", "B", 1)
TAMSIN, JO = "tamsin@desk.example", "jo@desk.example"
KEY = ed25519_key()
UNSIGNED = Review(
    to="ab" * 32,
    verdict="approved",
    reviewer=TAMSIN,
    note=None,
    size=22,
    root=ROOT,
    recorded_at="2031-06-01T12:00:00Z",
    signature=None,
)


def signed(review=UNSIGNED, key=KEY, namespace=NAMESPACE):
    return replace(review, signature=key.sign(review.signed_bytes(), namespace))


def signers(*lines):
    return AllowedSigners.parse("\n".join(lines))


HERS = signers(f"{TAMSIN} {KEY.line}", f"{JO} {ed25519_key(2).line}")


def test_what_is_signed():
    signed = signed_bytes("ab", "rejected", "t@d", "Läs det", 3, "x=")
    assert signed.decode() == (
        '{"note":"Läs det","reviewer":"t@d","root":"x=","size":3,"to":"ab","verdict":"rejected"}'
    )


def test_a_signature_of_the_reviewer():
    assert check_signature(signed(), HERS) == Signed.GOOD
    touched = signed(key=security_key())
    assert check_signature(touched, signers(f"*@desk.example {security_key().line}")) == Signed.GOOD


def test_without_allowed_signers_whose_it_is_is_not_asked():
    assert check_signature(signed(), None) == Signed.NOT_ASKED


def test_a_review_that_nobody_signed():
    assert check_signature(UNSIGNED, HERS) == check_signature(UNSIGNED, None) == Signed.UNSIGNED


def test_a_key_that_nobody_has_is_of_an_unknown_person():
    assert check_signature(signed(key=ed25519_key(3)), HERS) == Signed.UNKNOWN
    assert (
        check_signature(signed(), signers(f"{TAMSIN} cert-authority {KEY.line}")) == Signed.UNKNOWN
    )


def test_a_key_that_was_not_good_when_the_review_was_recorded():
    until = signers(f'{TAMSIN} valid-before="20310601115959Z" {KEY.line}')
    assert check_signature(signed(), until) == Signed.UNKNOWN
    earlier = replace(UNSIGNED, recorded_at="2031-06-01T11:59:59Z")
    assert check_signature(signed(earlier), until) == Signed.GOOD


def test_row_61_the_key_of_another_person_of_the_file():
    with pytest.raises(ProofError, match=rf"key of {TAMSIN}, and says to be by {JO}"):
        check_signature(signed(replace(UNSIGNED, reviewer=JO)), HERS)


def test_a_key_that_two_share_is_good_for_either():
    both = signers(f"{TAMSIN} {KEY.line}", f"{JO} {KEY.line}")
    assert check_signature(signed(replace(UNSIGNED, reviewer=JO)), both) == Signed.GOOD


@pytest.mark.parametrize(
    "change",
    [
        {"to": "cd" * 32},
        {"verdict": "rejected"},
        {"size": 23},
        {"root": OTHER_ROOT},
        {"note": ""},
        {"note": "It holds."},
        {"reviewer": JO},
    ],
    ids=str,
)
@pytest.mark.parametrize("given", [HERS, None])
def test_rows_62_and_64_a_signature_moved_to_another_claim_verdict_or_state(change, given):
    with pytest.raises(ProofError, match="does not hold"):
        check_signature(replace(signed(), **change), given)


def test_row_62_a_signature_made_for_something_else():
    with pytest.raises(ProofError, match="made for 'git'"):
        check_signature(signed(namespace="git"), HERS)


@pytest.mark.parametrize(
    "reviewer", ["Jo Tannen", "a,b", "*", "jo?", "!jo", "", "a\tb", "a\u00a0b"]
)
def test_who_signs_has_a_name_that_the_file_can_hold(reviewer):
    assert not is_principal(reviewer)
    with pytest.raises(FormatError, match="no file of allowed signers"):
        check_signature(signed(replace(UNSIGNED, reviewer=reviewer)), HERS)
    assert check_signature(replace(UNSIGNED, reviewer=reviewer), HERS) == Signed.UNSIGNED


@pytest.mark.parametrize(
    "when", ["2031-06-01", "2031-06-31T12:00:00Z", "yesterday", "", "２031-06-01T12:00:00Z"]
)
def test_a_review_recorded_at_no_time(when):
    with pytest.raises(FormatError, match="no time"):
        check_signature(signed(replace(UNSIGNED, recorded_at=when)), HERS)


def test_where_the_time_is_withheld_whose_key_it_was_is_not_checked():
    review = replace(signed(), recorded_at=None)
    assert check_signature(review, None) == Signed.NOT_ASKED
    with pytest.raises(UncheckedError, match="withheld"):
        check_signature(review, HERS)


@pytest.mark.parametrize(
    "change",
    [
        {"reviewer": None},
        {"size": "22"},
        {"size": True},
        {"root": 1},
        {"note": []},
        {"signature": 1},
    ],
    ids=str,
)
def test_a_field_of_another_type(change):
    with pytest.raises(FormatError, match="another type"):
        replace(UNSIGNED, **change)


def test_what_is_no_signature():
    for signature in ("", "good", signed().signature[:-1]):
        with pytest.raises(FormatError):
            check_signature(replace(UNSIGNED, signature=signature), HERS)


def test_a_certificate_is_not_checked():
    certificate = string(b"ssh-ed25519-cert-v01@openssh.com")
    armored = armor(blob_of(certificate, NAMESPACE, string(b"ssh-ed25519")))
    with pytest.raises(UncheckedError):
        check_signature(replace(UNSIGNED, signature=armored), HERS)
