"""Ed25519 keys under the names of their owners, as C2SP and Go's note package write them."""

import base64
import hashlib

import pytest

from evidence_chain.errors import FormatError
from evidence_chain.log.key import SigningKey, VerifierKey
from evidence_chain.log.note import Signature

KEY = SigningKey("newsroom.example/cameras", bytes(range(32)))


def test_generated_keys_differ():
    assert SigningKey.generate("a").seed != SigningKey.generate("a").seed


def test_the_representation_of_a_signing_key_hides_its_seed():
    assert KEY.verifier  # made, so that it could show too
    assert repr(KEY) == "SigningKey(name='newsroom.example/cameras')"


@pytest.mark.parametrize("name", ["", "a b", "a\u00a0b", "a\u2003b", "a+b", "a\n", "\ta", "a\0"])
def test_bad_names_are_refused(name):
    for make in (
        lambda: SigningKey(name, bytes(32)),
        lambda: VerifierKey.of(name, bytes(32)),
        lambda: Signature(name, bytes(4), b"x"),
    ):
        with pytest.raises(FormatError, match="key name"):
            make()


def test_a_name_that_has_no_bytes_is_refused():
    with pytest.raises(FormatError, match="key name"):
        VerifierKey.of("a\ud800", bytes(32))


def test_a_key_made_by_hand_is_checked_too():
    good = KEY.verifier
    assert VerifierKey(good.name, good.key_id, good.public_key) == good
    for name in ("a b", "a\ud800"):
        with pytest.raises(FormatError, match="key name"):
            VerifierKey(name, hashlib.sha256(b"a b\n\x01" + bytes(32)).digest()[:4], bytes(32))


def vkey(name="newsroom.example/cameras", key_id=None, data=None):
    public = KEY.verifier.public_key
    data = b"\x01" + public if data is None else data
    return f"{name}+{key_id or KEY.verifier.key_id.hex()}+{base64.b64encode(data).decode()}"


def test_the_verifier_key_that_the_bad_ones_are_made_from_is_good():
    assert VerifierKey.parse(vkey()) == KEY.verifier


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "copy the whole key"),
        ("newsroom.example/cameras", "copy the whole key"),
        (vkey(key_id="0123"), "copy the whole key"),
        (vkey(key_id=KEY.verifier.key_id.hex().upper()), "copy the whole key"),
        (vkey(key_id="00000000"), "key id 00000000 is not that of this key"),
        (vkey(name="newsroom.example/camera"), "is not that of this key"),
        (vkey(name=""), "key name"),
        (vkey(name="news room"), "key name"),
        (vkey(data=b""), "type 0x"),
        (vkey(data=b"\x04" + bytes(32)), "type 0x04. Only Ed25519"),
        (vkey(data=b"\x02" + bytes(90)), "type 0x02. Only Ed25519"),
        (vkey(data=b"\x01" + bytes(31)), "has 31 bytes"),
        (vkey(data=b"\x01" + bytes(33)), "has 33 bytes"),
        (vkey() + "\n", "base64"),
        (vkey() + "+", "base64"),
        (vkey() + "é", "base64"),
    ],
)
def test_damaged_verifier_keys_are_refused(text, message):
    with pytest.raises(FormatError, match=message):
        VerifierKey.parse(text)


def test_a_verifier_key_is_no_signing_key_nor_the_reverse():
    with pytest.raises(FormatError, match=r"PRIVATE\+KEY\+"):
        SigningKey.parse(vkey())
    with pytest.raises(FormatError, match="verifier key") as refused:
        VerifierKey.parse(str(KEY))
    assert str(KEY)[-20:] not in str(refused.value)


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(size):
    with pytest.raises(FormatError, match="32 bytes"):
        SigningKey("a", bytes(size))
