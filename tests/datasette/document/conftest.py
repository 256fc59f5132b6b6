"""What the tests of a document's pages share."""

import pytest
from annex import make_annexed


@pytest.fixture(scope="session")
def annexed(tmp_path_factory):
    """A PDF of four pages with passages on three of them; not to be changed."""
    return make_annexed(tmp_path_factory.mktemp("annexed"))
