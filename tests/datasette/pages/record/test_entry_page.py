"""An entry's proof, worked out step by step, is what RFC 9162 says."""

import hashlib

import pytest


def root_of(proof):
    """The root that the steps give, by hashlib alone."""
    node = bytes.fromhex(proof["leaf"])
    for step in proof["proof"]["steps"]:
        sibling = bytes.fromhex(step["sibling"])
        pair = sibling + node if step["sibling_is_left"] else node + sibling
        node = hashlib.sha256(b"\1" + pair).digest()
        assert step["hash"] == node.hex()
    return node.hex()


def test_every_entry_leads_to_the_signed_root(site):
    for index in range(site.json("/evidence/-/log.json")["size"]):
        shown = site.json(f"/evidence/-/log/{index}.json")
        assert shown["leaf"] == hashlib.sha256(b"\0" + shown["entry"].encode()).hexdigest()
        assert shown["proof"]["outcome"] == "holds"
        assert root_of(shown) == shown["proof"]["checkpoint"]["root"] == shown["proof"]["root"]


def test_an_entry_after_the_checkpoint_is_not_checked(invented, serve):
    invented.run("claim", "later", "A later claim")
    site = serve(invented)
    newest = site.json("/evidence/-/log.json")["size"] - 1
    assert site.json(f"/evidence/-/log/{newest}.json")["proof"]["outcome"] == "not-checked"
    assert "not checked" in site.page(f"/evidence/-/log/{newest}").text


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("entry", "UPDATE entry SET entry = replace(entry, '\"v\":1', '\"v\":2') WHERE idx = 2"),
        ("tree_node", "UPDATE tree_node SET hash = zeroblob(32)"),
        ("checkpoint", "UPDATE checkpoint SET note = replace(note, '=', 'A')"),
    ],
)
def test_what_was_changed_fails(invented, serve, table, change):
    with invented.connected() as db:
        db.execute(f"DROP TRIGGER {table}_no_update")
        db.execute(change)
        ((entry,),) = db.execute("SELECT entry FROM entry WHERE idx = 2")
    site = serve(invented)
    assert site.json("/evidence/-/log/2.json")["proof"]["outcome"] == "failed", entry
    assert "FAILED" in site.page("/evidence/-/log/2").text


def test_without_a_checkpoint_nothing_is_proved(tender_case, serve):
    assert serve(tender_case).json("/evidence/-/log/0.json")["proof"] is None
    assert "not checked" in serve(tender_case).page("/evidence/-/log/0").text


@pytest.fixture
def tender_case(tmp_path):
    from cases import make_empty_case

    case = make_empty_case(tmp_path / "new")
    case.run("claim", "first", "The first")
    return case


def test_the_signer_is_said_to_be_known_or_not(invented, serve, monkeypatch, tmp_path):
    site = serve(invented)
    assert {one["signer"] for one in site.json("/evidence/-/log.json")["signed"]} == {"known"}
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "nowhere"))
    assert {one["signer"] for one in site.json("/evidence/-/log.json")["signed"]} == {"unknown"}
    assert "compare the signer" in site.page("/evidence/-/log").text
