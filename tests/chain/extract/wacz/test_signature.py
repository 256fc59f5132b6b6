"""Who signed a package, and when: told as that, and never as more; what doesn't hold is marked."""

import base64
import hashlib
import io

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from authorities import BETWEEN, NOW, OTHER_ROOT, ROOT, TSA, Response, certify, key_of
from evidence_chain.extract import wacz
from wacz_files import FILES, package
from warc_files import doubts

CREATED = "2031-06-16T10:12:45Z"


def spki(key):
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def by_key(key, *, raw=False, **changed):
    """A signer that has but a key, as the browser extension does."""

    def sign(told):
        made = key.sign(told.encode(), ec.ECDSA(hashes.SHA256()))
        if raw:
            made = b"".join(n.to_bytes((key.key_size + 7) // 8) for n in decode_dss_signature(made))
        signed = {
            "hash": told,
            "created": CREATED,
            "software": "invented 1",
            "signature": base64.b64encode(made).decode(),
            "publicKey": base64.b64encode(spki(key)).decode(),
        }
        return {name: value for name, value in (signed | changed).items() if value is not None}

    return sign


@pytest.fixture(scope="module")
def key():
    return ec.generate_private_key(ec.SECP384R1())


def drawn(sign):
    return wacz.extract(io.BytesIO(package(FILES, sign=sign)))


@pytest.mark.parametrize("raw", [False, True])
def test_a_signature_by_a_key_tells_the_key_and_the_time(key, raw):
    found = drawn(by_key(key, raw=raw))
    said = found.options["signature"]
    assert said.startswith(
        f"Signed by the key with the SHA-256 {hashlib.sha256(spki(key)).hexdigest()}"
    )
    assert f"at {CREATED} by the signer's own clock" in said
    assert "That says nothing of what a server sent." in said
    assert doubts(found) == []
    assert wacz.parts(io.BytesIO(package(FILES, sign=by_key(key)))).told[0].startswith("Signed by")


OTHER = base64.b64encode(spki(ec.generate_private_key(ec.SECP384R1()))).decode()
RSA = base64.b64encode(spki(rsa.generate_private_key(65537, 1024))).decode()


def test_the_time_of_a_signature_is_told_in_universal_time(key):
    found = drawn(by_key(key, created="2031-06-16T12:12:45+02:00"))
    assert "at 2031-06-16T10:12:45Z by the signer's own clock" in found.options["signature"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"hash": "sha256:" + "0" * 64}, "over another list of files"),
        ({"hash": None}, "its 'hash' is not there"),
        ({"publicKey": OTHER}, "the key did not sign this"),
        ({"publicKey": RSA}, "the key did not sign this"),
        ({"publicKey": "AAAA"}, "its public key can't be read"),
        ({"publicKey": None}, "its 'publicKey' is not there"),
        ({"signature": "!"}, "its 'signature' can't be read"),
        ({"signature": "AAAA"}, "the key did not sign this"),
        ({"created": "soon"}, "doesn't say when"),
        ({"created": "2031-06-16T10:12:45"}, "with its zone"),
        ({"timeSignature": "AAAA"}, "a time-stamp, but no certificate"),
        ({"domainCert": "nonsense"}, "its certificates are no chain"),
    ],
)
def test_a_signature_that_does_not_hold_is_marked(key, changed, reason):
    found = drawn(by_key(key, **changed))
    assert reason in found.options["signature"]
    assert [mark[0] for mark in doubts(found)] == ["signature-fails"] * 2
    assert all(reason in mark[1] for mark in doubts(found))


@pytest.mark.parametrize("signed", [["x"], "x", 1])
def test_a_signature_that_is_none(signed):
    assert "none that this program knows" in drawn(lambda _: signed).options["signature"]


def test_a_signature_over_a_list_that_was_changed(key):
    data = package(FILES, sign=by_key(key))
    other = package({**FILES, "x": b""}, sign=by_key(key))
    assert len(data) < len(other)
    moved = drawn(lambda _: by_key(key)("sha256:" + hashlib.sha256(data).hexdigest()))
    assert "over another list of files" in moved.options["signature"]


DOMAIN = "signer.example"
FIRM = certify("Invented issuer", key_of(11))
CERT = certify(DOMAIN, key_of(12), FIRM, ca=None)


def pem(*certified):
    return b"".join(one.certificate.public_bytes(Encoding.PEM) for one in certified).decode()


def by_certificate(
    certified=CERT, chain=(CERT, FIRM), stamp=None, roots=(TSA, BETWEEN, ROOT), **changed
):
    """A signer with a certificate for its domain and a time-stamp, as services for signing do."""

    def sign(told):
        made = certified.key.sign(told.encode(), ec.ECDSA(hashes.SHA256()))
        signature = base64.b64encode(made).decode()
        response = Response(text=signature.encode(), **(stamp or {})).der()
        signed = {
            "hash": told,
            "created": "2031-06-01T11:55:00Z",
            "software": "invented 1",
            "signature": signature,
            "domain": DOMAIN,
            "domainCert": pem(*chain),
            "timeSignature": base64.b64encode(response).decode(),
            "timestampCert": pem(TSA, BETWEEN, ROOT),
        }
        return {name: value for name, value in (signed | changed).items() if value is not None}

    return sign


def test_a_signature_by_a_certificate_tells_its_domain_and_the_time_of_the_stamp():
    for chain in ((CERT, FIRM), (CERT,)):
        found = drawn(by_certificate(chain=chain))
        said = found.options["signature"]
        assert f"a certificate for {DOMAIN}, time-stamped at 2031-06-01T12:00:00Z" in said
        assert "leads to CN=Invented issuer; whether that" in said
        assert "was not checked" in said
        assert doubts(found) == []


def test_a_domain_as_another_name_and_a_crossed_certificate():
    named = certify("Somebody", key_of(12), FIRM, ca=None, other_name=DOMAIN)
    crossed = pem(certify("Other way", key_of(12), OTHER_ROOT, ca=None), OTHER_ROOT)
    found = drawn(by_certificate(chain=(named, FIRM), crossSignedCert=crossed))
    assert found.options["signature"].startswith("Signed by")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"domain": "other.example"}, "not one of 'other.example'"),
        ({"chain": (CERT, OTHER_ROOT)}, "its certificates are no chain"),
        ({"chain": (CERT, *[FIRM] * 9)}, "too long"),
        ({"certified": FIRM}, "the key did not sign this"),
        ({"crossSignedCert": pem(FIRM)}, "that of another key"),
        ({"timeSignature": None}, "its 'timeSignature' is not there"),
        ({"timestampCert": pem(OTHER_ROOT)}, "its time-stamp does not hold"),
        ({"stamp": {"flip": True}}, "its time-stamp does not hold"),
        ({"created": "2031-06-01T11:49:59Z"}, "was stamped at"),
        ({"stamp": {"time": "20310601121001Z"}, "created": "2031-06-01T12:00:00Z"}, "was stamped"),
        (
            {
                "stamp": {"time": "20290601120000Z"},
                "created": "2029-06-01T12:00:00Z",
                "chain": (certify(DOMAIN, key_of(12), FIRM, ca=None, since=NOW),),
            },
            "its certificate was not valid at 2029",
        ),
    ],
)
def test_a_certificate_that_does_not_fit(changed, reason):
    found = drawn(by_certificate(**changed))
    assert reason in found.options["signature"]
    assert {mark[0] for mark in doubts(found)} == {"signature-fails"}
