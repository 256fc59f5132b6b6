"""The button that verifies tells what holds, failed or can't be checked; nobody overloads it."""

import json

import pytest

from adversary import tampering
from evidence_chain.verify.report import CHECKS
from evidence_datasette.pages import verify as page

VERIFY = "/evidence/-/verify"
STRANGER = {"host": "evidence.example", "x-forwarded-for": "203.0.113.9"}


def events(site, query="", **more):
    response = site.ask(f"{VERIFY}.ndjson{query}", **more)
    assert response.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in response.text.splitlines()]


def rows(site, query=""):
    """The last state of each check."""
    return {event["check"]: event for event in events(site, query) if "check" in event}


def flip(path):
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_case_that_is_whole_holds_without_scripts(site):
    found = site.page(VERIFY)
    assert "Every check holds" in found.text
    assert CHECKS["tree-root"][1] in found.text
    assert f"evidence verify --case CASE --key {site.case.vkey}" in found.text
    assert ("p", "role", "status") in found.attributes
    assert ("p", "aria-live", "polite") in found.attributes


@pytest.mark.parametrize("words", [(), ("board-knew",)])
def test_json_is_that_of_the_command_line(site, words):
    query = f"?of={words[0]}" if words else ""
    assert site.json(f"{VERIFY}.json{query}") == site.case.json("verify", *words)


@pytest.mark.parametrize(
    ("name", "checks"),
    [
        ("minutes", {"file", "passage", "match", "extraction", "inclusion", "commitment"}),
        ("never", {"file", "passage", "match", "extraction", "inclusion", "commitment"}),
        ("letter", {"inclusion", "commitment", "signature"}),
        ("told-knew", {"inclusion", "rules", "projection"}),
    ],
)
def test_one_record_is_checked_with_what_it_is_about(site, name, checks):
    found = site.json(f"{VERIFY}.json?of={site.case.ids[name]}")
    assert found["outcome"] == "holds"
    assert checks <= {one["check"] for one in found["checks"]}


def test_every_check_is_told_as_it_goes_on_and_ends(site):
    told = events(site)
    assert told[0]["command"].startswith("evidence verify --case CASE --key ")
    stages = [event["at"] for event in told if "at" in event]
    assert [name for n, name in enumerate(stages) if name not in stages[:n]] == [
        *("records", "files", "passages", "claims")
    ]
    first_file = next(n for n, event in enumerate(told) if event.get("at") == "files")
    entries = [n for n, event in enumerate(told) if event.get("check") == "entry"]
    assert entries[0] < first_file
    for row in rows(site).values():
        assert row["ended"]
        step, meaning = CHECKS[row["check"]]
        assert row["step"] == step
        if row["check"] == "signature":
            assert "with the key of whoever serves this page" in row["meaning"]
        else:
            assert row["meaning"] == meaning
    assert told[-1]["said"].startswith("Every check holds")


def test_a_flipped_byte_of_a_file_is_named(invented, serve):
    flip(invented.preserved("tender"))
    site = serve(invented)
    for query in ("", "?of=quay-is-wired", f"?of={invented.ids['tender']}"):
        found = site.page(VERIFY + query)
        assert "Failed: " in found.text
        assert "(file" in found.text
        assert f"This does not hold: {CHECKS['file'][1]}" in found.text
    assert rows(site)["file"]["outcome"] == "failed"


def test_a_flipped_byte_of_a_file_leaves_another_claim_alone(invented, serve):
    flip(invented.preserved("tender"))
    assert "Every check holds" in serve(invented).text(f"{VERIFY}?of=board-was-told")


def test_a_changed_value_is_named_with_its_record(invented, serve):
    with tampering(invented) as db:
        db.execute("UPDATE evidence SET body = replace(body, 'never told', 'often told')")
    site = serve(invented)
    for query in ("", f"?of={invented.ids['never']}"):
        failed = rows(site, query)["commitment"]
        assert failed["failed"] == 1
        assert failed["findings"][0]["subject"] == invented.ids["never"]


