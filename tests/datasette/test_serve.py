"""`evidence serve`: it answers while others record, warns beyond this machine, and ends cleanly."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from evidence_chain.errors import InputError
from evidence_cli.commands import serve as serving
from evidence_datasette.serving import answering_to

START = "from evidence_cli.commands.serve import command; command()"


def _first_answer(lines):
    for line in lines:  # which end when the command does
        yield line
        if line == "}\n":
            return


@contextmanager
def running(case):
    """The command in a process of its own, and the address that it says."""
    words = [sys.executable, "-c", START, str(case.root), "--no-open", "--port", "0", "--json"]
    environment = os.environ | case.environment
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment, **pipes) as server:
        try:
            yield server, json.loads("".join(_first_answer(server.stdout)))["address"]
        finally:
            server.kill()


def test_it_answers_while_others_record_and_ends_with_ctrl_c(invented):
    with running(invented) as (server, address), ThreadPoolExecutor(8) as readers:
        pages = [f"{address}.json", address.replace("claims", "log.json")]
        for number in range(4):
            asked = [readers.submit(urlopen, page) for page in pages * 8]
            invented.run("claim", f"served-{number}", f"Recorded while it was served, {number}")
            for answer in asked:
                with answer.result() as response:
                    assert json.load(response)
        with urlopen(address) as response:
            assert "Recorded while it was served, 3" in response.read().decode()
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=60)
        assert (server.returncode, out, err) == (0, "", "Ended.\n")


def test_the_locks_of_a_reader_hold_when_another_process_has_recorded(invented, serve):
    site = serve(invented)
    for path in ("/evidence/claim", "/evidence/-/claims"):
        site.ask(path)
    words = [sys.executable, "-m", "evidence_cli", "claim", "beside", "Recorded beside it"]
    subprocess.run(words, env=os.environ | invented.environment, check=True, capture_output=True)
    beside = invented.database.with_name("evidence.db-wal")
    assert beside.exists(), "the other process took itself for the last one, and ended the log"
    assert "Recorded beside it" in site.text("/evidence/-/claims")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("127.0.0.1:8001", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:8001", 200)),
        *(("rebound.example:8001", 421), ("127.0.0.1.rebound.example", 421), ("", 421)),
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(host, status):
    sent = []

    async def app(scope, receive, send):
        sent.append(200)

    async def send(message):
        sent.append(message.get("status"))

    guarded = answering_to(app, {"127.0.0.1", "localhost", "[::1]"})
    scope = {"type": "http", "headers": [(b"host", host.encode())]}
    asyncio.run(guarded(scope, None, send))
    assert sent[0] == status
    asyncio.run(guarded({"type": "lifespan"}, None, send))
    assert sent[-1] == 200


def test_a_page_that_resolves_its_name_to_this_machine_reads_nothing(template):
    with running(template) as (_, address), pytest.raises(HTTPError, match="421"):
        urlopen(Request(address, headers={"Host": "rebound.example"}))


@pytest.fixture
def started(monkeypatch):
    """What the command would have started, without starting it."""
    seen = {}

    def note(app, listening, then):
        seen["port"] = listening.getsockname()[1]
        seen["then"] = then
        listening.close()

    monkeypatch.setattr(serving, "_serve", note)
    monkeypatch.setattr(serving.click, "launch", lambda address: seen.update(opened=address))
    return seen


def run(*words):
    return CliRunner().invoke(serving.command, [str(word) for word in words])


def test_the_browser_is_opened_unless_told_not_to(template, started):
    result = run(template.root, "--port", 0)
    started["then"]()
    assert started["opened"] == f"http://127.0.0.1:{started['port']}/evidence/-/claims"
    assert started["opened"] in result.output
    run(template.root, "--port", 0, "--no-open")
    assert started["then"] is None


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_it_warns_when_others_can_read_along(template, started, host, warned):
    result = run(template.root, "--port", 0, "--host", host, "--no-open")
    assert ("everybody who reaches" in result.output) is warned
    assert result.exit_code == 0


def test_a_port_that_is_taken_is_named(template, started):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(template.root, "--port", port, "--no-open")
        assert isinstance(result.exception, InputError)
        assert f"port {port}" in str(result.exception)


def test_another_port_is_taken_when_none_was_asked_for(template, started, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(serving, "PORT", taken.getsockname()[1])
        assert run(template.root, "--no-open").exit_code == 0
        assert started["port"] != serving.PORT


def test_a_directory_without_a_case_is_refused(tmp_path, started):
    result = run(tmp_path, "--no-open")
    assert isinstance(result.exception, InputError)
    assert "There is no case" in str(result.exception)


def test_the_case_may_be_named_by_its_database(template, started):
    assert run(template.database, "--port", 0, "--no-open").exit_code == 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_what_is_this_machine(host, expected):
    assert serving._is_loopback(host) is expected


def test_an_address_of_version_6_stands_in_brackets():
    assert serving._shown("::1") == "[::1]"
