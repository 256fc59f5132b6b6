"""SSH keys and their signatures, made as `ssh-keygen -Y sign` and security keys make them."""

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from evidence_chain.reviews.wire import string

NAMESPACE = "evidence-chain-review@v1"
CURVES = {"nistp256": ec.SECP256R1, "nistp384": ec.SECP384R1, "nistp521": ec.SECP521R1}
HASHES = {"nistp256": hashes.SHA256, "nistp384": hashes.SHA384, "nistp521": hashes.SHA512}
APPLICATION = b"ssh:"


def mpint(number):
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def armor(blob):
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    begin, end = (f"-----{word} SSH SIGNATURE-----" for word in ("BEGIN", "END"))
    return "\n".join([begin, *lines, end, ""])


def blob_of(key, namespace, signature, hash_name=b"sha512", version=1, reserved=b""):
    parts = (key, namespace.encode(), reserved, hash_name, signature)
    return b"SSHSIG" + version.to_bytes(4, "big") + b"".join(map(string, parts))


class Key:
    """A key of one type. `blob` is its public half."""

    def __init__(self, key_type, secret, blob):
        self.type, self.secret, self.blob = key_type, secret, blob

    @property
    def line(self):
        """The key as an allowed signers file has it."""
        return f"{self.type} {base64.b64encode(self.blob).decode()}"

    def private_bytes(self):
        return self.secret.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())

    def sign(self, message, namespace=NAMESPACE, hash_name="sha512", **changes):
        digest = hashlib.new(hash_name, message).digest()
        parts = (namespace.encode(), b"", hash_name.encode(), digest)
        to_sign = b"SSHSIG" + b"".join(map(string, parts))
        signature = self.signature_over(to_sign, **changes)
        return armor(blob_of(self.blob, namespace, signature, hash_name.encode()))

    def signature_over(self, message, signature_type=None, flags=1, counter=7, sent=None):
        name = signature_type or ("rsa-sha2-512" if self.type == "ssh-rsa" else self.type)
        after = b""
        if self.type.startswith("sk-"):
            after = bytes([flags]) + counter.to_bytes(4, "big")
            message = (
                hashlib.sha256(APPLICATION).digest() + after + hashlib.sha256(message).digest()
            )
        after = after if sent is None else sent
        return string(name.encode()) + string(self._raw(message, name)) + after

    def _raw(self, message, name):
        if isinstance(self.secret, ed25519.Ed25519PrivateKey):
            return self.secret.sign(message)
        if isinstance(self.secret, rsa.RSAPrivateKey):
            digest = {"rsa-sha2-256": hashes.SHA256, "ssh-rsa": hashes.SHA1}.get(
                name, hashes.SHA512
            )
            return self.secret.sign(message, padding.PKCS1v15(), digest())
        curve = self.type.removesuffix("@openssh.com").rpartition("-")[2]
        made = self.secret.sign(message, ec.ECDSA(HASHES[curve]()))
        return b"".join(map(mpint, decode_dss_signature(made)))


@cache
def ed25519_key(number=1):
    secret = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
    raw = secret.public_key().public_bytes_raw()
    return Key("ssh-ed25519", secret, string(b"ssh-ed25519") + string(raw))


@cache
def ecdsa_key(curve="nistp256"):
    secret = ec.derive_private_key(int.from_bytes(bytes([77] * 31)), CURVES[curve]())
    return Key(f"ecdsa-sha2-{curve}", secret, _ecdsa_blob(f"ecdsa-sha2-{curve}", curve, secret))


@cache
def rsa_key(bits=2048):
    secret = rsa.generate_private_key(65537, bits)
    numbers = secret.public_key().public_numbers()
    return Key("ssh-rsa", secret, string(b"ssh-rsa") + mpint(numbers.e) + mpint(numbers.n))


@cache
def security_key(kind="ed25519"):
    if kind == "ed25519":
        name, plain = "sk-ssh-ed25519@openssh.com", ed25519_key(9)
        blob = string(name.encode()) + string(plain.secret.public_key().public_bytes_raw())
        return Key(name, plain.secret, blob + string(APPLICATION))
    name, secret = "sk-ecdsa-sha2-nistp256@openssh.com", ecdsa_key().secret
    return Key(name, secret, _ecdsa_blob(name, "nistp256", secret) + string(APPLICATION))


def _ecdsa_blob(name, curve, secret):
    point = secret.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return b"".join(map(string, (name.encode(), curve.encode(), point)))


def keys():
    """One of each type that is known."""
    return [
        ed25519_key(),
        *map(ecdsa_key, CURVES),
        rsa_key(),
        security_key(),
        security_key("ecdsa"),
    ]
