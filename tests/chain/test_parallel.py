"""Work in several processes."""

import gc

import pytest

from evidence_chain.parallel import in_order, spread

TASKS = range(-40, 40)


@pytest.mark.parametrize("workers", [1, 2])
def test_in_order(workers):
    assert list(in_order(abs, TASKS, workers)) == list(map(abs, TASKS))


def test_as_it_is_done():
    assert sorted(spread(abs, TASKS, 2)) == sorted(map(abs, TASKS))


def test_nothing_stays_out_of_the_garbage_collector_s_sight():
    before = gc.get_freeze_count()
    list(in_order(abs, TASKS, 2))
    assert gc.get_freeze_count() == before
