"""SSH signatures of every known type, what must not pass, and what ssh-keygen says of each."""

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ssh_signing import (
    NAMESPACE,
    armor,
    blob_of,
    ecdsa_key,
    ed25519_key,
    keys,
    mpint,
    rsa_key,
    security_key,
)

from evidence_chain.errors import EvidenceError, FormatError, ProofError, UncheckedError
from evidence_chain.reviews.sshsig import parse
from evidence_chain.reviews.wire import string

MESSAGE = b'{"verdict":"approved"}'
PLAIN = ed25519_key().sign(MESSAGE)


def blob(armored=PLAIN):
    return base64.b64decode("".join(armored.split("\n")[1:-2]))


def with_signature(key, signature):
    return armor(blob_of(key.blob, NAMESPACE, signature))


@pytest.mark.parametrize("key", keys(), ids=lambda key: key.type)
@pytest.mark.parametrize("hash_name", ["sha256", "sha512"])
def test_every_known_type_holds_and_nothing_else_does(key, hash_name, ssh_keygen):
    armored = key.sign(MESSAGE, hash_name=hash_name)
    signature = parse(armored)
    signature.check(MESSAGE, NAMESPACE)
    assert signature.public_key == key.blob
    assert ssh_keygen(armored, MESSAGE, NAMESPACE)
    with pytest.raises(ProofError, match="does not hold"):
        signature.check(MESSAGE + b" ", NAMESPACE)
    assert not ssh_keygen(armored, MESSAGE + b" ", NAMESPACE)
    with pytest.raises(ProofError, match="made for 'evidence-chain-review@v1', not for 'file'"):
        signature.check(MESSAGE, "file")
    assert not ssh_keygen(armored, MESSAGE, "file")


@pytest.mark.parametrize("key", [ed25519_key(), ecdsa_key(), rsa_key()], ids=lambda key: key.type)
def test_what_ssh_keygen_signs_is_read_to_the_byte(key, ssh_keygen):
    armored = ssh_keygen.sign(key.private_bytes(), MESSAGE, NAMESPACE).decode()
    parse(armored).check(MESSAGE, NAMESPACE)
    assert armored == armor(blob(armored))


def test_rsa_signs_with_sha_2_of_both_lengths(ssh_keygen):
    armored = rsa_key().sign(MESSAGE, signature_type="rsa-sha2-256")
    parse(armored).check(MESSAGE, NAMESPACE)
    assert ssh_keygen(armored, MESSAGE, NAMESPACE)


def test_an_untouched_security_key_is_taken_as_ssh_keygen_takes_it(ssh_keygen):
    armored = security_key().sign(MESSAGE, flags=0, counter=0)
    parse(armored).check(MESSAGE, NAMESPACE)
    assert ssh_keygen(armored, MESSAGE, NAMESPACE)


