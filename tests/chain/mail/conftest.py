import pytest

from signing import ed25519_signer, rsa_signer


@pytest.fixture(scope="session")
def signer():
    return rsa_signer(2048)


@pytest.fixture(scope="session")
def other_signer():
    return rsa_signer(2048)


@pytest.fixture(scope="session")
def ed25519():
    return ed25519_signer()
