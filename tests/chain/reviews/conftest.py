"""ssh-keygen, to compare with."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture
def ssh_keygen(tmp_path):
    """What ssh-keygen says of a signature; without it the test is skipped, or fails in CI."""
    program = shutil.which("ssh-keygen")
    if program is None:
        reason = "ssh-keygen is not installed (apt-get install openssh-client)."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    signature = tmp_path / "signature"

    def run(arguments, armored, message):
        signature.write_bytes(armored.encode())
        command = [program, "-Y", *arguments, "-s", signature]
        done = subprocess.run(command, input=message, capture_output=True, check=False)
        return done.returncode == 0

    def check(armored, message, namespace):
        return run(["check-novalidate", "-n", namespace], armored, message)

    def verify(armored, message, namespace, signers, principal, time):
        file = tmp_path / "allowed_signers"
        file.write_bytes(signers.encode())
        options = ["-f", file, "-I", principal, "-O", f"verify-time={time:%Y%m%d%H%M%SZ}"]
        return run(["verify", "-n", namespace, *options], armored, message)

    def sign(key, message, namespace):
        (tmp_path / "key").write_bytes(key)
        (tmp_path / "key").chmod(0o600)
        command = [program, "-Y", "sign", "-n", namespace, "-f", tmp_path / "key"]
        return subprocess.run(command, input=message, capture_output=True, check=True).stdout

    check.verify, check.sign = verify, sign
    return check
