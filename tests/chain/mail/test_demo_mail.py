"""The signed e-mail of the demo."""

from importlib import resources

from evidence_chain.mail import read_key_file
from signing import check_one

DEMO = resources.files("evidence_cli") / "demo_case"


def test_the_signature_holds_with_the_key_beside_it():
    keys = read_key_file((DEMO / "quillmar.dkim.txt").read_text(), "quillmar.dkim.txt")
    content = (DEMO / "reply.eml").read_bytes()
    verdict = check_one(content, *keys, now="2026-11-22T10:00:00Z")
    assert (verdict["verdict"], verdict["warnings"]) == ("valid", [])
    assert verdict["unsigned_headers"] == []
    changed = content.replace(b"signed the table", b"never saw the table")
    assert check_one(changed, *keys)["reason"] == "body-differs"
