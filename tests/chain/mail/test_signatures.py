"""THREATS 42: what a signature proves, and all that makes it worthless."""

import json

import pytest

from evidence_chain.errors import FormatError
from evidence_chain.mail import Key, describe
from evidence_chain.mail.dkim import check_signatures
from signing import BODY, DOMAIN, NOW, SELECTOR, VALID, check_one, message, outcome


def test_a_valid_signature_says_what_it_covers(signer):
    verdict = check_one(signer.sign(message(), t=1939543965), signer.key())
    assert outcome(verdict) == VALID
    assert verdict["domain"] == DOMAIN
    assert verdict["selector"] == SELECTOR
    assert verdict["algorithm"] == "rsa-sha256"
    assert verdict["canonicalisation"] == "relaxed/relaxed"
    assert verdict["signed_headers"] == ["from", "to", "subject", "date", "message-id"]
    assert verdict["signed_at"] == "2031-06-18T10:12:45Z"
    assert verdict["expires"] is verdict["body_length"] is verdict["detail"] is None
    assert verdict["key_record"] == "v=DKIM1; " + signer.record
    assert verdict["key_from"] == "file key.txt"
    assert verdict["key_bits"] == 2048
    assert verdict["from_domain"] == DOMAIN
    assert verdict["aligned"] == "exact"
    assert verdict["checked_at"] == NOW
    assert verdict["warnings"] == verdict["unsigned_headers"] == []
    assert describe(verdict) == "quillmar.example: valid"


@pytest.mark.parametrize("canonical_forms", ["simple/simple", "simple/relaxed", "relaxed/simple"])
def test_every_canonical_form(signer, canonical_forms):
    signed = signer.sign(message(b"a \t b  \r\n\r\n\r\n"), c=canonical_forms)
    assert outcome(check_one(signed, signer.key())) == VALID


@pytest.mark.parametrize(
    ("canonical_forms", "expected"),
    [("relaxed/relaxed", VALID), ("simple/simple", ("invalid", "body-differs"))],
)
def test_spaces_that_a_server_changed(signer, canonical_forms, expected):
    signed = signer.sign(message(b"a  b\r\n"), c=canonical_forms)
    assert outcome(check_one(signed.replace(b"a  b", b"a b"), signer.key())) == expected


def test_simple_headers_may_not_be_changed_at_all(signer):
    signed = signer.sign(message(), c="simple/relaxed")
    changed = signed.replace(b"Subject: Re", b"subject:  Re")
    assert outcome(check_one(changed, signer.key())) == ("invalid", "signature-differs")


def test_ed25519(ed25519):
    verdict = check_one(ed25519.sign(message()), ed25519.key())
    assert outcome(verdict) == VALID
    assert verdict["key_bits"] == 256
    assert verdict["warnings"] == []


def test_a_changed_ed25519_message(ed25519):
    signed = ed25519.sign(message()).replace(b"Your", b"Our")
    assert outcome(check_one(signed, ed25519.key())) == ("invalid", "signature-differs")


def test_the_example_of_the_standard():
    """RFC 8463, appendix A: a message with a signature by Ed25519 and one by RSA."""
    ed25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    rsa = (
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3id"
        "Y6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lx"
        "j+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
    )
    lines = [
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;",
        " d=football.example.com; i=@football.example.com;",
        " q=dns/txt; s=brisbane; t=1528637909; h=from : to :",
        " subject : date : message-id : from : subject : date;",
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
        " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus",
        " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
        " d=football.example.com; i=@football.example.com;",
        " q=dns/txt; s=test; t=1528637909; h=from : to : subject :",
        " date : message-id : from : subject : date;",
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
        " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3",
        " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz",
        " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=",
        "From: Joe SixPack <joe@football.example.com>",
        "To: Suzie Q <suzie@shopping.example.net>",
        "Subject: Is dinner ready?",
        "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
        "",
        "Hi.",
        "",
        "We lost the game.  Are you hungry yet?",
        "",
        "Joe.",
        "",
    ]
    keys = [Key("file a", ed25519, selector="brisbane"), Key("file b", rsa, selector="test")]
    first, second = check_signatures("\r\n".join(lines).encode(), keys, NOW)
    assert outcome(first) == outcome(second) == VALID
    assert second["warnings"] == ["key-weak"]


def test_a_changed_body(signer):
    signed = signer.sign(message()).replace(b"never", b"often")
    assert outcome(check_one(signed, signer.key())) == ("invalid", "body-differs")