def test_what_is_withheld_is_not_checked(invented, serve):
    with tampering(invented) as db:
        db.execute("UPDATE artifact SET body = NULL WHERE idx = ?", (invented.index("release"),))
    site = serve(invented)
    for query in ("", f"?of={invented.ids['release']}"):
        found = rows(site, query)
        assert found["disclosure"]["outcome"] == "not-checked"
        assert not [one for one in found.values() if one["failed"]]
        assert "Not all could be checked" in site.text(VERIFY + query)
    assert site.json(f"{VERIFY}.json")["outcome"] == "not-checked"


def test_text_of_a_finding_is_shown_harmlessly(site, monkeypatch):
    async def hostile(*_):
        finding = {"outcome": "failed", "subject": "x", "detail": "<b>\u202e"}
        counts = {"holds": 0, "failed": 1, "not-checked": 0}
        row = {"check": "file", "outcome": "failed", "ended": True, "step": 7, "meaning": "M"}
        yield row | counts | {"findings": [finding]}
        yield {"report": {"outcome": "failed", "counts": counts, "checks": [], "absent": []}}

    monkeypatch.setattr(page, "verification", hostile)
    assert "&lt;b&gt;" in site.text(VERIFY)
    assert "\u202e" not in site.text(VERIFY)
    assert events(site)[1]["findings"][0]["detail"] == "<b>U+202E"


def test_what_is_not_there_is_not_verified(site):
    for suffix in ("", ".json", ".ndjson"):
        site.ask(f"{VERIFY}{suffix}?of=nobody-said", 404)


def test_who_may_not_see_the_case_may_not_verify_it(template, serve):
    site = serve(template, allow={"id": "editor"})
    for suffix in ("", ".json", ".ndjson"):
        site.ask(VERIFY + suffix, 403)


def test_strangers_do_not_verify_a_whole_log(site):
    found = site.ask(VERIFY, 403, headers=STRANGER)
    assert "your own copy" in found.text
    assert site.ask(f"{VERIFY}.json", 403, headers=STRANGER).json()["error"]
    assert set(events(site, headers=STRANGER)[-1]) == {"stopped"}


def test_strangers_verify_what_a_claim_rests_on_without_the_rest_of_the_log(invented, serve):
    flip(invented.stream("never"))
    with tampering(invented) as db:
        db.execute("UPDATE original SET body = replace(body, 'Letter', 'Ballad')")
    site = serve(invented)
    found = site.ask(f"{VERIFY}?of=quay-is-wired", headers=STRANGER)
    assert "not the rest of the log" in found.text
    assert "Every check holds" in found.text
    found = site.ask(f"{VERIFY}.json?of=board-knew", headers=STRANGER).json()
    failed = {one["check"] for one in found["checks"] if one["outcome"] == "failed"}
    assert {"stream", "commitment"} & failed
    assert found["outcome"] == "failed"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evidence.example"},
        {"host": "localhost.evil.example"},
        {"x-forwarded-for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
        {"host": ""},
    ],
)
def test_what_came_through_a_proxy_or_under_another_name_is_not_from_here(site, headers):
    site.ask(f"{VERIFY}.json", 403, headers=headers)


def test_metadata_says_who_may_verify(template, serve, monkeypatch):
    monkeypatch.setattr(page, "verification", lambda *_: _nothing())
    allowed = serve(template, plugins={"evidence": {"allow_verify": True}})
    assert "your own copy" not in events(allowed, headers=STRANGER)[-1].get("stopped", "")
    refused = serve(template, plugins={"evidence": {"allow_verify": {"id": "editor"}}})
    refused.ask(f"{VERIFY}.json", 403)


async def _nothing():
    counts = {"holds": 1, "failed": 0, "not-checked": 0}
    yield {"report": {"outcome": "holds", "counts": counts, "checks": [], "absent": []}}


def test_another_site_can_start_nothing(site):
    headers = {"sec-fetch-site": "cross-site"}
    found = site.ask(f"{VERIFY}?of=board-knew", 403, headers=headers)
    assert "Press the button" in found.text
    site.ask(f"{VERIFY}.json?of=board-knew", 403, headers=headers)