REFUSED = {
    "RSA with SHA-1": lambda: rsa_key().sign(MESSAGE, signature_type="ssh-rsa"),
    "a signature of another type": lambda: ed25519_key().sign(
        MESSAGE, signature_type="rsa-sha2-512"
    ),
    "flags that were not signed": lambda: security_key().sign(MESSAGE, sent=b"\x05\0\0\0\7"),
    "a counter that was not signed": lambda: security_key("ecdsa").sign(
        MESSAGE, sent=b"\1\0\0\0\x08"
    ),
    "a security key without its counter": lambda: security_key().sign(MESSAGE, sent=b""),
    "bytes after a signature": lambda: ed25519_key().sign(MESSAGE, sent=b"\0"),
    "a plain signature with a security key": lambda: with_signature(
        security_key(), ed25519_key(9).signature_over(MESSAGE)
    ),
    "another hash than the one signed": lambda: armor(
        blob(PLAIN).replace(string(b"sha512"), string(b"sha256"))
    ),
    "another key": lambda: armor(blob(PLAIN).replace(ed25519_key().blob, ed25519_key(2).blob)),
    "a key that is cut": lambda: armor(
        blob_of(ed25519_key().blob[:-1], NAMESPACE, ed25519_key().signature_over(MESSAGE))
    ),
    "a key with something after it": lambda: armor(
        blob_of(ed25519_key().blob + b"\0", NAMESPACE, ed25519_key().signature_over(MESSAGE))
    ),
    "an unknown type of key": lambda: armor(
        blob_of(string(b"ssh-ed448") + string(bytes(57)), NAMESPACE, string(b"ssh-ed448"))
    ),
    "RSA of 512 bits": lambda: armor(
        blob_of(
            string(b"ssh-rsa") + mpint(65537) + mpint(2**511 + 9),
            NAMESPACE,
            string(b"rsa-sha2-512") + string(bytes(64)),
        )
    ),
    "a negative number": lambda: with_signature(
        ecdsa_key(),
        string(b"ecdsa-sha2-nistp256") + string(string(b"\xff") + string(b"\1")),
    ),
    "a curve that the type does not name": lambda: armor(
        blob_of(
            ecdsa_key().blob.replace(string(b"nistp256"), string(b"nistp384")),
            NAMESPACE,
            ecdsa_key().signature_over(MESSAGE),
        )
    ),
    "version 2": lambda: armor(blob(PLAIN).replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2")),
    "another magic": lambda: armor(blob(PLAIN).replace(b"SSHSIG", b"SSHSIH")),
    "MD5": lambda: armor(blob_of(ed25519_key().blob, NAMESPACE, b"", b"md5")),
    "bytes after the end": lambda: armor(blob(PLAIN) + b"\0"),
    "a cut blob": lambda: armor(blob(PLAIN)[:-1]),
    "no blob": lambda: armor(b""),
    "text before": lambda: "x" + PLAIN,
    "no end": lambda: PLAIN[:-5].rpartition("\n")[0] + "\n",
    "CR LF": lambda: PLAIN.replace("\n", "\r\n"),
    "base64 spelt otherwise": lambda: PLAIN.replace("=\n-", "\n-"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_ssh_keygen_refuses_it(name, ssh_keygen):
    armored = REFUSED[name]()
    with pytest.raises((FormatError, ProofError)):
        parse(armored).check(MESSAGE, NAMESPACE)
    assert not ssh_keygen(armored, MESSAGE, NAMESPACE)


STRICTER = {
    "no last newline": PLAIN[:-1],
    "two last newlines": PLAIN + "\n",
    "text after": PLAIN + "Signed by me\n",
    "one long line": PLAIN.replace("\n", "").replace("SIGNATURE-----", "SIGNATURE-----\n", 1),
    "lines of 64": PLAIN[:94] + "\n" + PLAIN[94:],
    "white space in it": PLAIN[:60] + " " + PLAIN[60:],
    "version 0": armor(blob(PLAIN).replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\0")),
    "something reserved": armor(
        blob_of(ed25519_key().blob, NAMESPACE, b"", b"sha512", reserved=b"x")
    ),
    "no namespace": armor(blob_of(ed25519_key().blob, "", b"", b"sha512")),
    "a control character in the namespace": armor(blob_of(ed25519_key().blob, "a\0", b"")),
    "too long": PLAIN.replace("U1NI", "U1NI" * 20_000),
}


@pytest.mark.parametrize("name", STRICTER)
def test_one_signature_has_one_spelling(name):
    with pytest.raises(FormatError):
        parse(STRICTER[name])


def test_certificates_and_browsers_are_not_checked():
    certificate = string(b"ssh-ed25519-cert-v01@openssh.com") + ed25519_key().blob
    armored = armor(blob_of(certificate, NAMESPACE, ed25519_key().signature_over(MESSAGE)))
    with pytest.raises(UncheckedError, match="certificate"):
        parse(armored).check(MESSAGE, NAMESPACE)
    name = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
    armored = security_key("ecdsa").sign(MESSAGE, signature_type=name)
    with pytest.raises(UncheckedError, match="browser"):
        parse(armored).check(MESSAGE, NAMESPACE)


def test_an_rsa_signature_without_its_leading_zero_is_taken_as_ssh_keygen_takes_it(ssh_keygen):
    made = (rsa_key().sign(str(number).encode()) for number in range(10_000))
    number, full = next((n, a) for n, a in enumerate(made) if blob(a)[-256] == 0)
    short = blob(full)[: -256 - 4 - 4 - 4 - 12] + string(
        string(b"rsa-sha2-512") + string(blob(full)[-255:])
    )
    parse(armor(short)).check(str(number).encode(), NAMESPACE)
    assert ssh_keygen(armor(short), str(number).encode(), NAMESPACE)


@given(st.data())
def test_no_changed_byte_passes_and_none_is_a_traceback(data):
    made = blob(PLAIN)
    at = data.draw(st.integers(0, len(made) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != made[at]))
    with pytest.raises(EvidenceError):
        parse(armor(made[:at] + bytes([value]) + made[at + 1 :])).check(MESSAGE, NAMESPACE)


@given(st.text())
def test_any_text_is_a_signature_or_refused(text):
    with contextlib.suppress(FormatError):
        parse(text)
    with contextlib.suppress(FormatError):
        parse(armor(text.encode(errors="surrogatepass")))
