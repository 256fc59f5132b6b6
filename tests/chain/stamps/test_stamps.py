"""Time-stamps that hold, and what makes one not hold (rows 50 and 64 of the threats)."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import tsp
from asn1crypto.x509 import GeneralName
from cryptography.x509.oid import ExtendedKeyUsageOID

from authorities import (
    BETWEEN,
    NOW,
    OTHER_ROOT,
    ROOT,
    STAMPING,
    TEXT,
    TSA,
    YEARS,
    Response,
    authority,
    certify,
    key_of,
)
from evidence_chain.errors import FormatError, ProofError
from evidence_chain.stamps import Trusted, check, open_response

ROOTS = [ROOT.certificate]


def checked(response, roots=ROOTS):
    return check(open_response(response.der(), TEXT), roots)


def refused(response, match, roots=ROOTS):
    with pytest.raises(ProofError, match=match):
        checked(response, roots)


def test_what_a_stamp_says():
    stamp = open_response(Response().der(), TEXT)
    assert (stamp.time, stamp.time_text) == (NOW, "2031-06-01T12:00:00Z")
    assert (stamp.authority, stamp.serial) == ("CN=Invented authority", 4711)
    assert stamp.policy == "1.3.6.1.4.1.99999.1"
    assert (stamp.algorithm, stamp.imprint) == ("sha256", hashlib.sha256(TEXT).digest())
    assert check(stamp, ROOTS) == Trusted("CN=Invented authority", "CN=Invented root")


@pytest.mark.parametrize(
    ("time", "text", "micros"),
    [
        ("20310601120000.5Z", "2031-06-01T12:00:00.5Z", 500_000),
        ("20310601120000.001Z", "2031-06-01T12:00:00.001Z", 1000),
        ("20310601120000.123456789Z", "2031-06-01T12:00:00.123456789Z", 123_456),
    ],
)
def test_fractions_of_a_second_are_kept(time, text, micros):
    stamp = open_response(Response(time=time).der(), TEXT)
    assert stamp.time_text == text
    assert stamp.time == NOW + timedelta(microseconds=micros)
    check(stamp, ROOTS)


@pytest.mark.parametrize("certificates", [*itertools.permutations([TSA, BETWEEN, ROOT])])
def test_row_50_certificates_in_any_order(certificates):
    assert checked(Response(certificates=certificates)).root == ROOT.name


def test_it_says_which_of_several_roots_vouches():
    roots = [OTHER_ROOT.certificate, ROOT.certificate]
    assert checked(Response(), roots).root == ROOT.name


def test_a_response_without_certificates_and_the_user_s_own():
    response = Response(certificates=())
    assert open_response(response.der(), TEXT).authority is None
    given = [TSA.certificate, BETWEEN.certificate, ROOT.certificate]
    assert checked(response, given) == Trusted(TSA.name, ROOT.name)
    refused(response, "neither in it nor among the roots")


@pytest.mark.parametrize("essential", ["v1", "v2", "both"])
@pytest.mark.parametrize("status", ["granted", "granted_with_mods"])
def test_both_ways_of_naming_the_certificate_and_both_of_granting(essential, status):
    assert checked(Response(essential=essential, status=status)).root == ROOT.name


@pytest.mark.parametrize(
    "settings",
    [{}, {"pss": True}, {"hash_name": "sha512"}, {"algorithm": {"algorithm": "sha256_rsa"}}],
)
def test_rsa(settings):
    signer = authority(BETWEEN, key=key_of(0, "rsa"))
    response = Response(signer, certificates=(signer, BETWEEN), **settings)
    assert checked(response).authority == signer.name
    response.flip = True
    refused(response, "does not hold")


def test_rows_50_and_64_an_imprint_of_something_else():
    other_size = TEXT.replace(b"\n6\n", b"\n7\n")
    other_log = TEXT.replace(b"cameras", b"tenders")
    for text in (other_size, other_log, TEXT[:-1], TEXT + b"\n"):
        with pytest.raises(ProofError, match="not over this checkpoint"):
            open_response(Response().der(), text)


def test_an_imprint_by_another_hash():
    for name in ("sha1", "sha512"):
        with pytest.raises(ProofError, match=f"imprint is {name}"):
            open_response(Response(imprint_hash=name).der(), TEXT)


@pytest.mark.parametrize("status", ["rejection", "waiting", "revocation_notification"])
def test_a_response_that_grants_nothing(status):
    with pytest.raises(ProofError, match=f"answered '{status}'"):
        open_response(Response(status=status).der(), TEXT)


def test_row_50_an_authority_that_nobody_given_vouches_for():
    refused(Response(), "no chain", roots=[OTHER_ROOT.certificate])
    refused(Response(), "no root was given", roots=[])
    refused(Response(), "no root was given", roots=[BETWEEN.certificate])
    same_name = certify("Invented root", key_of(8))
    refused(Response(), "no chain", roots=[same_name.certificate])
    refused(Response(certificates=(TSA,)), "no chain")


def test_row_50_an_authority_that_signs_itself():
    alone = authority(None, name="Nobody")
    refused(Response(alone, certificates=(alone,)), "no chain")
    refused(Response(alone, certificates=(alone,)), "no root", roots=[alone.certificate])


@pytest.mark.parametrize(
    "settings",
    [
        {"until": NOW - timedelta(seconds=1)},
        {"since": NOW + timedelta(seconds=1)},
    ],
)
def test_row_50_a_certificate_that_was_not_valid_at_the_time(settings):
    expired = authority(BETWEEN, **settings)
    refused(Response(expired, certificates=(expired, BETWEEN)), "valid at 2031-06-01T12:00:00Z")
    between = certify("Invented intermediate", key_of(2), ROOT, **settings)
    refused(Response(certificates=(TSA, between)), "no chain")
    root = certify("Invented root", key_of(1), **settings)
    refused(Response(), "no chain", roots=[root.certificate])


def test_a_certificate_that_ran_out_since():
    then = authority(BETWEEN, since=NOW - YEARS, until=NOW)
    assert checked(Response(then, certificates=(then, BETWEEN))).authority == then.name


@pytest.mark.parametrize(
    "settings",
    [
        {"usage": ()},
        {"critical": False},
        {"usage": [ExtendedKeyUsageOID.CODE_SIGNING]},
        {"usage": [STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]},
        {"usage": [ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]},
        {"usage": [STAMPING, STAMPING]},
    ],
)
def test_row_50_a_certificate_for_something_else(settings):
    signer = authority(BETWEEN, **settings)
    refused(Response(signer, certificates=(signer, BETWEEN)), "critically and alone")


def test_row_50_a_certificate_that_may_not_sign():
    signer = authority(BETWEEN, key_usage="key_encipherment")
    refused(Response(signer, certificates=(signer, BETWEEN)), "not for signing")
    for usage in ("digital_signature", "content_commitment"):
        signer = authority(BETWEEN, key_usage=usage)
        checked(Response(signer, certificates=(signer, BETWEEN)))


@pytest.mark.parametrize(
    "settings",
    [
        {"ca": False},
        {"ca": None},
        {"key_usage": "digital_signature"},
        {"usage": [ExtendedKeyUsageOID.CODE_SIGNING]},
    ],
)
def test_row_50_an_issuer_that_may_not_issue(settings):
    between = certify("Invented intermediate", key_of(2), ROOT, **settings)
    refused(Response(certificates=(TSA, between)), "no chain")
    allowed = certify("Invented intermediate", key_of(2), ROOT, key_usage="key_cert_sign")
    checked(Response(certificates=(TSA, allowed)))


def test_an_intermediate_for_time_stamps_may_issue():
    between = certify("Invented intermediate", key_of(2), ROOT, usage=[STAMPING])
    checked(Response(certificates=(TSA, between)))


def test_row_50_a_signature_that_was_changed():
    refused(Response(flip=True), "signature of CN=Invented authority does not hold")


def test_row_50_a_signature_by_another_key():
    response = Response()
    response.signer = type(TSA)(TSA.certificate, key_of(9))
    refused(response, "does not hold")


def test_a_digest_of_other_content():
    refused(Response(digest=hashlib.sha256(b"").digest()), "not what was signed")


def test_row_50_another_certificate_of_the_same_key_or_name():
    twin = authority(BETWEEN, since=NOW - YEARS + timedelta(days=1))
    refused(Response(certificates=(twin, BETWEEN)), "names as its authority's is neither")
    other = authority(BETWEEN, name="Another authority")
    refused(Response(named=other, certificates=(TSA, other, BETWEEN)), "neither")


def test_where_both_attributes_stand_both_are_of_the_certificate():
    other = authority(BETWEEN, name="Another authority")
    cert = {"certs": [{"cert_hash": hashlib.sha1(other.der).digest()}]}
    refused(Response(extra=[("signing_certificate", cert)]), "neither")


@pytest.mark.parametrize("name", ["content_type", "message_digest"])
def test_without_an_attribute_that_must_be_signed(name):
    refused(Response(without=[name]), "what is signed is no time-stamp")


def test_without_saying_which_certificate():
    refused(Response(essential="none"), "doesn't say which certificate")


def test_another_kind_of_content_among_the_attributes():
    response = Response(without=["content_type"], extra=[("content_type", "data")])
    refused(response, "what is signed is no time-stamp")


def test_an_attribute_that_stands_there_twice():
    with pytest.raises(FormatError, match="content_type stands there twice"):
        checked(Response(extra=[("content_type", "tst_info")]))


def test_a_hash_that_is_too_weak():
    refused(Response(hash_name="sha1"), "signed over sha1")


@pytest.mark.parametrize("algorithm", ["sha256_rsa", "rsassa_pkcs1v15", "sha256_dsa"])
def test_a_signature_of_another_kind_than_its_key(algorithm):
    refused(Response(algorithm={"algorithm": algorithm}), "not accepted from a key like")


def test_a_certificate_named_by_its_key():
    signer = authority(BETWEEN, key_id=True)
    response = Response(signer, certificates=(BETWEEN, signer), by_key_id=True)
    assert checked(response).authority == signer.name
    other = authority(BETWEEN, key_id=True, key=key_of(9))
    response = Response(signer, certificates=(other, BETWEEN), by_key_id=True)
    refused(response, "neither in it nor")


def test_the_name_in_it_is_one_of_its_certificate():
    signer = authority(BETWEEN, other_name="stamps.example")
    for name, match in [
        (("dns_name", "stamps.example"), None),
        (("dns_name", "other.example"), "names another authority"),
        (("directory_name", signer.asn1.subject), None),
        (("directory_name", ROOT.asn1.subject), "names another authority"),
    ]:
        info = {"tsa": GeneralName(name=name[0], value=name[1])}
        response = Response(signer, certificates=(signer, BETWEEN), info=info)
        if match:
            refused(response, match)
        else:
            assert checked(response).authority == signer.name


def test_an_extension_that_must_be_understood():
    extension = {"extn_id": "1.3.6.1.4.1.99999.2", "critical": True, "extn_value": b"\x05\0"}
    response = Response(info={"extensions": tsp.Extensions([extension])})
    with pytest.raises(ProofError, match=r"critical.*1\.3\.6\.1\.4\.1\.99999\.2"):
        open_response(response.der(), TEXT)
    extension["critical"] = False
    checked(Response(info={"extensions": tsp.Extensions([extension])}))


def test_the_time_is_in_utc():
    assert open_response(Response().der(), TEXT).time == datetime(2031, 6, 1, 12, tzinfo=UTC)
