"""Signatures by people (S/MIME): whether they fit, whose they are, and what they leave open."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence_chain.errors import InputError
from evidence_chain.mail import describe, differences, read_root_file, recheck
from evidence_chain.mail.dkim import check_signatures
from signing import NOW, outcome
from smime_files import ADDRESS, HEAD, TEXT, packed, pem, person, root, signed

FITS = ("not-checked", "issuer")
VALID = ("valid", None)


def check(message, *roots, now=NOW):
    keys = [read_root_file(pem(*roots), "roots.pem")] if roots else []
    found = check_signatures(message, keys, now)
    assert differences(found, recheck(message, found, check_signatures)) == []
    return found


def check_one(message, *roots):
    (verdict,) = check(message, *roots)
    return verdict


@pytest.mark.parametrize("make", [signed, packed])
def test_without_a_root_it_fits_and_nobody_vouches_for_it(make):
    verdict = check_one(make())
    assert outcome(verdict) == FITS
    assert verdict["domain"] == "quillmar.example"
    said = describe(verdict)
    assert "S/MIME: not checked" in said
    assert f"certificate that says {ADDRESS}, issued by CN=Quillmar Root" in said
    assert "who issued it is not checked" in said


@pytest.mark.parametrize("make", [signed, packed])
def test_with_the_root_it_is_valid_and_says_by_which_clock(make):
    verdict = check_one(make(), root())
    assert outcome(verdict) == VALID
    assert "root CN=Quillmar Root vouches by the signer's own clock" in describe(verdict)
    assert verdict["warnings"] == ["headers-not-signed"]


def test_line_ends_that_were_changed_are_put_right():
    assert outcome(check_one(signed().replace(b"\r\n", b"\n"), root())) == VALID


@pytest.mark.parametrize("roots", [[], [root()]])
def test_a_changed_text_is_told(roots):
    verdict = check_one(signed().replace(b"never", b"often"), *roots)
    assert outcome(verdict) == ("invalid", "signature-differs")
    assert "another text" in describe(verdict)


def test_a_key_that_is_not_the_certificates():
    verdict = check_one(signed(person("boss@quillmar.example"), key="somebody"), root())
    assert outcome(verdict) == ("invalid", "signature-differs")


def test_another_root_vouches_for_nobody():
    assert outcome(check_one(signed(), root("Other Root"))) == FITS


def test_a_certificate_for_servers_is_none_for_e_mails():
    server = person(usage=ExtendedKeyUsageOID.SERVER_AUTH)
    verdict = check_one(signed(server), root())
    assert outcome(verdict) == FITS
    assert "not for e-mails" in describe(verdict)


def test_a_certificate_that_had_ended_by_the_signers_clock():
    from smime_files import _issued, _key

    ended = _issued("Press", "Quillmar Root", _key("Press"), days=3)
    assert outcome(check_one(signed(ended), root())) == FITS


def test_a_certificate_that_did_not_come_along():
    mine = person()
    bare = signed(mine, pkcs7.PKCS7Options.NoCerts)
    assert outcome(check_one(bare)) == ("not-checked", "unreadable")
    assert outcome(check_one(bare, root(), mine)) == VALID


def test_another_address_in_from_is_said():
    other = signed(head=HEAD.replace(ADDRESS, "minister@town.example"))
    assert check_one(other, root())["warnings"] == ["headers-not-signed", "other-address"]
    shown = signed(
        head=HEAD.replace("Press Office", f'"{ADDRESS}"').replace(f"<{ADDRESS}>", "<a@b.example>")
    )
    assert "other-address" in check_one(shown, root())["warnings"]


def test_words_beside_what_is_signed_are_said():
    inner = signed(head="")
    mixed = f"{HEAD}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
    around = mixed.encode() + b"\r\nWe knew.\r\n--m\r\n" + inner + b"\r\n--m--\r\n"
    assert "part-alone" in check_one(around, root())["warnings"]


def test_a_weak_digest_is_refused():
    from asn1crypto import cms

    from evidence_chain.smime import Signed, WeakError, find, opened

    (one,) = find(signed())
    told = cms.ContentInfo.load(one.signature)
    told["content"]["signer_infos"][0]["digest_algorithm"]["algorithm"] = "sha1"
    with pytest.raises(WeakError, match="sha1"):
        opened(Signed(told.dump(force=True), one.content, whole=True))


def test_what_is_no_signature_is_named():
    broken = signed().replace(b"MI", b"NI", 1).replace(b"base64\r\n\r\n", b"base64\r\n\r\nAAAA")
    (verdict,) = check(broken)
    assert outcome(verdict) == ("not-checked", "unreadable")
    assert "signed with S/MIME" in describe(verdict)


def test_a_stronger_digest():
    assert outcome(check_one(signed(digest=hashes.SHA512()), root())) == VALID


def test_verdicts_of_before_say_the_same():
    """When signatures by people were named alone, and nothing else was looked at."""
    message = signed()
    (verdict,) = check(message)
    before = {**verdict, "reason": "other-kind", "detail": "signed with S/MIME", "algorithm": None}
    assert differences([before], recheck(message, [before], check_signatures)) == []


@pytest.mark.parametrize("text", ["", "nothing", pem(*[root()] * 17)])
def test_files_that_are_no_roots_are_refused(text):
    with pytest.raises(InputError, match=r"roots\.pem"):
        read_root_file(text, "roots.pem")


def test_the_record_the_verification_and_the_mark(tmp_path):
    from cases import make_empty_case

    case = make_empty_case(tmp_path)
    file, roots = case.write("re.eml", signed()), case.write("root.pem", pem(root()))
    said = case.json("add", "response-email", file, "--text", TEXT, "--smime-root", roots)
    assert (said["dkim"][0]["verdict"], said["notes"]) == ("valid", [])
    changed = case.write("changed.eml", signed().replace(b"never", b"often"))
    forged = case.json("add", "response-email", changed, "--text", TEXT.replace("never", "often"))
    assert forged["notes"] == ["signature-fails"]
    assert not forged["accepted"]
    assert case.json("verify", code=(0, 3))["counts"]["failed"] == 0


def test_forwarded_text_that_looks_signed_is_no_hurdle():
    pasted = "Content-Type: multipart/signed; protocol=application/pkcs7-signature\r\n"
    found = check(f"{HEAD}\r\nSee:\r\n\r\n{pasted}".encode())
    assert [one["reason"] for one in found] == ["other-kind"]
