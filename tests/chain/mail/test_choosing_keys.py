"""Which of several keys a signature is judged by, and what a key without a name says."""

import pytest

from evidence_chain.mail import Key, describe, differences, recheck
from evidence_chain.mail.dkim import check_signatures
from signing import DOMAIN, NOW, SELECTOR, VALID, check_one, message, named_key, outcome

NOT_CHECKED = ("not-checked", "no-key")


def bare(signer):
    return Key("file key.txt", f"v=DKIM1; {signer.record}")


def again(content, verdicts):
    return differences(verdicts, recheck(content, verdicts, check_signatures))


def test_a_key_that_names_nobody_judges_what_it_fits(signer, other_signer):
    signed = other_signer.sign(signer.sign(message()), d="list.example")
    theirs, own = found = check_signatures(signed, [bare(signer)], NOW)
    assert outcome(own) == VALID
    assert own["key_record"] == bare(signer).record
    assert outcome(theirs) == NOT_CHECKED
    assert theirs["key_record"] is None
    assert "no key for this selector" in describe(theirs)
    assert again(signed, found) == []


def test_it_tells_a_changed_body_and_not_whose_header_was_changed(signer):
    signed = signer.sign(message())
    changed = check_one(signed.replace(b"never", b"often"), bare(signer))
    assert outcome(changed) == ("invalid", "body-differs")
    assert outcome(check_one(signed.replace(b"Re: Your", b"Re: Our"), bare(signer))) == NOT_CHECKED


def test_it_says_nothing_of_another_signer_of_a_changed_body(signer, other_signer):
    signed = other_signer.sign(signer.sign(message()), d="list.example")
    theirs, own = check_signatures(signed.replace(b"never", b"often"), [bare(signer)], NOW)
    assert outcome(theirs) == NOT_CHECKED
    assert outcome(own) == ("invalid", "body-differs")


@pytest.mark.parametrize("turn", [1, -1])
def test_of_several_keys_of_one_selector_the_one_that_fits(signer, other_signer, ed25519, turn):
    keys = [other_signer.key(), ed25519.key(), named_key("v=DKIM1; p="), signer.key()][::turn]
    found = check_signatures(signer.sign(message()), keys, NOW)
    assert outcome(found[0]) == VALID
    assert found[0]["key_record"] == signer.key().record
    assert again(signer.sign(message()), found) == []


def test_of_several_keys_none(signer, other_signer, ed25519):
    verdict = check_one(signer.sign(message()), ed25519.key(), other_signer.key())
    assert outcome(verdict) == ("invalid", "signature-differs")
    assert verdict["key_record"] == other_signer.key().record


def test_an_expired_one_fits(signer, other_signer):
    signed = signer.sign(message(), x=1939543965)
    late = check_signatures(signed, [other_signer.key(), signer.key()], "2040-01-01T00:00:00Z")
    assert late[0]["reason"] == "expired"


@pytest.mark.parametrize(
    "tags",
    [
        {"q": "dns/txt:http/well-known"},
        {"q": "future/way : dns/txt"},
        {"x": "999999999999"},
        {"x": "4294967296"},
        {"i": "büro@quillmar.example"},
    ],
    ids=str,
)
def test_tags_that_are_well_formed(signer, tags):
    assert outcome(check_one(signer.sign(message(), **tags), signer.key())) == VALID


def test_no_known_way_to_the_key(signer):
    verdict = check_one(signer.sign(message(), q="http/well-known"), signer.key())
    assert outcome(verdict) == NOT_CHECKED


@pytest.mark.parametrize("known", ["bücher.example", "xn--bcher-kva.example"])
@pytest.mark.parametrize("said", ["bücher.example", "xn--bcher-kva.example"])
def test_a_domain_with_other_letters(signer, known, said):
    sent = message(From=f"Büro <post@{said}>")
    signed = signer.sign(sent, d="bücher.example")
    verdict = check_one(signed, signer.key(domain=known))
    assert outcome(verdict) == VALID
    assert verdict["aligned"] == "exact"


def test_sha1_is_forbidden_and_not_malformed(signer):
    verdict = check_one(signer.sign(message(), a="rsa-sha1", bh="A" * 27 + "="), signer.key())
    assert outcome(verdict) == ("refused", "algorithm")
    assert "forbidden" in describe(verdict)
    assert "malformed" not in describe(verdict)


@pytest.mark.parametrize("form", ["relaxed/relaxed", "relaxed/simple"])
@pytest.mark.parametrize("body", [b"We deny it.\r\n-- \r\n", b"We deny it. \r\n", b"No\r\n"])
def test_a_last_line_that_lacks_its_end(signer, form, body):
    signed = signer.sign(message(body), c=form)
    assert outcome(check_one(signed.removesuffix(b"\r\n"), signer.key())) == VALID
    assert outcome(check_one(signed.removesuffix(b"\n"), signer.key())) == VALID
    assert outcome(check_one(signed.removesuffix(b"\r\n") + b"x", signer.key()))[0] == "invalid"


@pytest.mark.parametrize("before", ["\ufeff".encode(), b"\r\n", b" \n\n", b"\n\xef\xbb\xbf"])
def test_what_stands_before_the_header(signer, before):
    verdict = check_one(before + signer.sign(message()), signer.key())
    assert outcome(verdict) == VALID
    assert verdict["warnings"] == ["around-the-message"]


def test_a_file_in_another_charset_is_no_changed_message(signer):
    signed = signer.sign(message("Größe.\r\n".encode("latin-1")))
    stored = ("\ufeff" + signed.decode("latin-1")).encode("utf-16-le")
    verdict = check_one(stored, signer.key())
    assert outcome(verdict) == ("refused", "message-malformed")
    assert "another charset" in verdict["detail"]
    stored = ("\ufeff" + signer.sign(message()).decode()).encode("utf-16-le")
    assert outcome(check_one(stored, signer.key())) == VALID


def test_an_apple_mail_file(signer):
    signed = signer.sign(message())
    stored = b"%d\n" % len(signed) + signed + b'<?xml version="1.0"?>\n<plist/>\n'
    assert outcome(check_one(stored, signer.key())) == VALID


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ('multipart/signed; micalg=x;\r\n protocol="application/pkcs7-signature"', "S/MIME"),
        ("application/pkcs7-mime; smime-type=signed-data", "S/MIME"),
        ('multipart/signed; protocol="application/pgp-signature"', "OpenPGP"),
    ],
)
def test_other_signatures_are_told_and_not_checked(kind, name):
    (verdict,) = check_signatures(message(**{"Content_Type": kind}), [], NOW)
    assert outcome(verdict) == ("not-checked", "other-kind")
    assert f"signed with {name}" in describe(verdict)
    assert again(message(**{"Content_Type": kind}), [verdict]) == []


def test_what_is_signed_within_the_text():
    text = b"-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\nNo.\r\n"
    (verdict,) = check_signatures(message(text), [], NOW)
    assert verdict["detail"] == "signed with OpenPGP"


def test_a_key_for_a_selector_alone_is_no_name(signer, other_signer):
    key = Key("file x", signer.key().record, None, SELECTOR)
    signed = signer.sign(other_signer.sign(message(), d="list.example"), d=DOMAIN)
    assert [one["verdict"] for one in check_signatures(signed, [key], NOW)] == [
        "valid",
        "not-checked",
    ]
