"""A key of SSH, and the file that says whose it is."""

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def ssh_key(tmp_path_factory):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("there is no ssh-keygen here")
    key = tmp_path_factory.mktemp("ssh") / "key"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
    subprocess.run(words, check=True)
    return key


@pytest.fixture(scope="session")
def signers():
    return written


def written(key, principal):
    path = key.parent / f"signers-{principal}"
    path.write_text(f"{principal} {key.with_suffix('.pub').read_text()}")
    return path
