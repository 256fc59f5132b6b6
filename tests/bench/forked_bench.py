"""`python -m bench`, with its jobs forked from one process that has all of it imported.

Spared are the starts of a hundred interpreters, which take longer than the smallest jobs do.
"""

import json
import os
import sys
import tempfile
import time
from importlib import import_module

from bench.job import peak

from bench import measure, program
from evidence_chain.extract.guard import guard
from evidence_cli.main import main as cli
from parser_forks import forking
from publishing_forks import warm

JOBS = (
    *("browsing", "files", "importing", "proving", "records", "resolving"),
    *("editions.leaks", "editions.publishing", "editions.reading"),
    *("texts.documents", "texts.matching", "texts.pages", "texts.proofreading"),
)
SERVING = ("datasette.app", "evidence_datasette.serving", "uvicorn.protocols.http.auto")


def forked(work):
    """What `work` returned in a process of its own, and the seconds and the memory of that."""
    reading, writing = os.pipe()
    started = time.perf_counter()
    if not (child := os.fork()):
        os.close(reading)
        try:
            answer = work()
            os.write(writing, json.dumps(answer | {"peak": peak()}).encode())
        except BaseException:  # noqa: BLE001 - as an interpreter ends
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise measure.JobFailedError(f"It ended with {status}.")
    taken = {"seconds": time.perf_counter() - started} | json.loads(answer)
    return measure.Run(taken["seconds"], taken["peak"], taken)


def job(function, **arguments):
    module, _, name = function.partition(":")
    given = json.loads(json.dumps(arguments))
    return forked(lambda: getattr(import_module(f"bench.jobs.{module}"), name)(**given))


def evidence(*words):
    def run():
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        cli.main(words, prog_name="evidence", standalone_mode=False)
        sys.stdout.flush()
        return {}

    return forked(run)


def main():
    measure.job, program.evidence = job, evidence  # before others take them from there
    for name in (*(f"bench.jobs.{job}" for job in JOBS), *SERVING):
        import_module(name)
    warm()
    bench = import_module("bench.__main__")
    with tempfile.TemporaryDirectory() as home, forking(f"{home}/socket", guard._spawn) as fork:
        guard._spawn = fork
        bench.main()


if __name__ == "__main__":
    main()
