"""`evidence serve` in a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager

from cases import first_answer
from parser_forks import JOIN, VERIFYING

JOINED = (
    f"{JOIN}from evidence_datasette.answering import verification; "
    f"verification._TELLING = {VERIFYING!r}; "
)
START = "import sys; from evidence_cli.main import main; sys.argv.insert(1, 'serve'); main()"


@contextmanager
def running(case, before="", **more):
    """The command in a process of its own, and the address that it says."""
    code = JOINED + before + START
    words = [sys.executable, "-c", code, str(case.root), "--no-open", "--port", "0", "--json"]
    environment = os.environ | case.environment | more
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment, **pipes) as server:
        try:
            yield server, first_answer(server.stdout)["address"]
        finally:
            server.kill()
