"""`resolve` says checked only of a chain that the log bears out, whole as it is."""

import sqlite3
from contextlib import closing

import pytest

from evidence_db.store.keys.key_file import kept_path

QUOTE = ("add", "quote", "--artifact", "tender.txt", "--text")


@pytest.fixture
def chain(tender):
    """A claim that is contradicted, one that is not, and a retracted link; all signed."""
    for slug in ("knew", "other", "third"):
        tender.run("claim", slug, f"They {slug}")
    for text, relation in (("We buy cameras", "supports"), ("cover every door", "contradicts")):
        tender.run("link", tender.id(*QUOTE, text)[:8], "knew", f"--{relation}")
    gone = tender.id("link", tender.id(*QUOTE, "They cover every door")[:8], "knew", "--supports")
    tender.run("retract", gone, "--reason", "misread")
    tender.run("checkpoint")
    assert tender.json("resolve", "knew")["integrity"]["outcome"] == "holds"
    return tender


def tamper(case, *statements):
    """Change tables behind the log's back, with the triggers put back afterwards."""
    with closing(sqlite3.connect(case.home / "evidence.db")) as connection, connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        for _, sql in triggers:
            connection.execute(sql)


MOVED = "(SELECT idx FROM claim WHERE slug = 'other')"
ATTACKS = {
    "a contradiction made a support": (
        "UPDATE link SET relation = 'supports' WHERE relation = 'contradicts'",
    ),
    "a contradiction moved to another claim": (
        f"UPDATE link SET to_idx = {MOVED} WHERE relation = 'contradicts'",
    ),
    "a contradiction dropped": ("DELETE FROM link WHERE relation = 'contradicts'",),
    "a retraction dropped": ("DELETE FROM retraction",),
    "a passage moved to another file": ("UPDATE evidence SET artifact_idx = NULL",),
    "another origin": ("UPDATE case_info SET origin = 'evil.example/x'",),
}


@pytest.mark.parametrize("statements", ATTACKS.values(), ids=ATTACKS)
def test_what_the_tables_show_otherwise_fails(chain, statements):
    tamper(chain, *statements)
    resolved = chain.json("resolve", "knew", "--key", _key(chain), code=1)
    assert resolved["integrity"]["outcome"] == "failed"
    assert resolved["log"]["origin"] == "newsroom.example/case" or (
        resolved["log"]["signer"] == "failed"
    )


def test_a_translation_that_the_tables_leave_out_fails(tender):
    tender.run("claim", "knew", "They knew")
    passage = tender.id(*QUOTE, "We buy cameras")
    tender.run("link", passage, "knew", "--supports")
    translate = ("add", "translation", "--of", passage, "--text", "Wir kaufen Kameras")
    tender.run(*translate, "--language", "de", "--translator", "W. Ito")
    tender.run("checkpoint")
    assert tender.json("resolve", "knew")["integrity"]["outcome"] == "holds"
    tamper(tender, "DELETE FROM link WHERE relation = 'translates'")
    resolved = tender.json("resolve", "knew", code=1)
    assert resolved["chain"][0]["record"]["integrity"]["outcome"] == "failed"


@pytest.mark.parametrize("relation", ["replaces", "derives-from", "preserves"])
def test_a_relation_that_the_tables_leave_out_fails(tender, relation):
    tender.run("claim", "knew", "They knew")
    letter, memo = (tender.id("add", "original", "--title", title) for title in ("L", "M"))
    kept = tender.file("memo.txt", "We knew of the doors.")
    tender.run("add", "artifact", kept, "--preserves", memo)
    old, new = (tender.id(*QUOTE, text) for text in ("We buy cameras", "cover every door"))
    told = tender.id(
        *("add", "quote", "--artifact", "memo.txt", "--text", "We knew of the doors"),
        *("--derives-from", letter, "--derives-from", memo),
    )
    for one in (old, told):
        tender.run("link", one, "knew", "--supports")
    tender.run("replace", old, new, "--drop-links")
    tender.run("checkpoint")
    assert tender.json("resolve", "knew")["integrity"]["outcome"] == "holds"
    tamper(tender, f"DELETE FROM link WHERE relation = '{relation}'")
    assert tender.json("resolve", "knew", code=1)["integrity"]["outcome"] == "failed"


def _key(case):
    from evidence_chain.log.key import SigningKey

    return str(SigningKey.parse((case.home.parent / "signing.key").read_text().strip()).verifier)


def test_a_link_moved_here_fails(chain):
    tamper(chain, f"UPDATE link SET to_idx = {MOVED} WHERE relation = 'contradicts'")
    resolved = chain.json("resolve", "other", code=1)
    assert resolved["integrity"]["outcome"] == "failed"


def test_a_log_that_was_cut_is_not_signed_again(chain):
    last = "(SELECT max(idx) FROM entry)"
    tamper(
        chain,
        f"DELETE FROM retraction WHERE idx = {last}",
        f"DELETE FROM seal WHERE idx = {last}",
        f"DELETE FROM entry WHERE idx = {last}",
    )
    assert "does not go on" in chain.run("checkpoint", code=1).stderr
    assert "does not go on" in chain.run("claim", "fresh", "Fresh", code=1).stderr
    kept_path("newsroom.example/case").unlink()
    assert "evidence verify" in chain.run("claim", "fresh", "Fresh", code=4).stderr


def test_another_key_does_not_sign_on(chain, monkeypatch, tmp_path):
    chain.run("claim", "later", "Later")
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "other.key"))
    chain.run("init", tmp_path / "elsewhere", "--origin", "newsroom.example/case")
    assert "does not go on" in chain.run("checkpoint", code=1).stderr


def test_the_words_of_the_file_are_shown_where_they_differ(chain):
    altered = chain.id(*QUOTE, "They cover no door of the hall", "--as-altered")
    chain.run("link", altered[:8], "other", "--supports")
    out = chain.out("resolve", "other")
    assert "ALTERED" in out
    assert "the file says: “They cover every door of the hall" in out
    assert out.index("the file says") < out.index("recorded as")


def test_a_supporting_claim_shows_that_it_is_contested(chain):
    chain.run("link", "knew", "other", "--supports")
    assert "contested" in chain.out("resolve", "other")
    assert chain.json("resolve", "other")["chain"][0]["record"]["status"] == "contested"
