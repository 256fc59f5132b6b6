"""Keys from files and from DNS."""

import sys

import dns.exception
import dns.name
import dns.resolver
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from evidence_chain.errors import InputError
from evidence_chain.mail import Key, look_up, read_key_file
from evidence_chain.mail.keys import find, parse_record
from signing import NOW, check_one, message

HALF, REST = "NQdV8SyImUL1wVAQO3hir7U", "/VfqrKiN9k1QwLXpYRWs="
RECORD = f"v=DKIM1; k=ed25519; p={HALF}{REST}"


@pytest.mark.parametrize(
    ("text", "selector", "domain"),
    [
        (RECORD, None, None),
        (f"\n  {RECORD}\r\n", None, None),
        (f"v=DKIM1; k=ed25519;\n  p={HALF}{REST}", None, None),
        (f'"{RECORD}"', None, None),
        (f'"v=DKIM1; k=ed25519; p={HALF}" "{REST}"\n', None, None),
        (RECORD.replace(";", "\\;"), None, None),
        (f'"{RECORD}"'.replace(";", "\\;").replace("k=", "\\107="), None, None),
        (f"\ufeff{RECORD}", None, None),
        (f"june._domainkey.bücher.example. TXT {RECORD}", "june", "bücher.example"),
        (
            f'{{"domain": "x.example", "selector": "june", "value": "{RECORD}"}}',
            "june",
            "x.example",
        ),
        (
            f'[{{"name": "june._domainkey.x.example.", "data": "\\"{RECORD}\\""}}]',
            "june",
            "x.example",
        ),
        (f"june._domainkey.quillmar.example {RECORD}", "june", "quillmar.example"),
        (f'june._domainkey.quillmar.example. 3600 IN TXT "{RECORD}"', "june", "quillmar.example"),
        (
            f'june._domainkey\tIN\tTXT\t( "v=DKIM1; k=ed25519; "\n\t  "p={HALF}{REST}" )'
            '  ; ----- DKIM key "june" for quillmar.example',
            "june",
            None,
        ),
        (
            f'; <<>> DiG 9.18 <<>>\njune.a._domainkey.quillmar.example.\t60\tIN\tTXT\t"{RECORD}"',
            "june.a",
            "quillmar.example",
        ),
        (
            f'june._domainkey.quillmar.example descriptive text "{RECORD}"',
            "june",
            "quillmar.example",
        ),
        (f'june._domainkey.quillmar.example text = "{RECORD}"', "june", "quillmar.example"),
        (f'june._DOMAINKEY.quillmar.example. in txt "{RECORD}"', "june", "quillmar.example"),
    ],
)
def test_records_in_a_file(text, selector, domain):
    expected = Key("file june.txt", RECORD, domain, selector)
    assert read_key_file(text, "june.txt") == [expected]


def test_several_records_in_a_file():
    other = f"k=ed25519; p={HALF}{REST}"
    first, second = (f"{one}._domainkey.x.example TXT" for one in "ab")
    text = f'{first} "v=DKIM1; p="\n{second} "k=ed25519; " "p={HALF}{REST}"\n'
    keys = read_key_file(text, "k")
    assert [(key.selector, key.record) for key in keys] == [("a", "v=DKIM1; p="), ("b", other)]
    assert find(keys, "X.example", "B") == [keys[1]]
    assert find(keys, "y.example", "b") == []


OTHER = "v=DKIM1; k=ed25519; p=fxwSDf+Me6FGBKB/UQ7dyZUnhICOyXr6QcDqWgNdNEU="


@pytest.mark.parametrize(
    "text",
    [
        f"{RECORD}\n{OTHER}\n",
        f'"{RECORD}"\n"{OTHER}"\n',
        f"{RECORD} {OTHER}",
        f"{RECORD}\n\n{OTHER}".replace(";", "\\;"),
        f'{{"value": "{RECORD}"}}\n{{"value": "{OTHER}"}}\n',
        f'{{"keys": ["{RECORD}", "{OTHER}"]}}',
    ],
)
def test_two_records_that_name_nobody(text):
    keys = read_key_file(text, "k")
    assert [(key.record, key.domain) for key in keys] == [(RECORD, None), (OTHER, None)]


