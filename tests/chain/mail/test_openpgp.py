"""Signatures by people with OpenPGP, made here by invented people."""

import warnings

import pysequoia
import pytest

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.mail import describe, differences, openpgp, read_openpgp_file, recheck
from evidence_chain.mail.dkim import check_signatures
from evidence_chain.mail.openpgp import NOT_INSTALLED
from signing import NOW, outcome
from smime_files import ADDRESS, HEAD, PART, TEXT

NAMED = ("not-checked", "other-kind")
INVALID = ("invalid", "signature-differs")
CLEAR = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"


class Person:
    def __init__(self, name):
        with warnings.catch_warnings():  # of names that the library means to change
            warnings.simplefilter("ignore", DeprecationWarning)
            whole = pysequoia.Cert.generate(user_id=name)
            self.signer = whole.secrets.signer()
        self.key = read_openpgp_file(str(whole), "press.asc")

    def beside(self, head=HEAD):
        made = pysequoia.sign(self.signer, PART, mode=pysequoia.SignatureMode.DETACHED)
        kind = 'multipart/signed; protocol="application/pgp-signature"; boundary=b'
        first = f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n--b\r\n".encode() + PART
        second = b"\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n" + made
        return first + second + b"\r\n--b--\r\n"

    def around(self, before=b""):
        text = f"{TEXT}\n".encode()
        made = pysequoia.sign(self.signer, text, mode=pysequoia.SignatureMode.CLEAR)
        return HEAD.encode() + CLEAR + before + made.replace(b"\n", b"\r\n")


@pytest.fixture(scope="module")
def press():
    return Person(f"Press <{ADDRESS}>")


@pytest.fixture(scope="module")
def other():
    return Person("Other <other@list.example>")


def check_one(message, *keys):
    (verdict,) = found = check_signatures(message, keys, NOW)
    assert differences(found, recheck(message, found, check_signatures)) == []
    return verdict


@pytest.mark.parametrize("form", ["beside", "around"])
def test_whose_certificate_was_given(press, form):
    verdict = check_one(getattr(press, form)(), press.key)
    assert outcome(verdict) == ("valid", None)
    assert verdict["warnings"] == ["headers-not-signed"]
    assert f"certificate that says Press <{ADDRESS}>" in describe(verdict)


def test_line_ends_that_were_changed_are_put_right(press):
    assert outcome(check_one(press.beside().replace(b"\r\n", b"\n"), press.key)) == ("valid", None)


@pytest.mark.parametrize("form", ["beside", "around"])
def test_a_changed_text(press, form):
    changed = getattr(press, form)().replace(b"never", b"often")
    assert outcome(check_one(changed, press.key)) == INVALID


@pytest.mark.parametrize("form", ["beside", "around"])
def test_without_its_certificate_it_is_named(press, other, form):
    message = getattr(press, form)()
    for keys in ([], [other.key]):
        verdict = check_one(message, *keys)
        assert outcome(verdict) == NAMED
        assert "signed with OpenPGP" in describe(verdict)


def test_words_around_what_is_signed_are_said(press):
    assert "part-alone" in check_one(press.around(b"We knew.\r\n"), press.key)["warnings"]


def test_another_address_in_from_is_said(press):
    message = press.beside(HEAD.replace(ADDRESS, "minister@town.example"))
    assert "other-address" in check_one(message, press.key)["warnings"]


def test_a_signature_that_is_none(press):
    message = press.beside().replace(b"BEGIN PGP SIGNATURE", b"BEGIN PGP NOTHING")
    assert outcome(check_one(message, press.key)) == ("not-checked", "unreadable")


def test_where_the_library_is_not_installed(press, monkeypatch):
    message = press.beside()
    valid = check_signatures(message, [press.key], NOW)
    monkeypatch.setitem(__import__("sys").modules, "pysequoia", None)
    (verdict,) = check_signatures(message, [press.key], NOW)
    assert outcome(verdict) == NAMED
    assert verdict["detail"] == openpgp.NOT_INSTALLED == NOT_INSTALLED
    with pytest.raises(ExtractionError, match="install"):
        recheck(message, valid, check_signatures)


@pytest.mark.parametrize("text", ["", "nothing", "-----BEGIN PGP PRIVATE KEY BLOCK-----"])
def test_files_that_are_no_certificates_are_refused(text):
    with pytest.raises(InputError, match=r"press\.asc"):
        read_openpgp_file(text, "press.asc")


def test_it_is_recorded_and_verified_again(press, tmp_path):
    from cases import make_empty_case

    case = make_empty_case(tmp_path)
    file, key = case.write("re.eml", press.beside()), case.write("press.asc", str(press.key.record))
    said = case.json("add", "response-email", file, "--text", TEXT, "--openpgp-key", key)
    assert said["dkim"][0]["verdict"] == "valid"
    assert case.json("verify", code=(0, 3))["counts"]["failed"] == 0
