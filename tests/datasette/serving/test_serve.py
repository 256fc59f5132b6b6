"""`evidence serve`: it answers while others record, warns beyond this machine, and ends cleanly."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from running import running

from evidence_chain.errors import InputError
from evidence_cli.commands.reading import serve as serving
from evidence_cli.main import main
from evidence_datasette.serving import answering_to


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


def asked(*hosts, kind="http"):
    """The status with which a request is answered that has these headers."""
    sent = []

    async def app(scope, receive, send):
        sent.append(200)

    async def send(message):
        sent.append(message.get("status"))

    guarded = answering_to(app, {"127.0.0.1", "localhost", "[::1]"})
    headers = [(b"accept", b"*/*"), *((b"host", host.encode("latin-1")) for host in hosts)]
    asyncio.run(guarded({"type": kind, "headers": headers}, None, send))
    return sent[0]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:8001", "127.0.0.1", "localhost", "LOCALHOST:1", "LocalHost", "localhost:"),
        *("[::1]:8001", "[::1]", "localhost.", "localhost.:8001"),
    ],
)
def test_the_names_of_this_machine_are_answered(host):
    assert asked(host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("rebound.example:8001", "127.0.0.1.rebound.example", "localhost.rebound.example", ""),
        *("rebound.example:8001@localhost", "localhost@rebound.example", "localhost:8001:1"),
        *("localhost/rebound.example", "localhost ", " localhost", "localhost\n", "localhost.."),
        *("[::1", "::1", "[::1].rebound.example", "[::1%25eth0]", "[::ffff:127.0.0.1]"),
        *("localhost, rebound.example", "0.0.0.0:8001", "2130706433", "127.1", "loc\xe4lhost", "."),
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(host):
    assert asked(host) == 421


def test_a_request_has_one_name_that_it_asks_for():
    assert asked() == 421
    assert asked("localhost", "rebound.example") == 421
    assert asked("rebound.example", "localhost") == 421
    assert asked("localhost", "localhost") == 421


def test_what_is_no_request_has_no_name():
    assert asked(kind="lifespan") == 200


@pytest.fixture(scope="module")
def address(template):
    """Where a case is served to this machine alone."""
    with running(template) as (_, address):
        yield address


@pytest.mark.parametrize("line", ["HTTP/1.0", "HTTP/1.0\r\nHost: rebound.example", "HTTP/1.1"])
def test_a_program_that_names_no_host_of_ours_reads_nothing(address, line):
    with socket.socket() as reader:
        where = urlsplit(address)
        reader.connect((where.hostname, where.port))
        reader.sendall(f"GET {where.path} {line}\r\nConnection: close\r\n\r\n".encode())
        with reader.makefile("rb") as answer:
            found = answer.read()
    assert found.split()[1] in (b"400", b"421")
    assert b"board-knew" not in found


def test_a_page_that_resolves_its_name_to_this_machine_reads_nothing(address):
    with pytest.raises(HTTPError, match="421"):
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
    monkeypatch.setattr(serving.click, "launch", lambda address: seen.update(opened=address) or 0)
    monkeypatch.setenv("DISPLAY", ":0")
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


def test_without_a_screen_no_browser_is_started(template, started, monkeypatch, capsys):
    monkeypatch.setattr(serving.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert run(template.root, "--port", 0).exit_code == 0
    started["then"]()
    assert "opened" not in started
    assert "Open the address in one" in capsys.readouterr().err


def test_a_browser_that_does_not_open_is_told(template, started, monkeypatch, capsys):
    monkeypatch.setattr(serving.click, "launch", lambda _: 1)
    run(template.root, "--port", 0)
    started["then"]()
    assert "Open the address in one" in capsys.readouterr().err


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


def command(*words):
    return CliRunner().invoke(main, ["serve", *(str(word) for word in words), "--no-open"])


def test_a_second_server_on_a_port_is_refused(template, started):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = command(template.root, "--port", taken.getsockname()[1])
    assert result.exit_code == 2
    assert "Nothing can listen on 127.0.0.1, port" in result.output
    assert "Name another --port" in result.output


def test_a_port_that_needs_rights_is_refused_without_them(template, started, monkeypatch):
    def refuse(self, address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serving.socket, "socket", type("S", (socket.socket,), {"bind": refuse}))
    result = command(template.root, "--port", 80)
    assert result.exit_code == 2
    assert "port 80: Permission denied" in result.output


@pytest.mark.parametrize(
    "host", ["no-such-host.invalid", "a" * 64, "a..b", "\xe4" * 70, "256.1.1.1"]
)
def test_a_host_that_there_is_not_is_refused(template, started, host):
    result = command(template.root, "--host", host)
    assert result.exit_code == 2
    assert "Nothing can listen on" in result.output


def test_another_port_is_taken_when_none_was_asked_for(template, started, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(serving, "PORT", taken.getsockname()[1])
        assert run(template.root, "--no-open").exit_code == 0
        assert started["port"] != serving.PORT


def _no_case(path):
    path.mkdir()


def _a_file(path):
    path.write_text("This is no case.")


def _another_database(path):
    path.mkdir()
    with closing(sqlite3.connect(path / "evidence.db")) as db, db:
        db.execute("CREATE TABLE claim (idx)")


def _no_database(path):
    path.mkdir()
    (path / "evidence.db").write_text("This is no database." * 1000)


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda path: None, 2, "There is no case in"),
        (_no_case, 2, "There is no case in"),
        (_a_file, 2, "There is no case in"),
        (_another_database, 4, "is not the database of a case"),
        (_no_database, 4, "this is not a database"),
    ],
)
def test_what_is_no_case_is_refused(tmp_path, started, make, code, said):
    make(tmp_path / "there")
    result = command(tmp_path / "there")
    assert result.exit_code == code
    assert said in result.output
    assert "port" not in started


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
