"""What the tests of e-mails share."""

import io

import pytest

from evidence_chain.extract import extract, message


@pytest.fixture
def read(tmp_path):
    def read(data):
        path = tmp_path / "mail.eml"
        path.write_bytes(data)
        return extract(path, "message/rfc822")

    return read


@pytest.fixture
def draw():
    """Without a subprocess."""
    return lambda data: message.extract(io.BytesIO(data))
