"""A verification has a process of its own: bounded, ended with its reader, told of if it dies."""

import asyncio
import json
import os
from pathlib import Path

from evidence_datasette.answering import verification
from evidence_datasette.pages import verify as page

VERIFY = "/evidence/-/verify"


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
    last = site.text(f"{VERIFY}.ndjson").splitlines()[-1]
    answers.append(json.loads(last)["stopped"])
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
        (process,) = [one for one in _children() if "evidence_db.resolving.progress" in one]
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
