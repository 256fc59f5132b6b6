"""What a killed command had begun in other processes ends with it."""

import subprocess
import sys

PROGRAM = """
import os, signal
from evidence_chain.spreading.parallel import handing

with handing(abs, 2) as handed:
    handed.give(-1)
    handed.give(-2)
    assert [*handed.results()] == [1, 2]
    print("at work", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_who_made_them():
    """They hold its output: that it ends tells that they are gone."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, timeout=60)
    assert done.stdout == b"at work\n"
    assert done.returncode < 0
