"""Messages signed by S/MIME, by invented people whose certificates an invented root issued."""

import datetime
from functools import cache
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ADDRESS = "press@quillmar.example"
TEXT = "We were never told where the cameras would stand."
PART = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n".encode()
HEAD = f"From: Press Office <{ADDRESS}>\r\nTo: tannen@ledger.example\r\nSubject: Re: Cameras\r\n"
_START = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_SERIALS = count(1000)


def _name(common):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@cache
def _key(_whose):
    return ec.generate_private_key(ec.SECP256R1())


def root(name="Quillmar Root"):
    return _issued(name, name, _key(name), x509.BasicConstraints(ca=True, path_length=None))


def person(address=ADDRESS, issuer="Quillmar Root", usage=ExtendedKeyUsageOID.EMAIL_PROTECTION):
    more = [
        x509.SubjectAlternativeName([x509.RFC822Name(address)]),
        x509.ExtendedKeyUsage([usage]),
        x509.BasicConstraints(ca=False, path_length=None),
    ]
    return _issued("Press", issuer, _key("Press"), *more)


def _issued(subject, issuer, key, *extensions, days=7000):
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(next(_SERIALS))
        .not_valid_before(_START)
        .not_valid_after(_START + datetime.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension in extensions:
        builder = builder.add_extension(
            extension, critical=isinstance(extension, x509.BasicConstraints)
        )
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(_key(issuer).public_key())
    return builder.add_extension(authority, critical=False).sign(_key(issuer), hashes.SHA256())


def pem(*certificates):
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates).decode()


def signed(certificate=None, *options, content=PART, key="Press", digest=None, head=HEAD):
    """A message that the person signed, its text in a part of its own beside the signature."""
    made = _signature(
        certificate, content, key, digest, pkcs7.PKCS7Options.DetachedSignature, *options
    )
    kind = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=b'
    return (
        f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n--b\r\n".encode()
        + content
        + b"\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + _base64(made)
        + b"\r\n--b--\r\n"
    )


def packed(certificate=None, content=PART):
    """A message whose text is within the signature."""
    made = _signature(certificate, content, "Press", None)
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    head = f"{HEAD}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
    return head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + _base64(made)


def _signature(certificate, content, key, digest, *options):
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(certificate or person(), _key(key), digest or hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])
    )


def _base64(data):
    import base64

    return base64.encodebytes(data).replace(b"\n", b"\r\n")
