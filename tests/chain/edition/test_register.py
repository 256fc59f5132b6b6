"""What is kept of a log while it is checked: all of it that is needed, in a hundred bytes each."""

import tracemalloc
from array import array

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.edition.checking.register import Facts, Register, Shape
from evidence_chain.log.groups import Groups
from evidence_chain.log.ids import Ids

LINK = Shape("link", "supports", frozenset({"note"}), frozenset())
MOST = 160
"""Bytes for each entry, room to grow included."""


def id_of(number):
    return number.to_bytes(32, "big")


def test_an_entry_takes_a_hundred_bytes():
    size = 30_000
    register = Register(None, array("Q", range(size + 1)))
    tracemalloc.start()
    for number in range(size):
        named = {"from": id_of(number // 2).hex(), "to": id_of(number // 3).hex()}
        facts = Facts(id_of(number), LINK, named, {"extracted": "f" * 64})
        register.add(facts, register.places_of(facts))
        register.leaves += id_of(number)
    root = register.root_at(size)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held / size < MOST
    assert root is not None
    assert register.named(100, "from") == 50
    assert register.named(100, "artifact") is None
    assert register.find(id_of(77).hex()).index == 77


def test_an_entry_that_could_not_be_read_has_its_place():
    register = Register(None, array("Q", range(4)))
    register.add(None)
    facts = Facts(id_of(1), LINK, {"from": id_of(0).hex(), "to": id_of(9).hex()}, {})
    register.add(facts, register.places_of(facts))
    register.add(None)
    assert [index for index, _ in register.told()] == [1]
    assert register.shape(0) is register.shape(2) is None
    assert register.named(1, "from") is register.named(1, "to") is None
    assert register.find(id_of(0).hex()) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), max_size=3000))
def test_ids_are_found_where_they_stand_first(numbers):
    ids, first = Ids(), {}
    for index, number in enumerate(numbers):
        if number is None:
            ids.skip()
        else:
            ids.add(id_of(number + 1))
            first.setdefault(number, index)
    assert len(ids) == len(numbers)
    for number in range(61):
        assert ids.find(id_of(number + 1)) == first.get(number)
    assert all(ids[index] == id_of(number + 1) for number, index in first.items())


def test_ids_by_the_thousand():
    ids = Ids()
    for number in range(5000):
        ids.add(id_of(number))
    assert [ids.find(id_of(number)) for number in range(5001)] == [*range(5000), None]


@given(st.lists(st.integers(0, 9), max_size=10))
def test_groups(keys):
    groups = Groups(10)
    for index, key in enumerate(keys):
        groups.add(key, index)
    assert list(groups) == sorted(set(keys))
    for key in range(10):
        assert groups.of(key) == [index for index, one in enumerate(keys) if one == key]
