"""What `openssl ts` makes, in all its variants, held against what is said of it here."""

import os
import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from authorities import BETWEEN, OTHER_ROOT, ROOT, TEXT, TSA
from evidence_chain.errors import ProofError
from evidence_chain.stamps import check, open_response, request_over

CONFIG = """
[ts]
serial = {home}/serial
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha512
signer_digest = {signer_digest}
accuracy = {accuracy}
ordering = {ordering}
tsa_name = {tsa_name}
ess_cert_id_chain = {whole}
ess_cert_id_alg = {essential}
"""
PLAIN = {
    "signer_digest": "sha256",
    "accuracy": "secs:1",
    "ordering": "no",
    "tsa_name": "no",
    "whole": "no",
    "essential": "sha256",
}
VARIANTS = {
    "plain": {},
    "accuracy": {"accuracy": "secs:1, millisecs:500, microsecs:100"},
    "ordered": {"ordering": "yes"},
    "named": {"tsa_name": "yes"},
    "chain named": {"whole": "yes"},
    "named by SHA-1": {"essential": "sha1"},
    "signed over SHA-512": {"signer_digest": "sha512"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A function that has openssl answer a request."""
    program = shutil.which("openssl")
    if program is None:
        reason = "openssl is not installed (apt-get install openssl)."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("openssl")
    for name, certified in (("tsa", TSA), ("between", BETWEEN), ("root", ROOT)):
        (home / name).write_bytes(certified.certificate.public_bytes(Encoding.PEM))
    for name, order in (("up", "tsa between root"), ("down", "root between tsa")):
        (home / name).write_bytes(b"".join((home / one).read_bytes() for one in order.split()))
    key = TSA.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (home / "key").write_bytes(key)

    def run(*words):
        subprocess.run([program, "ts", *words], check=True, capture_output=True, cwd=home)

    def answer(request, chain="up", **changes):
        (home / "serial").write_text("01\n")
        (home / "config").write_text(CONFIG.format(home=home, **PLAIN | changes))
        (home / "request").write_bytes(request)
        signing = ("-signer", "tsa", "-inkey", "key", "-chain", chain)
        files = ("-queryfile", "request", "-out", "answer")
        run("-reply", "-config", "config", "-section", "ts", *files, *signing)
        return (home / "answer").read_bytes()

    def query(*words):
        (home / "text").write_bytes(TEXT)
        run("-query", "-data", "text", "-out", "asked", *words)
        return (home / "asked").read_bytes()

    answer.query = query
    return answer


def roots(*certified):
    return [one.certificate for one in certified]


@pytest.mark.parametrize("changes", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("chain", ["up", "down"])
def test_each_variant_holds_in_any_order_of_its_chain(made, changes, chain):
    stamp = open_response(made(request_over(TEXT, 7), chain, **changes), TEXT)
    assert check(stamp, roots(ROOT)).authority == "CN=Invented authority"
    assert stamp.nonce == 7
    with pytest.raises(ProofError, match="leads from the roots given"):
        check(stamp, roots(OTHER_ROOT))


def test_without_certificates_the_user_s_own_are_needed(made):
    stamp = open_response(made(made.query("-sha256")), TEXT)
    assert stamp.authority is None
    with pytest.raises(ProofError, match="neither in it nor among the roots given"):
        check(stamp, roots(ROOT))
    assert check(stamp, roots(ROOT, BETWEEN, TSA)).authority == "CN=Invented authority"


def test_an_imprint_by_sha_512_is_no_time_stamp_of_a_checkpoint(made):
    with pytest.raises(ProofError, match="Its imprint is sha512"):
        open_response(made(made.query("-sha512", "-cert")), TEXT)
