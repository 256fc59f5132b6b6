"""A case that is damaged is shown as far as it goes; the rest is told in a sentence."""

import pytest

from adversary import tampering
from cases import make_empty_case

TABLES = ("artifact", "original", "claim", "evidence", "link", "retraction", "case_title")
LOG = ("entry", "seal")
PAGES = ("claims", "claims?q=board", "claims?status=ended", "search?q=recordings", "log")
REFERENCES = ("record/board-knew", "claim/board-knew", "document/@1", "record/@0", "log/0")
LINKED = ("record/board-knew", "claim/board-knew", "record/@0")
NEWEST = "size = (SELECT max(size) FROM checkpoint)"
DAMAGES = {
    "no checkpoint": ["DELETE FROM checkpoint"],
    "a checkpoint that is none": [f"UPDATE checkpoint SET note = 'nothing' WHERE {NEWEST}"],
    "an empty checkpoint": [f"UPDATE checkpoint SET note = '' WHERE {NEWEST}"],
    "another signer": [
        f"UPDATE checkpoint SET note = replace(note, 'room', 'loom') WHERE {NEWEST}"
    ],
    "a checkpoint of another size": [f"UPDATE checkpoint SET size = size + 9 WHERE {NEWEST}"],
    "a checkpoint of no size": [f"UPDATE checkpoint SET size = -5 WHERE {NEWEST}"],
    "a log that ends early": ["DELETE FROM entry WHERE idx >= 10"],
    "a case that ends early": [f"DELETE FROM {t} WHERE idx >= 10" for t in (*LOG, *TABLES)],
    "a log with a gap": ["DELETE FROM entry WHERE idx IN (4, 5)"],
    "no log": ["DELETE FROM entry"],
    "no tree": ["DELETE FROM tree_node"],
    "no seals": ["DELETE FROM seal"],
    "no name": ["DELETE FROM case_info"],
    "an unknown kind": ["""UPDATE entry SET entry = replace(entry, '"claim"', '"clam"')"""],
    "an unknown relation": ["UPDATE link SET relation = 'loves'"],
    "links to nowhere": ["UPDATE link SET to_idx = 9999"],
    "links from nowhere": ["UPDATE link SET from_idx = 9999"],
    "links to themselves": ["UPDATE link SET to_idx = from_idx"],
    "files that are none": ["UPDATE evidence SET artifact_idx = (SELECT min(idx) FROM claim)"],
    "a verdict in no words": [
        """UPDATE evidence SET body = json_set(body, '$.match', json('{"status":[],"notes":{}}'))"""
    ],
    "marks that are none": [
        """UPDATE evidence SET body = json_set(body, '$.marks', json('[1,{"kind":[]}]'))"""
    ],
    "everything withheld": [f"UPDATE {table} SET body = NULL" for table in TABLES],
    "no values": [f"UPDATE {table} SET body = '{{}}'" for table in TABLES],
    "no bodies": [f"UPDATE {table} SET body = '[1]'" for table in TABLES],
    "no evidence": ["DELETE FROM evidence"],
    "no files": ["DELETE FROM artifact"],
    "no search": ["DROP TABLE search"],
}


def look_at(site, pages):
    """Every page is there, is not there, or says in a sentence what is damaged."""
    for path in pages:
        name, _, query = path.partition("?")
        for suffix in ("", ".json", *([".jsonld"] if name in LINKED else [])):
            answer = site.ask(f"/evidence/-/{name}{suffix}?{query}", (200, 404, 500))
            assert "default-src 'none'" in answer.headers["content-security-policy"], path
            assert str(site.case.root) not in answer.text, path
            if answer.status_code == 500:
                said = answer.json()["error"] if suffix else answer.text
                assert "Run `evidence verify`" in said or "evidence.db" in said, path


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    """A case that is served all the while; reading its templates takes longest."""
    return template.copy_to(tmp_path_factory.mktemp("damaged") / "case")


@pytest.mark.parametrize("name", DAMAGES)
def test_no_page_breaks_over_a_damaged_case(damaged, name):
    with tampering(damaged.case) as db:
        for statement in DAMAGES[name]:
            db.execute(statement)
    look_at(damaged, [*PAGES, *REFERENCES])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return make_empty_case(tmp_path_factory.mktemp("empty"))


def test_a_case_without_a_record_but_its_title_has_its_pages(empty, serve):
    site = serve(empty)
    look_at(site, [*PAGES, *REFERENCES, "search"])
    for page in ("claims", "log", "search"):
        site.ask(f"/evidence/-/{page}")
    assert site.json("/evidence/-/log.json")["size"] == 1


def verified(site, query=""):
    answer = site.ask(f"/evidence/-/verify.json{query}", (200, 404, 500, 503))
    assert str(site.case.root) not in answer.text
    return answer.json()


def test_a_case_without_a_record_is_verified(empty, serve):
    assert verified(serve(empty))["outcome"] == "not-checked"


@pytest.mark.parametrize(
    ("name", "outcome"), [("no checkpoint", "not-checked"), ("a checkpoint that is none", "failed")]
)
def test_a_case_without_a_valid_checkpoint_is_verified(damaged, name, outcome):
    with tampering(damaged.case) as db:
        db.execute(DAMAGES[name][0])
    for reference in ("?of=board-knew", "?of=@9"):
        assert verified(damaged, reference)["outcome"] == outcome
    assert "Verify this case" in damaged.text("/evidence/-/verify")


def test_a_log_that_ends_early_is_verified(damaged):
    with tampering(damaged.case) as db:
        db.execute(DAMAGES["a log that ends early"][0])
    assert verified(damaged)["outcome"] == "failed"
    assert "error" in verified(damaged, "?of=board-knew")
