"""Signs messages as mail servers do, and as attackers would."""

import base64
import hashlib
import random
from dataclasses import dataclass

import dkim
import nacl.signing
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dkim.canonicalization import CanonicalizationPolicy

from evidence_chain.mail import Key
from evidence_chain.mail.dkim import check_signatures

DOMAIN, SELECTOR = "quillmar.example", "june"
NOW = "2031-06-20T00:00:00Z"
VALID = ("valid", None)
BODY = b"We were never told where the cameras would stand.\r\n"
HEADERS = {
    "From": "Press Office <press@quillmar.example>",
    "To": "Jo Tannen <tannen@ledger.example>",
    "Subject": "Re: Your questions",
    "Date": "Mon, 16 Jun 2031 10:12:45 +0000",
    "Message-ID": "<4471@quillmar.example>",
}


def message(body=BODY, **changed):
    """A message with these headers; `None` leaves one out."""
    headers = HEADERS | {name.replace("_", "-"): value for name, value in changed.items()}
    lines = [f"{name}: {value}\r\n" for name, value in headers.items() if value is not None]
    return "".join(lines).encode() + b"\r\n" + body


@dataclass
class Signer:
    """A private key, as dkimpy wants it, and the record that publishes its public half."""

    private: object
    algorithm: str
    record: str

    def key(self, more="", domain=DOMAIN, selector=SELECTOR):
        return Key("file key.txt", f"v=DKIM1; {more}{self.record}", domain, selector)

    def tags(self, content, algorithm, policy, **changed):
        body = policy.canonicalize_body(dkim.DKIM(content).body)
        hashed = dkim.HASH_ALGORITHMS[algorithm.encode()](body).digest()
        names = [name for name in HEADERS if name.lower().encode() + b":" in content.lower()]
        tags = {
            **{"v": "1", "a": algorithm, "c": policy.to_c_value().decode()},
            **{"d": DOMAIN, "s": SELECTOR, "h": ":".join(names)},
            "bh": base64.b64encode(hashed).decode(),
        }
        tags |= {name: str(value) for name, value in changed.items()}
        return {name: value for name, value in tags.items() if value != "None"}

    def sign(self, content, *, c="relaxed/relaxed", tagged=None, **changed):
        """Put a signature in front of a message; `changed` are tags, `None` leaves one out."""
        policy = CanonicalizationPolicy.from_c_value(c.encode())
        algorithm = changed.get("a", self.algorithm)
        tags = tagged or self.tags(content, algorithm, policy, **changed)
        signed = dkim.DKIM(content, signature_algorithm=algorithm.encode())
        signed.hasher = dkim.HASH_ALGORITHMS[algorithm.encode()]
        names = [name.strip().lower().encode() for name in tags["h"].split(":")]
        fields = [(name.encode(), value.encode()) for name, value in tags.items()]
        fields.append((b"b", b"0" * 60))
        value = signed.gen_header(fields, names, policy, b"DKIM-Signature", self.private)
        return b"DKIM-Signature: " + value + content


def pass_on(content, signer, number, *, domain="list.example", cv=None, ams_body=None):
    """Put the three fields of who passes a message on in front of it (RFC 8617)."""
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    fields = [("i", number), ("a", signer.algorithm), ("d", domain), ("s", "arc")]
    content = f"ARC-Authentication-Results: i={number}; {domain}; dkim=pass\r\n".encode() + content
    body = policy.canonicalize_body(dkim.DKIM(content).body if ams_body is None else ams_body)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    names = ["from", "to", "subject"]
    own = [*fields, ("c", "relaxed/relaxed"), ("h", ":".join(names)), ("bh", digest)]
    content = _signed(content, b"ARC-Message-Signature", own, names, signer, policy)
    cv = cv or ("none" if number == 1 else "pass")
    told = [
        f"arc-{kind}"
        for n in range(number if cv == "fail" else 1, number + 1)
        for kind in ("authentication-results", "message-signature", "seal")[: 2 + (n < number)]
    ]
    return _signed(content, b"ARC-Seal", [*fields, ("cv", cv)], told, signer, policy, sealing=True)


def _signed(content, header, tags, names, signer, policy, *, sealing=False):
    one = dkim.DKIM(content, signature_algorithm=signer.algorithm.encode())
    one.hasher = hashlib.sha256
    if sealing:  # from below, the first of each name is the first that was added
        own = [field for field in one.headers if field[0].lower().startswith(b"arc-")]
        one.headers = own[: len(names)]
    fields = [(name.encode(), str(value).encode()) for name, value in (*tags, ("b", "0" * 60))]
    signing = [name.encode() for name in names]
    return (
        header + b": " + one.gen_header(fields, signing, policy, header, signer.private) + content
    )


def rsa_signer(bits):
    numbers = _numbers(bits)
    p, q, n = numbers
    d = pow(65537, -1, (p - 1) * (q - 1))
    private = {
        **{"modulus": n, "publicExponent": 65537, "privateExponent": d, "prime1": p, "prime2": q},
        **{"exponent1": d % (p - 1), "exponent2": d % (q - 1), "coefficient": pow(q, -1, p)},
    }
    public = rsa.RSAPublicNumbers(65537, n).public_key()
    content = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Signer(private, "rsa-sha256", f"k=rsa; p={base64.b64encode(content).decode()}")


def ed25519_signer():
    private = nacl.signing.SigningKey.generate()
    public = base64.b64encode(bytes(private.verify_key)).decode()
    return Signer(private, "ed25519-sha256", f"k=ed25519; p={public}")


def named_key(record):
    """A record as that of the signer whose messages are signed here."""
    return Key("file x", record, DOMAIN, SELECTOR)


def outcome(verdict):
    return verdict["verdict"], verdict["reason"]


def check_one(content, *keys, now=NOW):
    """The one verdict on a message."""
    (verdict,) = check_signatures(content, keys, now)
    return verdict


def _numbers(bits):
    """Two primes and their product; `cryptography` makes none that short."""
    if bits >= 1024:
        numbers = rsa.generate_private_key(65537, bits).private_numbers()
        return numbers.p, numbers.q, numbers.public_numbers.n
    while True:
        p, q = _prime(bits // 2), _prime(bits // 2)
        if (p * q).bit_length() == bits and (p - 1) % 65537 and (q - 1) % 65537:
            return p, q, p * q


def _prime(bits):
    while True:
        number = random.getrandbits(bits) | 3 << (bits - 2) | 1
        if all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7, 11)):
            return number
