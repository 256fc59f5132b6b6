"""All of this on the newest Datasette 1.0 too, in an environment of its own.

EVIDENCE_DATASETTE_1=/path/to/that/python pytest tests/datasette
"""

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
PYTHON = os.environ.get("EVIDENCE_DATASETTE_1")


@pytest.mark.skipif(not PYTHON, reason="EVIDENCE_DATASETTE_1 names no python with Datasette 1.0.")
def test_the_same_on_datasette_1():
    top = HERE.parents[3]
    rooms = os.pathsep.join(str(top / room) for room in ("evidence", "db", "cli", "tests"))
    environment = os.environ | {"PYTHONPATH": rooms}
    environment.pop("EVIDENCE_DATASETTE_1")
    plain = ("-q", "-o", "addopts=", "-p", "no:cacheprovider", "-W", "ignore")
    command = [PYTHON, "-m", "pytest", *plain, HERE.parent]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=top)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