@pytest.mark.parametrize("name", [b"From", b"Subject", b"Date", b"To", b"Message-ID"])
def test_a_changed_header(signer, name):
    signed = signer.sign(message()).replace(b"\n" + name + b": ", b"\n" + name + b": x")
    assert outcome(check_one(signed, signer.key())) == ("invalid", "signature-differs")


@pytest.mark.parametrize("length", [len(BODY), 5, 0])
def test_a_body_that_is_signed_in_part(signer, length):
    verdict = check_one(signer.sign(message(), l=length) + b"Appended.\r\n", signer.key())
    assert outcome(verdict) == ("refused", "body-length")
    assert verdict["body_length"] == length


def test_a_body_length_is_refused_without_a_key(signer):
    assert outcome(check_one(signer.sign(message(), l=3))) == ("refused", "body-length")


@pytest.mark.parametrize("name", ["From", "Subject", "To", "Date", "Content-Type"])
@pytest.mark.parametrize("before", [True, False])
def test_a_second_header_of_one_kind(signer, name, before):
    signed = signer.sign(message(Content_Type="text/plain"))
    added = f"{name}: Other <other@quillmar.example>\r\n".encode()
    changed = added + signed if before else signed.replace(b"\r\n\r\n", b"\r\n" + added + b"\r\n")
    verdict = check_one(changed, signer.key())
    assert outcome(verdict) == ("refused", "duplicate-header")
    assert name in verdict["detail"]


def test_from_is_not_signed(signer):
    signed = signer.sign(message(), h="to:subject")
    assert outcome(check_one(signed, signer.key())) == ("refused", "from-not-signed")


def test_from_is_signed_and_not_there(signer):
    signed = signer.sign(message(From=None), h="from:to")
    assert outcome(check_one(signed, signer.key())) == ("refused", "from-not-signed")


def test_headers_that_are_shown_and_not_signed(signer):
    signed = signer.sign(message(), h="from:to")
    verdict = check_one(b"In-Reply-To: <q7@ledger.example>\r\n" + signed, signer.key())
    assert outcome(verdict) == VALID
    assert verdict["warnings"] == ["unsigned-headers"]
    assert verdict["unsigned_headers"] == ["Subject", "Date", "Message-ID", "In-Reply-To"]
    assert "not signed: Subject, Date" in describe(verdict)


def test_an_unsigned_content_type_decides_what_is_seen(signer):
    signed = signer.sign(message())
    verdict = check_one(b"Content-Type: text/html\r\n" + signed, signer.key())
    assert verdict["unsigned_headers"] == ["Content-Type"]


def test_headers_that_could_be_added_without_breaking_it(signer):
    verdict = check_one(signer.sign(message(), h="from:from:to:subject"), signer.key())
    assert verdict["not_oversigned"] == ["To", "Subject"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2031-06-20T00:00:01Z", ("refused", "expired")), ("2031-06-20T00:00:00Z", VALID)],
)
def test_expiry_is_judged_by_the_clock_of_the_check(signer, now, expected):
    signed = signer.sign(message(), t=1939543965, x=1939680000)
    verdict = check_one(signed, signer.key(), now=now)
    assert verdict["expires"] == "2031-06-20T00:00:00Z"
    assert outcome(verdict) == expected
    assert verdict["expired_when_checked"] is (expected != VALID)
    assert verdict["expired_when_dated"] is False


def test_expired_at_its_own_date(signer):
    verdict = check_one(signer.sign(message(), x=1900000000), signer.key())
    assert verdict["expired_when_dated"] is True


def test_of_an_expired_signature_it_is_known_that_it_fits(signer):
    signed = signer.sign(message(), x=1900000000).replace(b"never", b"often")
    assert outcome(check_one(signed, signer.key())) == ("invalid", "body-differs")


def test_expired_and_without_a_key(signer):
    verdict = check_one(signer.sign(message(), x=1900000000))
    assert outcome(verdict) == ("not-checked", "no-key")
    assert verdict["expired_when_checked"] is True


def test_signed_after_it_was_checked(signer):
    verdict = check_one(signer.sign(message(), t=1990000000), signer.key())
    assert outcome(verdict) == VALID
    assert verdict["warnings"] == ["signed-later"]


def test_no_signature():
    assert check_signatures(message(), [], NOW) == []


def test_several_signatures_are_judged_one_by_one(signer, ed25519, other_signer):
    signed = message()
    signed = signer.sign(signed, s="a")
    signed = ed25519.sign(signed, s="b", l=3)
    signed = other_signer.sign(signed, s="c")
    keys = [signer.key(selector="a"), ed25519.key(selector="b"), signer.key(selector="C")]
    verdicts = check_signatures(signed, keys, NOW)
    assert [outcome(one) for one in verdicts] == [
        ("invalid", "signature-differs"),
        ("refused", "body-length"),
        VALID,
    ]


