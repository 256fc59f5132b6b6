"""Who may see a table is looked up once for the same metadata, and anew for others."""

import pytest
from datasette import hookimpl
from datasette.plugins import pm

from evidence_datasette.answering.allows import shared_allows
from evidence_datasette.answering.compat import IS_1

pytestmark = pytest.mark.skipif(IS_1, reason="1.0 asks its own database, by rows")
PATH = "/evidence/-/claim/board-knew"


@pytest.fixture
def looked_up(template, serve):
    """The case served, and the tables that are looked up in its metadata."""
    site, tables = serve(template), []
    usual = site.datasette._table_permission_allows

    def allows(database, table):
        tables.append(table)
        return usual(database, table)

    site.datasette._table_permission_allows = allows
    return site, tables


def test_each_table_is_looked_up_once(looked_up):
    site, tables = looked_up
    for _ in range(3):
        site.ask(PATH)
    assert sorted(tables) == sorted(set(tables))
    assert {"claim", "evidence", "link", "checkpoint"} <= set(tables)


def test_datasette_s_own_pages_ask_as_ever(looked_up):
    site, tables = looked_up
    site.ask(PATH)
    for _ in range(2):
        before = len(tables)
        site.ask("/evidence/claim")
        assert len(tables) > before


@pytest.mark.parametrize("own", [{"id": "editor"}, False])
def test_what_is_forbidden_meanwhile_is_forbidden_at_once(looked_up, own):
    site, _ = looked_up
    site.ask(PATH)
    metadata = site.datasette._metadata_local["databases"]["evidence"]
    link = metadata.setdefault("tables", {}).setdefault("link", {})
    link["allow"] = own
    site.ask(PATH, code=403)
    cookies = {"ds_actor": site.datasette.sign({"a": {"id": "editor"}}, "actor")}
    site.ask(PATH, code=200 if own else 403, cookies=cookies)
    del link["allow"]
    site.ask(PATH)


class Denying:
    """A plugin that has something to say of who may see a table."""

    __name__ = "denying"
    denied = ()

    @hookimpl
    def get_metadata(self, database, table):
        tables = {name: {"allow": False} for name in self.denied}
        return {"databases": {"evidence": {"tables": tables}}}


class Forbidding:
    """A plugin that decides by itself."""

    __name__ = "forbidding"
    denied = ()

    @hookimpl
    def permission_allowed(self, action, resource):
        is_denied = action == "view-table" and resource[1] in self.denied
        return False if is_denied else None


@pytest.mark.parametrize("kind", [Denying, Forbidding])
def test_what_plugins_say_counts_at_once(looked_up, kind):
    site, _ = looked_up
    plugin = kind()
    pm.register(plugin, kind.__name__)
    try:
        for denied, code in (((), 200), (("link",), 403), ((), 200)):
            plugin.denied = denied
            site.ask(PATH, code=code)
    finally:
        pm.unregister(plugin)
    site.ask(PATH)


def test_sqlite_is_asked_once_a_page_how_tables_are_spelt(template, serve, monkeypatch):
    site, asked = serve(template), []
    site.ask(PATH)
    database = site.datasette.databases["evidence"]
    usual = database.execute_fn

    async def counted(ask):
        asked.append(ask)
        return await usual(ask)

    monkeypatch.setattr(database, "execute_fn", counted)
    site.ask(f"{PATH}?words=board")
    assert len(asked) == 1


def test_a_name_that_no_table_has_is_asked_about_as_ever(template, serve):
    site = serve(template)

    async def spelt(name):
        datasette = site.datasette
        async with shared_allows(datasette, "evidence"):
            await datasette.permission_allowed(None, "view-table", ("evidence", name))
        return datasette._permission_checks[-1]["resource"][1]

    for name, as_spelt in (("link", "link"), ("LINK", "link"), ("none", "none")):
        assert site.loop.run_until_complete(spelt(name)) == as_spelt
