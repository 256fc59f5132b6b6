"""A case as somebody with a browser sees it."""

import pytest
from browsing import Site, custom
from datasette.plugins import pm

from evidence_datasette.answering import verification
from evidence_datasette.serving import served
from parser_forks import VERIFYING


@pytest.fixture(scope="module", autouse=True)
def spared(datasette_closes):
    """What takes longer than a test: errors in colours, parsers of a verification."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "_TELLING", VERIFYING)
        patch.setattr(pm.get_plugin("datasette.handle_exception"), "rich", None)
        yield


@pytest.fixture
def serve(request, monkeypatch):
    """Serve a case; what is given takes the place of parts of the metadata of its database."""

    def start(case, files=None, **own):
        monkeypatch.setenv("EVIDENCE_KEY", str(case.key_file))
        if files is None and not own:
            datasette = served(case.database)
        else:
            datasette = custom(files or [case.database], own)
        site = Site(case, datasette)
        request.addfinalizer(site.close)
        return site

    return start


@pytest.fixture(scope="module")
def shown(template):
    """The case that `site` serves; a module with a case of its own gives that instead."""
    return template


@pytest.fixture(scope="module")
def _served(shown):
    site = Site(shown, served(shown.database))
    yield site
    site.close()


@pytest.fixture
def site(_served, monkeypatch):
    """The case `shown`, served; not to be changed."""
    monkeypatch.setenv("EVIDENCE_KEY", str(_served.case.key_file))
    return _served


@pytest.fixture
def damaged(site, template):
    """The case that is served, whole again after each test."""
    yield site
    with template.connected() as whole, site.case.connected() as copy:
        whole.backup(copy)
