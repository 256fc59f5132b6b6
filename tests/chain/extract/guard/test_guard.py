"""Hostile files and failing parsers: within limits, with a clear error, and no harm."""

import importlib
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Drawn
from evidence_chain.extract.guard import guard
from evidence_chain.extract.guard.guard import Limits, run

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines parsers")
QUICK = Limits(memory=512 << 20, cpu=2, clock=20, output=1 << 20)


@pytest.fixture
def extractor(tmp_path, monkeypatch):
    """A function that makes a module with this body of `extract(file)`."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(body, programs=()):
        name = f"extractor_{abs(hash((str(tmp_path), body)))}"
        body = textwrap.indent(textwrap.dedent(body), "    ")
        (tmp_path / f"{name}.py").write_text(
            "from evidence_chain.extract import Drawn, Mark\n"
            f"PROGRAMS = {{'extract': {programs!r}}}\n"
            f"def raw(file):\n{body}\n"
            "def extract(file):\n    return Drawn(*raw(file))\n"
            "def repeat(file, text, times):\n    return Drawn(text * times, {})\n"
        )
        return importlib.import_module(name)

    return make


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "document"
    path.write_bytes(b"some bytes")
    with path.open("rb") as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_process_is_left(monkeypatch):
    """Every process that was started has ended, whatever came of it."""
    started = []
    start = guard._start

    def remember(*args, **named):
        started.append(start(*args, **named))
        return started[-1]

    monkeypatch.setattr(guard, "_start", remember)
    yield
    assert all(process.returncode is not None for process in started)


def test_text_and_options_come_back(extractor, file):
    module = extractor(
        "text = file.read().decode() + '\\nmore — text\\n'\n"
        "return text, {'a': [1, None]}, [Mark(0, 4, 'page', '1')]"
    )
    drawn = Drawn.unpack(*run(module, file, QUICK))
    assert drawn == ("some bytes\nmore — text\n", {"a": [1, None]}, [(0, 4, "page", "1")])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("import time\ntime.sleep(3600)", "no result in 0.5 s"),
        ("import os, time\nos.close(1)\ntime.sleep(3600)", "no result in 0.5 s"),
        ("import signal\nsignal.pause()", "no result in 0.5 s"),
    ],
)
def test_a_parser_that_hangs(extractor, file, body, reason):
    with pytest.raises(ExtractionError, match=reason):
        run(extractor(body), file, Limits(clock=0.5))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while True: pass", "more than 1 s of computing"),
        ("held = []\nwhile True: held.append(bytearray(1 << 24))", "MemoryError"),
        ("return 'a' * (1 << 21), {}", "longer than 1 MB"),
        ("import ctypes\nctypes.string_at(0)", "died by SIGSEGV"),
        ("import os\nos.abort()", "died by SIG(SEGV|ABRT)"),
        ("import os\nos._exit(0)", "ended with code 0 and no result"),
        ("import os\nos._exit(7)", "ended with code 7"),
        ("raise SystemExit(3)", "ended with code 3"),
        ("def deeper(): deeper()\ndeeper()", "RecursionError"),
        ("return '\\ud800', {}", "UnicodeEncodeError"),
        ("return 'a', {'b': object()}", "TypeError"),
        ("raise ValueError('x' * 100000)", "ValueError: x{400}"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
    ],
)
def test_a_parser_that_fails(extractor, file, body, reason):
    limits = Limits(memory=512 << 20, cpu=1, clock=20, output=1 << 20)
    with pytest.raises(ExtractionError, match=reason) as error:
        run(extractor(body), file, limits)
    assert "Preserve the document in another form" in str(error.value)


def test_a_parser_that_writes_without_end(extractor, file):
    module = extractor(
        """
        import os
        while True:
            for number in range(3, 32):
                try:
                    os.write(number, b'x' * 65536)
                except OSError:
                    pass
        """
    )
    with pytest.raises(ExtractionError, match="longer than 1 MB"):
        run(module, file, QUICK)


def test_half_an_answer_is_none(extractor, file):
    module = extractor(
        """
        import ctypes
        from evidence_chain.extract.guard import worker
        def send(answer, head, text=b''):
            answer.write(b'{"options": {}}\\n' + text[:3])
            answer.flush()
            ctypes.string_at(0)
        worker._send = send
        return 'a whole text', {}
        """
    )
    with pytest.raises(ExtractionError, match="SIGSEGV"):
        run(module, file, QUICK)


def test_a_refusal_is_passed_on(extractor, file):
    module = extractor(
        "from evidence_chain.errors import ExtractionError\n"
        "raise ExtractionError('There is no text layer. Preserve a text version too.')"
    )
    with pytest.raises(ExtractionError, match=r"^There is no text layer\. Preserve a text"):
        run(module, file, QUICK)


def test_no_file_can_be_written(extractor, file, tmp_path):
    target = tmp_path / "written"
    module = extractor(f"with open({str(target)!r}, 'w') as out: out.write('x')\nreturn 'a', {{}}")
    with pytest.raises(ExtractionError, match="PermissionError"):
        run(module, file, QUICK)
    assert not target.exists() or target.read_bytes() == b""


def test_few_files_can_be_open(extractor, file):
    with pytest.raises(ExtractionError, match="Too many open files"):
        run(extractor("return [open(__import__('os').__file__) for _ in range(100)]"), file, QUICK)


def test_the_environment_is_empty_and_output_is_not_mixed_up(extractor, file, monkeypatch):
    monkeypatch.setenv("SECRET", "key")
    module = extractor(
        "import os, sys\nprint('chatter')\nsys.stderr.write('x' * 200000)\n"
        "return ','.join(sorted(os.environ)) + ' ' + str(len(sys.argv)), {}"
    )
    _, text = run(module, file, QUICK)
    assert b"SECRET" not in text


def test_lower_limits_that_hold_already_stay(extractor, file):
    module = extractor(
        "from evidence_chain.extract.guard.worker import set_limits\nimport resource\n"
        "set_limits(1 << 40, 10 ** 6, 10 ** 6)\n"
        "kinds = (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)\n"
        "return ' '.join(str(resource.getrlimit(kind)[1]) for kind in kinds), {}"
    )
    seconds, files = map(int, run(module, file, QUICK)[1].split())
    assert seconds in (QUICK.cpu, QUICK.cpu + 1)
    assert files == QUICK.files


def test_a_parser_that_cannot_be_started(extractor, file, monkeypatch):
    monkeypatch.setattr("sys.executable", os.fspath("/nonexistent/python"))
    with pytest.raises(ExtractionError, match="can't be started"):
        run(extractor("pass"), file, QUICK)


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_there_is_no_network(extractor, file, family):
    module = extractor(f"import socket\nsocket.socket(socket.{family})\nreturn 'a', {{}}")
    with pytest.raises(ExtractionError, match="Operation not permitted"):
        run(module, file, QUICK)


@linux
def test_what_a_parser_starts_reads_no_more_than_itself(extractor, file, tmp_path):
    module = extractor(
        f"""
        import subprocess
        told = subprocess.run(["cat", {str(tmp_path / "document")!r}], capture_output=True)
        return told.stderr.decode(), {{}}
        """,
        programs=("cat",),
    )
    assert b"ermission" in run(module, file, QUICK)[1]


@linux
@pytest.mark.parametrize("other", ["true", "sh", "python3"])
def test_no_other_program_is_started(extractor, file, other):
    module = extractor(
        f"import os, shutil\nos.execv({shutil.which(other) or sys.executable!r}, ['x'])",
        programs=("cat",),
    )
    with pytest.raises(ExtractionError, match="PermissionError"):
        run(module, file, QUICK)


@linux
def test_a_child_cannot_leave_the_group_that_is_killed(extractor, file):
    module = extractor(
        """
        import os
        read, write = os.pipe()
        if not os.fork():
            for leave in (os.setsid, lambda: os.setpgid(0, 0)):
                try:
                    leave()
                    os.write(write, b"left ")
                except OSError as error:
                    os.write(write, b"stayed ")
            os._exit(0)
        os.wait()
        return os.read(read, 100).decode(), {}
        """,
        programs=("cat",),
    )
    assert run(module, file, QUICK)[1] == b"stayed stayed "


def test_a_program_that_is_not_installed(extractor, file):
    module = extractor(
        "import shutil\nreturn str(shutil.which('cat')), {}", programs=("no-such-program",)
    )
    assert run(module, file, QUICK)[1] == b"None"


def test_a_file_that_is_too_large(extractor, file):
    with pytest.raises(ExtractionError, match="more than 0 MB"):
        run(extractor("return 'a', {}"), file, Limits(size=3))


def test_another_function_with_arguments(extractor, file):
    module = extractor("return 'a', {}")
    packed = run(module, file, QUICK, function="repeat", arguments=("é", 3))
    assert Drawn.unpack(*packed).text == "ééé"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.unlink({0!r})",
        "os.rename({0!r}, {0!r} + '2')",
        "os.truncate({0!r}, 0)",
        "os.chmod({0!r}, 0o777)",
        "os.symlink('/etc', {0!r} + '3')",
        "os.mkdir({0!r} + '4')",
        "os.open({0!r}, os.O_WRONLY | os.O_TRUNC)",
        "os.open({0!r} + '5', os.O_WRONLY | os.O_CREAT)",
        "os.setsid()",
        "os.setpgid(0, 0)",
    ],
)
def test_nothing_can_be_changed(extractor, file, tmp_path, attempt):
    there = tmp_path / "there"
    there.write_text("as it was")
    before = sorted(tmp_path.iterdir())
    module = extractor(f"import os\n{attempt.format(str(there))}\nreturn 'a', {{}}")
    with pytest.raises(ExtractionError, match="Operation not permitted"):
        run(module, file, QUICK)
    modules = (*tmp_path.glob("*.py"), tmp_path / "__pycache__")
    assert there.read_text() == "as it was"
    assert set(before) <= set(tmp_path.iterdir()) <= {*before, *modules}


def test_what_a_parser_left_behind_is_killed(extractor, file):
    """It holds a pipe of ours open for as long as it lives."""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    module = extractor(
        f"""
        import subprocess
        subprocess.Popen(["sleep", "600"], pass_fds=[{write}])
        return "a", {{}}
        """,
        programs=("sleep",),
    )
    start = subprocess.Popen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", lambda *a, **n: start(*a, **n, pass_fds=[write]))
        run(module, file, QUICK)
    os.close(write)
    with os.fdopen(read, "rb") as left:
        assert left.read() == b""
