"""Work in several processes."""

import gc
import os
import signal
import subprocess
import sys

import pytest

from evidence_chain.spreading.parallel import beside, handing, in_order, spread

TASKS = range(-40, 40)


@pytest.mark.parametrize("workers", [1, 2])
def test_in_order(workers):
    assert list(in_order(abs, TASKS, workers)) == list(map(abs, TASKS))


def test_as_it_is_done():
    assert sorted(spread(abs, TASKS, 2)) == sorted(map(abs, TASKS))


@pytest.mark.parametrize("workers", [1, 2])
def test_beside_what_is_done_here(workers):
    with beside(abs, -1, workers) as answer:
        assert answer() == 1
    with beside(abs, -1, workers):
        pass  # nobody asks


def test_a_process_that_dies_beside_gives_no_answer():
    with beside(os._exit, 3, 2) as answer:
        assert answer() is None


@pytest.mark.parametrize("workers", [1, 2])
def test_handed_out_while_more_is_found(workers):
    with handing(abs, workers) as handed:
        for task in TASKS:
            handed.give(task)
        assert list(handed.results()) == list(map(abs, TASKS))


def test_what_fails_when_handed_out_is_told():
    with handing(int, 2) as handed:
        handed.give("no number")
        with pytest.raises(ValueError, match="no number"):
            list(handed.results())


def test_nothing_stays_out_of_the_garbage_collector_s_sight():
    before = gc.get_freeze_count()
    list(in_order(abs, TASKS, 2))
    assert gc.get_freeze_count() == before


WAITS = """
import multiprocessing, sys
from evidence_chain.spreading.parallel import handing
both = multiprocessing.Barrier(2)
def meet(_):
    return both.wait() * 0
with handing(meet, 2) as handed:
    handed.give(1)
    handed.give(2)
    print(*handed.results(), flush=True)
    sys.stdin.read()
"""


def test_workers_that_wait_end_at_ctrl_c_without_a_word():
    """A terminal sends it to all of them."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    words = [sys.executable, "-c", WAITS]
    with subprocess.Popen(words, **pipes, text=True, start_new_session=True) as process:
        assert process.stdout.readline() == "0 0\n"
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
    assert said.endswith("KeyboardInterrupt\n")
    assert said.count("Traceback") == 1