@pytest.mark.parametrize("form", ["spki", "pkcs1"])
def test_an_rsa_key_in_pem(signer, form):
    public = rsa.RSAPublicNumbers(65537, signer.private["modulus"]).public_key()
    format_ = PublicFormat.SubjectPublicKeyInfo if form == "spki" else PublicFormat.PKCS1
    pem = public.public_bytes(Encoding.PEM, format_).decode()
    keys = read_key_file(f"The key:\n{pem}", "key.pem")
    assert check_one(signer.sign(message()), *keys)["verdict"] == "valid"


def test_an_ed25519_key_in_pem():
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    (key,) = read_key_file(pem, "key.pem")
    assert parse_record(key.record).content == public.public_bytes_raw()


def test_a_private_key():
    private = ed25519.Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(InputError, match="a private key, which nobody"):
        read_key_file(pem, "key.pem")


def test_a_key_of_another_kind_in_pem():
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(InputError, match="no public key of RSA or Ed25519"):
        read_key_file(pem, "key.pem")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "-----BEGIN PUBLIC KEY-----\nAAAA",
        "v=spf1 -all",
        '"',
        "; p=AA",
        "v=DKIM1; p=AA",
        '{"value": 7}',
        "{",
    ],
)
def test_files_without_a_key(text):
    with pytest.raises(InputError, match=r"The key in key\.txt can't be used"):
        read_key_file(text, "key.txt")


class Answer:
    def __init__(self, *strings):
        self.strings = strings


class Resolver:
    """Answers as `dns.resolver` does, without a network."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def resolve(self, name, kind, *, lifetime, search):
        self.asked.append((name, kind, search))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_key_in_dns():
    resolver = Resolver([Answer(b"v=DKIM1; k=rsa; ", b"p=AAAA")])
    (key,) = look_up([("quillmar.example", "june")], NOW, resolver)
    record = "v=DKIM1; k=rsa; p=AAAA"
    assert key == Key("dns 2031-06-20T00:00:00Z", record, "quillmar.example", "june")
    assert resolver.asked == [("june._domainkey.quillmar.example.", "TXT", False)]


def test_the_key_among_other_records():
    resolver = Resolver([Answer(b"v=spf1 -all"), Answer(b"v=DKIM1; p=AAAA")])
    (key,) = look_up([("quillmar.example", "june")], NOW, resolver)
    assert key.record == "v=DKIM1; p=AAAA"


def test_several_keys_in_dns_are_all_tried():
    resolver = Resolver([Answer(b"v=DKIM1; p=A"), Answer(b"v=DKIM1; p=B")])
    keys = look_up([("quillmar.example", "june")], NOW, resolver)
    assert [key.record for key in keys] == ["v=DKIM1; p=A", "v=DKIM1; p=B"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (dns.resolver.NXDOMAIN(), "no key at june._domainkey.quillmar.example."),
        (dns.resolver.NoAnswer(), "no key at june"),
        (dns.resolver.LifetimeTimeout(timeout=5, errors=[]), "no answer about june"),
        (dns.resolver.NoNameservers(), "no name server would answer"),
        (dns.name.LabelTooLong(), "LabelTooLong"),
        ([], "has 0 records"),
        ([Answer(b"v=DKIM1; p=A")] * 11, "has 11 records"),
        ([Answer(b"v=DKIM1; p=" + b"A" * 5000)], "is no key"),
        ([Answer("v=DKIM1; p=é".encode())], "is no key"),
    ],
)
def test_dns_has_no_key(answer, problem):
    (key,) = look_up([("quillmar.example", "june")], NOW, Resolver(answer))
    assert key.record is None
    assert problem in key.problem


def test_a_machine_without_name_servers(monkeypatch):
    def unset():
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", unset)
    with pytest.raises(InputError, match="can't be looked up in DNS"):
        look_up([("quillmar.example", "june")], NOW)


def test_nothing_is_asked_for_nothing():
    resolver = Resolver([])
    assert look_up([], NOW, resolver) == resolver.asked == []


def test_without_dnspython(monkeypatch):
    monkeypatch.setitem(sys.modules, "dns.resolver", None)
    with pytest.raises(InputError, match="dnspython is not installed"):
        look_up([("quillmar.example", "june")], NOW)


def test_a_record_without_a_name_after_one_that_has_one():
    other = RECORD.replace(HALF, HALF[::-1])
    found = read_key_file(f'june._domainkey.x.example. TXT "{other}"\n{RECORD}\n', "june.txt")
    origin = "file june.txt"
    assert found == [Key(origin, other, "x.example", "june"), Key(origin, RECORD)]
