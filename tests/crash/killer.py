"""Runs commands in processes of their own that are killed while they work.

Orders come on standard input, a line of JSON each: `words` and `environment` of the command, and
one way to die:

    event    SIGKILL at the n-th thing it does on disk: opening, renaming, removing, syncing, and
             each statement of SQLite. With 0 it lives, and the number of events is told.
    bytes    the kernel kills it when it writes beyond this byte of any file, in the midst of
             a page, as a power cut does.
    seconds  SIGKILL from outside after so long.

The answer is a line of JSON, too: `signal` that it died of, `code` that it ended with, `events`.
Each command is a fork of this process, which has everything imported.
"""

import json
import os
import resource
import select
import signal
import sqlite3
import sys
from importlib import import_module
from pathlib import Path

from evidence_chain.extract.guard import guard
from evidence_cli.main import main

sys.path.append(str(Path(__file__).resolve().parents[1]))
from publishing_forks import warm

IMPORTED = (
    *(f"evidence_cli.commands.recording.{one}" for one in ("adding.add", "adding.import_case")),
    *(f"evidence_cli.commands.recording.{one}" for one in ("init", "signing.checkpoint")),
    *("evidence_cli.commands.recording.correcting.replace", "evidence_cli.kind_command"),
    *(f"evidence_cli.commands.keeping.{one}" for one in ("copy", "erase", "tidy")),
    *(f"evidence_cli.{one}" for one in ("options.signatures", "options.claims", "views.unnoted")),
    *(f"evidence_chain.extract.{kind}" for kind in ("html.page", "message", "plain")),
    *(f"evidence_chain.inspect.{one}" for one in ("looking", "mail", "web")),
    *(f"evidence_chain.mail.{one}" for one in ("dkim", "guarded", "recheck")),
    *(f"evidence_db.keeping.{one}" for one in ("copying", "erasing", "tidying")),
    *(f"evidence_db.recording.{one}" for one in ("creating", "importing", "replacing")),
    *(f"evidence_db.recording.preserving.{one}" for one in ("drawing", "originals")),
    *("evidence_db.recording.attesting.signing", "evidence_db.reading.notices.inspected"),
    *("evidence_db.store.tables.schema", "evidence_db.store.tables.older", "sqlite_utils"),
    *("evidence_db.store.keys.agent", "evidence_chain.objects.address"),
)
"""What the commands import late: forks would do so anew, and be killed in it, not in their work."""
AUDITED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect"}


class Clock:
    """Counts what the command does on disk, and kills it at the n-th event."""

    def __init__(self, deadline):
        self.deadline = deadline
        self.events = 0

    def tick(self, *_):
        self.events += 1
        if self.events == self.deadline:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self):
        connect, sync = sqlite3.connect, os.fsync

        def connected(*arguments, **options):
            connection = connect(*arguments, **options)
            connection.set_trace_callback(self.tick)
            return connection

        def synced(descriptor):
            self.tick()
            sync(descriptor)
            self.tick()

        sqlite3.connect, os.fsync = connected, synced
        sys.addaudithook(lambda event, _: event in AUDITED and self.tick())


def run_here(extractor, file, *_, function="extract", arguments=()):
    head, blob = getattr(extractor, function)(file, *arguments).pack()
    return json.loads(json.dumps(head)), blob


def command(order, answer):
    """What the forked process does; it never returns."""
    os.environ.update(order["environment"])
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    # Parsers run in the command's own process: what is killed here is the command.
    guard.run = run_here
    clock, code = Clock(order.get("event")), 0
    if "bytes" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"], order["bytes"]))
    if "event" in order:
        clock.watch()
    try:
        main(order["words"], prog_name="evidence")
    except SystemExit as end:
        code = end.code
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is no answer of the program
        code = repr(error)
    os.write(answer, json.dumps({"code": code, "events": clock.events}).encode())
    os._exit(0)


def run(order):
    """Fork the command, let it live or die, and tell what came of it."""
    if order["words"][0] == "publish":
        warm()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        command(order, writing)
    os.close(writing)
    if "seconds" in order:
        select.select([reading], [], [], order["seconds"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    died = {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"signal": None}
    return {"code": None, "events": None} | (json.loads(told) if told else {}) | died


def serve():
    for name in IMPORTED:
        import_module(name)
    sqlite3.connect(":memory:").close()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


serve()
