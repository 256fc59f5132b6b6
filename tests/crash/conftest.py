"""A process that runs commands and kills them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLER = Path(__file__).with_name("killer.py")


@pytest.fixture(scope="module")
def killer():
    """Runs a command on a case as `killer.py` is told to, and returns what it answers."""
    with subprocess.Popen(
        [sys.executable, str(KILLER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def run(case, words, **how):
            words = [str(word) for word in words]
            order = {"words": words, "environment": case.environment, **how}
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield run
