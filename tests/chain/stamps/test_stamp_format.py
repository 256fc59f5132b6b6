"""Bytes that are no time-stamp response, and those of others."""

import contextlib
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from authorities import BETWEEN, ROOT, TEXT, TSA, Response, response_of
from evidence_chain.errors import EvidenceError, FormatError, ProofError
from evidence_chain.stamps import check, open_response, read_roots
from evidence_chain.stamps.response import MAX_RESPONSE, read

DER = Response().der()
ROOTS = [ROOT.certificate]
FIXTURES = "vectors/rfc3161-client-fixtures/test/fixtures"


@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"0",
        b"\x30\x00",
        b"\x05\x00",
        b"not a response",
        TEXT,
        DER + b"\0",
        DER + DER,
        b"\0" + DER,
        Response().token().dump(),
        ROOT.der,
        response_of("granted", b""),
        DER + bytes(MAX_RESPONSE),
    ],
    ids=lambda response: str(response[:12]),
)
def test_what_is_no_response(response):
    with pytest.raises(FormatError):
        open_response(response, TEXT)


@pytest.mark.parametrize("length", [1, 2, 40, len(DER) // 2, len(DER) - 1])
def test_row_50_a_response_that_was_cut(length):
    with pytest.raises(FormatError, match="changed or cut"):
        open_response(DER[:-length], TEXT)


@pytest.mark.parametrize(
    "time",
    [
        "20310601120000",
        "203106011200Z",
        "20310601120000.Z",
        "20310601120000.50Z",
        "20310601120000,5Z",
        "20310601120000+0100",
        "20311301120000Z",
        "20310601250000Z",
        "99991231235960Z",
    ],
)
def test_a_time_that_der_does_not_have(time):
    with pytest.raises(FormatError):
        open_response(Response(time=time).der(), TEXT)


def test_a_stamp_of_another_version():
    with pytest.raises(FormatError, match="version is not 1"):
        open_response(Response(info={"version": "v2"}).der(), TEXT)


def test_a_token_with_two_signatures():
    with pytest.raises(FormatError, match="2 signatures"):
        open_response(Response(copies=2).der(), TEXT)


def test_a_token_with_too_many_certificates():
    with pytest.raises(FormatError, match="more than 16"):
        open_response(Response(certificates=[TSA] * 17).der(), TEXT)


def test_a_token_about_something_else():
    of_stamps = bytes.fromhex("060b2a864886f70d0109100104")
    changed = DER.replace(of_stamps, of_stamps[:-1] + b"\x05", 1)
    with pytest.raises(FormatError):
        open_response(changed, TEXT)


@given(st.data())
def test_no_changed_byte_is_a_traceback_or_moves_the_time(data):
    at = data.draw(st.integers(0, len(DER) - 1))
    changed = DER[:at] + bytes([data.draw(st.integers(0, 255))]) + DER[at + 1 :]
    before = open_response(DER, TEXT)
    with contextlib.suppress(EvidenceError):
        stamp = open_response(changed, TEXT)
        check(stamp, ROOTS)
        assert (stamp.content, stamp.time_text) == (before.content, before.time_text)


@given(st.binary())
def test_any_bytes_are_refused(data):
    with pytest.raises(FormatError):
        open_response(data, TEXT)


def test_roots_come_in_pem():
    pem = b"".join(one.certificate.public_bytes(Encoding.PEM) for one in (ROOT, BETWEEN))
    assert read_roots(pem) == [ROOT.certificate, BETWEEN.certificate]
    for other in (b"", ROOT.der, pem[:-60]):
        with pytest.raises(FormatError, match="no certificates in PEM"):
            read_roots(other)


def test_the_stamp_of_an_edition_made_by_others(shared):
    edition = shared("edition-example")
    told = json.loads(shared("edition-example.json").read_text())
    response = (edition / "data/timestamps/22-1.tsr").read_bytes()
    text = (edition / "data/checkpoints/22").read_bytes().rpartition(b"\n\n")[0] + b"\n"
    stamp = open_response(response, text)
    assert stamp.time_text == told["expected"]["timestamp"]["time"]
    roots = read_roots(told["tsa_root_pem"].encode())
    assert check(stamp, roots).root == roots[0].subject.rfc4514_string()
    with pytest.raises(ProofError):
        check(stamp, ROOTS)
    newest = (edition / "data/checkpoint").read_bytes().rpartition(b"\n\n")[0] + b"\n"
    with pytest.raises(ProofError, match="not over this checkpoint"):
        open_response(response, newest)


HOLDING = [
    ("identrust/issue-104.tsr", "IdenTrust Commercial Root CA 1"),
    ("sigstage/response-sha256.tsr", "sigstore-tsa-selfsigned"),
    ("sigstage/response-sha384.tsr", "sigstore-tsa-selfsigned"),
    ("sigstage/response-sha512.tsr", "sigstore-tsa-selfsigned"),
    ("sigstage/response-no-embedded-cert.tsr", "sigstore-tsa-selfsigned"),
    ("sigstore.mock/response-expired.tsr", "tsa"),
    ("test_tsa/response.tsr", "Test TSA Root"),
    ("test_tsa/response-injected-certs.tsr", "Test TSA Root"),
]
NOT_HOLDING = [
    ("sigstage/response-invalid-signature.tsr", "does not hold"),
    ("test_tsa/other_response.tsr", "signature does not match"),
]


def fixture(shared, name):
    file = shared(FIXTURES) / name
    chain = (file.parent / "ts_chain.pem").read_bytes()
    is_der = chain.startswith(b"0")
    roots = [x509.load_der_x509_certificate(chain)] if is_der else read_roots(chain)
    return file.read_bytes(), roots


@pytest.mark.parametrize(("name", "root"), HOLDING)
def test_responses_of_other_authorities(name, root, shared):
    response, roots = fixture(shared, name)
    assert f"CN={root}" in check(read(response), roots).root
    with pytest.raises(ProofError):
        check(read(response), ROOTS)


@pytest.mark.parametrize(("name", "reason"), NOT_HOLDING)
def test_responses_of_other_authorities_that_do_not_hold(name, reason, shared):
    response, roots = fixture(shared, name)
    with pytest.raises(ProofError, match=reason):
        check(read(response), roots)
