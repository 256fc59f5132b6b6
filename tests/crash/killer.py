"""Runs a command that is killed at its n-th event on disk or in the database.

    python killer.py N COMMAND…

An event is what the interpreter's audit hooks tell of opening, renaming and removing, and each
statement of SQLite. At the N-th the process dies by SIGKILL, as if the power had gone. With N = 0
it lives, and the number of events is the last line on standard error.
"""

import os
import signal
import sqlite3
import sys

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"}


def main():
    limit, count = int(sys.argv[1]), 0

    def tick(*_):
        nonlocal count
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*arguments, **options):
        connection = open_(*arguments, **options)
        connection.set_trace_callback(tick)
        return connection

    from evidence_cli.main import main as evidence
    from evidence_db import importing, writing  # noqa: F401 - imported before counting begins

    open_, sqlite3.connect = sqlite3.connect, connect
    sys.addaudithook(lambda event, _: tick() if event in EVENTS else None)
    try:
        evidence(sys.argv[2:], prog_name="evidence")
    finally:
        print(count, file=sys.stderr)


main()
