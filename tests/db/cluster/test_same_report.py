"""A cluster's report is, to the letter, that of one machine; on damaged cases too."""

from random import Random

import pytest

from adversary import tampering
from evidence_db.store import hashing
from random_damage import damage, unguarded

CODES = (0, 1, 3, 4)
EACH = 6
"""Changes of a case at once."""


def same(case, workers, *words):
    """The reports of this machine and of a cluster, and that they are one."""
    here = case.run("verify", *words, code=CODES)
    there = case.run("verify", *words, "--cluster", workers.address, code=CODES)
    assert there.stdout == here.stdout
    assert there.exit_code == here.exit_code
    return here


def test_of_a_case_that_holds(invented, workers):
    assert same(invented, workers).exit_code == 0
    assert same(invented, workers, "--json", "--all-digests").exit_code == 0
    assert same(invented, workers, "board-knew").exit_code == 0


@pytest.mark.parametrize("seed", range(12))
def test_of_a_database_changed_at_random(invented, workers, seed):
    random = Random(seed)
    with tampering(invented) as db:
        unguarded(db)
        for _ in range(random.randint(1, EACH)):
            damage(db, random)
    same(invented, workers, "--json")


def altered(path):
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"~")


def emptied(path):
    path.chmod(0o600)
    path.write_bytes(b"")


def removed(path):
    path.unlink()


@pytest.mark.parametrize("harm", [altered, emptied, removed])
def test_of_files_that_are_not_what_they_were(invented, workers, harm):
    harm(invented.preserved("minutes"))
    harm(invented.stream("deaf"))
    assert same(invented, workers, "--json", "--all-digests").exit_code in (1, 3)
    assert same(invented, workers).exit_code in (1, 3)


def test_of_large_files(invented, workers, monkeypatch):
    monkeypatch.setattr(hashing, "LARGE", 1)
    assert same(invented, workers, "--json", "--all-digests").exit_code == 0
    altered(invented.preserved("minutes"))
    assert same(invented, workers, "--json", "--all-digests").exit_code == 1
