"""Programs that show documents reach no network and no file of the user, and end in time."""

import os
import sys
import tempfile

import pytest

from evidence_chain.extract.sniffing import DOCX
from evidence_chain.rendering import Sight, browser, confined, show
from evidence_chain.rendering.confined import NotShownError, program, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs are confined on Linux")

PAGE = "<!doctype html><p>The cameras see faces.</p>"


def told(script, given=b""):
    """What a script of the shell finds in the place of a program."""
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        command = ["/bin/sh", "-c", f"({script}) > told 2>&1"]
        with started(command, stdin=file.fileno(), files=("given", "told")) as process:
            return process.stdout.read().decode()


@pytest.fixture(scope="module")
def found():
    script = (
        "echo users $(ls -A /root /home 2>/dev/null | grep -v :);"
        "echo own $(ls -A /tmp); cat given; echo; id -u;"
        "echo devices $(grep -c : /proc/net/dev); echo $HOME; env | grep -c SECRET;"
        "touch /usr/here || echo refused"
    )
    os.environ["A_SECRET"] = "said"
    try:
        return told(script, b"what was given")
    finally:
        del os.environ["A_SECRET"]


def test_row_40_no_file_of_the_user_and_no_network_is_there(found):
    lines = found.splitlines()
    assert "users" in lines
    assert "devices 1" in lines, "the loopback alone"
    assert "own given told" in lines
    assert "what was given" in lines
    assert "1000" in lines
    assert "/tmp" in lines
    assert "0" in lines, "nothing of the environment"


def test_nothing_of_it_lasts(found):
    assert not os.path.exists("/tmp/told")
    assert not os.path.exists("/tmp/given")


def test_row_40_with_the_process_all_that_it_started_ends():
    reading, writing = os.pipe()
    with started(["/bin/sh", "-c", "sleep 60 & sleep 60"], pipe=(writing,)):
        os.close(writing)
    assert os.read(reading, 1) == b"", "nobody has the other end any more"
    os.close(reading)


def test_what_can_not_be_confined_is_not_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(NotShownError, match="No such file"), started(["/bin/true"]):
        pass


def test_a_program_that_is_not_installed():
    with pytest.raises(NotShownError, match="no Viewer is installed"):
        program(["no-such-viewer"], "Viewer")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


@pytest.mark.parametrize("media_type", ["text/html", DOCX])
def test_without_the_program_nothing_is_checked(page, monkeypatch, media_type):
    monkeypatch.setenv("PATH", "/nowhere")
    (look,) = show(page, media_type, ["The cameras see faces."])
    assert look.sight is Sight.NOT_CHECKED
    assert "is installed" in look.detail


@pytest.mark.usefixtures("shows_pages")
class TestInTime:
    def test_row_40_a_page_that_takes_too_long(self, page, monkeypatch):
        monkeypatch.setattr(browser, "LIMITS", confined.Limits(clock=0.01))
        (look,) = show(page, "text/html", ["The cameras see faces."])
        assert look.sight is Sight.NOT_CHECKED
        assert "too long" in look.detail

    def test_a_chromium_that_does_not_start(self, page, monkeypatch):
        monkeypatch.setattr(browser, "_FLAGS", ("--version",))
        (look,) = show(page, "text/html", ["The cameras see faces."])
        assert look.sight is Sight.NOT_CHECKED
        assert "did not start" in look.detail
