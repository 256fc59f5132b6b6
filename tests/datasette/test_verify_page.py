"""The button that verifies tells what holds, failed or can't be checked; nobody overloads it."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from adversary import tampering
from evidence_chain.verify.report import CHECKS
from evidence_datasette import verification
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
        assert (row["step"], row["meaning"]) == CHECKS[row["check"]]
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
        assert "Nothing failed." in site.text(VERIFY + query)
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


def test_a_verification_has_a_limit_of_time(site, monkeypatch):
    monkeypatch.setattr(verification, "SECONDS", {"whole": 0.0, "part": 0.0})
    assert "ended after 0 seconds" in site.json(f"{VERIFY}.json", 503)["error"]
    assert "ended after 0 seconds" in site.text(f"{VERIFY}?of=@0", 503)


def test_too_many_at_once_are_told_so(site, monkeypatch):
    monkeypatch.setattr(verification, "PATIENCE", 0.0)

    async def ask():
        turns = verification._turns.setdefault(site.datasette, verification._Turns())
        async with turns.whole:
            return await site.datasette.client.get(f"{VERIFY}.json")

    response = site.loop.run_until_complete(ask())
    assert response.status_code == 503
    assert "Others have verifications" in response.json()["error"]
    assert not verification._turns[site.datasette].all.locked()


def test_a_process_that_dies_is_no_verdict(site, monkeypatch):
    monkeypatch.setattr(verification.sys, "executable", "/bin/false")
    assert "ended with 1" in site.json(f"{VERIFY}.json", 503)["error"]


DYING = """
import os, sys
sys.stderr.write("a line before\\n" + "x" * 100_000 + "\\n/home/of/the/case: \\x1b[2Jgone\\n")
sys.stdout.write('{"at": "records", "done": 0, "total": 1}\\n')
sys.stdout.flush()
os._exit(7)
"""


def test_what_a_process_says_when_it_dies_is_told_to_who_runs_the_server(site, monkeypatch, caplog):
    monkeypatch.setattr(verification, "_TELLING", ("-c", DYING))
    answers = [site.text(f"{VERIFY}?of=@0", 503), site.text(f"{VERIFY}.json", 503)]
    answers.append(events(site)[-1]["stopped"])
    for answer in answers:
        assert "ended with 7" in answer
        assert "output of this server" in answer
        assert "/home/of/the/case" not in answer
    assert len(caplog.messages) == 3
    for message in caplog.messages:
        assert message == "A process that verifies ended with 7: /home/of/the/case: U+001B[2Jgone"


def test_little_is_kept_of_what_a_dying_process_says(site, monkeypatch, caplog):
    monkeypatch.setattr(verification, "_TELLING", ("-c", "import sys; sys.exit('x' * 1_000_000)"))
    site.text(f"{VERIFY}?of=@0", 503)
    assert 100 < len(caplog.messages[0]) < 2 * verification.SAID


def test_a_verification_that_nobody_wants_any_more_is_no_error(site, caplog):
    async def leave():
        found = verification.verification(site.datasette, site.case.database, {})
        await anext(found)
        await found.aclose()

    site.loop.run_until_complete(asyncio.wait_for(leave(), 60))
    assert not caplog.messages
    assert not verification._running


def test_what_cannot_be_read_is_told_without_where_it_lies(site, monkeypatch):
    failing = "import json, sys; print(json.dumps({'error': f'Reading {sys.argv[1]}: gone.'}))"
    monkeypatch.setattr(verification, "_TELLING", ("-c", failing))
    assert site.json(f"{VERIFY}.json", 503)["error"] == "Reading evidence.db: gone."


def test_a_verification_ends_when_its_reader_leaves(site, monkeypatch):
    ended = asyncio.Event()

    async def endless(*_):
        try:
            yield {"at": "records", "done": 0, "total": 1}
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(page, "verification", endless)

    async def leave():
        sent = []

        async def receive():
            while not any(b"records" in one.get("body", b"") for one in sent):
                await asyncio.sleep(0)
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": f"{VERIFY}.ndjson",
            "raw_path": f"{VERIFY}.ndjson".encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1),
        }
        await site.datasette.app()(scope, receive, send)

    site.loop.run_until_complete(asyncio.wait_for(leave(), 60))
    assert ended.is_set()


def test_the_processes_of_a_verification_end_with_it(site):
    async def begin():
        found = verification.verification(site.datasette, site.case.database, {})
        await anext(found)
        (process,) = [one for one in _children() if "evidence_db.verifying.telling" in one]
        await found.aclose()
        return process

    assert site.loop.run_until_complete(asyncio.wait_for(begin(), 60)) not in _children()


def _children():
    """The command lines of this process's children, with their ids."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            words = (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            parent = (directory / "stat").read_text().rpartition(")")[2].split()[1]
        except (OSError, UnicodeDecodeError):
            continue
        if parent == str(os.getpid()):
            found.append(f"{directory.name} {words}")
    return found
