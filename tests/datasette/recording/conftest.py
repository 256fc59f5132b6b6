"""A case that is served for recording, too."""

import pytest
from browsing import Site
from recorder import Recorder

from evidence_datasette.answering.compat import IS_1
from evidence_datasette.asking.desk import desk_of
from evidence_datasette.serving import served


@pytest.fixture
def recording(invented, monkeypatch):
    """A site that records, of a case of its own."""
    monkeypatch.setenv("EVIDENCE_KEY", str(invented.key_file))
    site = Site(invented, served(invented.database, records=True))
    if not IS_1:  # its client has an application that was made before
        site.datasette.client.app = site.datasette.app()
    yield site
    site.close()


@pytest.fixture
def visitor(recording):
    """Somebody who has the link and didn't open it yet."""
    return Recorder(recording, f"/evidence/-/begin/{desk_of(recording.datasette).secret}")


@pytest.fixture
def recorder(visitor):
    """Somebody who came by the link."""
    visitor.begin()
    return visitor