def test_of_very_many_signatures_the_first_are_checked(signer):
    header = signer.sign(message()).removesuffix(message())
    verdicts = check_signatures(header * 25 + message(), [signer.key()], NOW)
    assert [outcome(one) for one in verdicts] == [VALID] * 20 + [("not-checked", "too-many")]
    assert verdicts[-1]["detail"] == "5 more"


@pytest.mark.parametrize("canonical_forms", ["simple/simple", "relaxed/relaxed"])
def test_a_file_with_other_line_ends(signer, canonical_forms):
    signed = signer.sign(message(b"One.\r\nTwo.\r\n"), c=canonical_forms)
    verdict = check_one(signed.replace(b"\r\n", b"\n"), signer.key())
    assert outcome(verdict) == VALID
    assert verdict["warnings"] == ["line-ends-restored"]


def test_other_line_ends_are_no_excuse(signer):
    signed = signer.sign(message()).replace(b"\r\n", b"\n").replace(b"never", b"often")
    verdict = check_one(signed, signer.key())
    assert outcome(verdict) == ("invalid", "body-differs")
    assert verdict["warnings"] == []


def test_the_envelope_line_of_a_mailbox_is_no_header(signer):
    signed = b"From press@quillmar.example Mon Jun 16 10:12:45 2031\r\n" + signer.sign(message())
    assert outcome(check_one(signed, signer.key())) == VALID


def test_folded_headers(signer):
    folded = message(Subject="Re: Your\r\n\tquestions\r\n about the cameras")
    signed = signer.sign(folded)
    assert outcome(check_one(signed, signer.key())) == VALID
    again = signed.replace(b"\r\n\tquestions\r\n", b" questions\r\n   ")
    assert outcome(check_one(again, signer.key())) == VALID


def test_a_folded_signature(signer):
    signed = signer.sign(message()).replace(b"; s=", b";\r\n\t s =\r\n  ")
    assert check_one(signed, signer.key())["selector"] == SELECTOR


@pytest.mark.parametrize(
    ("sender", "aligned"),
    [
        ("press@quillmar.example", "exact"),
        ("press@QUILLMAR.Example", "exact"),
        ("Press <press@mail.quillmar.example>", "subdomain"),
        ("press@example", "parent"),
        ("press@notquillmar.example", "other"),
        ('"press@quillmar.example" <x@elsewhere.example>', "other"),
        ("press@quillmar.example <x@elsewhere.example>", "unknown"),
        ("press@quillmar.example, x@elsewhere.example", "unknown"),
        ("x@elsewhere.example (press@quillmar.example)", "unknown"),
        ("Press Office", "unknown"),
        ("press@quillmar.example (Press (the) Office)", "exact"),
        ("a@quillmar.example, B <b@quillmar.example>", "exact"),
        ("press@quillmar.example <press@quillmar.example>", "exact"),
        ('"a b"@quillmar.example', "exact"),
        ("Press: press@quillmar.example;", "unknown"),
        ("press@quillmar.example (unclosed", "unknown"),
        ("press@quillmar.example@elsewhere.example", "unknown"),
    ],
)
def test_whose_domain_signed(signer, sender, aligned):
    verdict = check_one(signer.sign(message(From=sender)), signer.key())
    assert outcome(verdict) == VALID
    assert verdict["aligned"] == aligned
    assert ("other-domain" in verdict["warnings"]) is (aligned in ("other", "parent"))
    assert ("from-unknown" in verdict["warnings"]) is (aligned == "unknown")


def test_no_verdict_holds_a_digest_of_the_message(signer):
    """THREATS 22: a withheld message can't be guessed from what is said of its signature."""
    import hashlib
    import re

    signed = signer.sign(message())
    for content in (signed, signed.replace(b"never", b"often"), signed.replace(b"Your", b"Our")):
        said = json.dumps(check_one(content, signer.key()))
        for tag in (b"bh", b" b"):
            value = re.search(tag + rb"=([A-Za-z0-9+/=\s]+)", signed)[1]
            assert b"".join(value.split())[:16].decode() not in said
        assert hashlib.sha256(content).hexdigest() not in said


def test_a_time_that_is_none(signer):
    for time in ("yesterday", "2031-06-20", "2031-06-20T00:00:00+02:00", "2031-06-20T00:00:00.5Z"):
        with pytest.raises(FormatError, match="no time such as"):
            check_signatures(message(), [], time)
