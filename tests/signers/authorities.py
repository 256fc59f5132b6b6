"""Invented time-stamp authorities, their certificates, and the responses that they give."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

TEXT = b"newsroom.example/cameras\n6\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
YEARS = timedelta(days=3650)
STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


def tlv(tag, content):
    """A value in DER, of fewer than 128 bytes or of 256 to 65,535."""
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


@cache
def key_of(number, kind="ec"):
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.derive_private_key(int.from_bytes(bytes([number] * 31)), ec.SECP256R1())


def response_of(status, token):
    """A `TimeStampResp` around a token; asn1crypto makes none without one."""
    content = tsp.PKIStatusInfo({"status": status}).dump() + token
    return tlv(0x30, content)


class Certified:
    """A certificate and its key."""

    def __init__(self, certificate, key):
        self.certificate, self.key = certificate, key
        self.der = certificate.public_bytes(Encoding.DER)
        self.asn1 = asn1_x509.Certificate.load(self.der)

    @property
    def name(self):
        return self.certificate.subject.rfc4514_string()


def certify(
    name,
    key,
    issuer=None,
    *,
    ca=True,
    usage=(),
    critical=True,
    since=NOW - YEARS,
    until=NOW + YEARS,
    key_usage=None,
    other_name=None,
    key_id=False,
):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(1 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]))
        .not_valid_before(since)
        .not_valid_after(until)
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    if key_usage:
        names = (
            *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
            *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        )
        usages = {name: name == key_usage for name in names}
        builder = builder.add_extension(x509.KeyUsage(**usages), critical=True)
    if key_id:
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        builder = builder.add_extension(identifier, critical=False)
    if other_name:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(other_name)]), critical=False
        )
    signing = (issuer.key if issuer else key), hashes.SHA256()
    return Certified(builder.sign(*signing, ecdsa_deterministic=True), key)


def authority(issuer, **changes):
    key = changes.pop("key", key_of(3))
    settings = {"ca": None, "usage": [STAMPING], **changes}
    return certify(settings.pop("name", "Invented authority"), key, issuer, **settings)


ROOT = certify("Invented root", key_of(1))
BETWEEN = certify("Invented intermediate", key_of(2), ROOT)
TSA = authority(BETWEEN)
OTHER_ROOT = certify("Another root", key_of(7))


class Response:
    """A time-stamp response, with anything about it otherwise than it should be."""

    def __init__(self, signer=TSA, text=TEXT, certificates=(TSA, BETWEEN), **changes):
        self.signer, self.text, self.certificates = signer, text, certificates
        self.imprint_hash = changes.pop("imprint_hash", "sha256")
        self.hash = changes.pop("hash_name", "sha256")
        self.time = changes.pop("time", "20310601120000Z")
        self.info = changes.pop("info", {})
        self.essential = changes.pop("essential", "v2")
        self.named = changes.pop("named", None) or signer
        self.without = changes.pop("without", ())
        self.extra = changes.pop("extra", ())
        self.digest = changes.pop("digest", None)
        self.flip = changes.pop("flip", False)
        self.algorithm = changes.pop("algorithm", None)
        self.pss = changes.pop("pss", False)
        self.by_key_id = changes.pop("by_key_id", False)
        self.status = changes.pop("status", "granted")
        self.copies = changes.pop("copies", 1)
        assert not changes

    def content(self):
        time = core.GeneralizedTime.load(tlv(0x18, self.time.encode()))
        imprint = {
            "hash_algorithm": {"algorithm": self.imprint_hash},
            "hashed_message": hashlib.new(self.imprint_hash, self.text).digest(),
        }
        info = tsp.TSTInfo(
            {"version": "v1", "policy": "1.3.6.1.4.1.99999.1", "message_imprint": imprint}
        )
        info["serial_number"], info["gen_time"] = 4711, time
        for name, value in self.info.items():
            info[name] = value
        return info.dump()

    def attributes(self, content):
        digest = self.digest or hashlib.new(self.hash, content).digest()
        found = [("content_type", "tst_info"), ("message_digest", digest)]
        if self.essential in ("v1", "both"):
            cert = {"cert_hash": hashlib.sha1(self.named.der).digest()}
            found.append(("signing_certificate", {"certs": [cert]}))
        if self.essential in ("v2", "both"):
            cert = {"cert_hash": hashlib.sha256(self.named.der).digest()}
            found.append(("signing_certificate_v2", {"certs": [cert]}))
        found = [*((n, v) for n, v in found if n not in self.without), *self.extra]
        return cms.CMSAttributes([{"type": n, "values": [v]} for n, v in found])

    def signature(self, signed):
        digest = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha512": hashes.SHA512}[
            self.hash
        ]()
        key = self.signer.key
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return {"algorithm": f"{self.hash}_ecdsa"}, key.sign(signed, ec.ECDSA(digest, True))
        if self.pss:
            salted = padding.PSS(padding.MGF1(digest), 32)
            parameters = algos.RSASSAPSSParams(
                {
                    "hash_algorithm": {"algorithm": self.hash},
                    "mask_gen_algorithm": {
                        "algorithm": "mgf1",
                        "parameters": {"algorithm": self.hash},
                    },
                    "salt_length": 32,
                }
            )
            algorithm = {"algorithm": "rsassa_pss", "parameters": parameters}
            return algorithm, key.sign(signed, salted, digest)
        return {"algorithm": "rsassa_pkcs1v15"}, key.sign(signed, padding.PKCS1v15(), digest)

    def token(self):
        content = self.content()
        attributes = self.attributes(content)
        algorithm, signature = self.signature(attributes.dump())
        if self.flip:
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
        asn1 = self.signer.asn1
        named = {"issuer": asn1.issuer, "serial_number": asn1.serial_number}
        sid = cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(named))
        if self.by_key_id:
            sid = cms.SignerIdentifier("subject_key_identifier", asn1.key_identifier)
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": sid,
                "digest_algorithm": {"algorithm": self.hash},
                "signed_attrs": attributes,
                "signature_algorithm": self.algorithm or algorithm,
                "signature": signature,
            }
        )
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": self.hash}],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                },
                "signer_infos": [info] * self.copies,
            }
        )
        if self.certificates:
            unsorted = b"".join(one.der for one in self.certificates)
            signed["certificates"] = cms.CertificateSet.load(tlv(0x31, unsorted))
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})

    def der(self):
        token = self.token().dump() if self.status.startswith("granted") else b""
        return response_of(self.status, token)
