"""What one look tells of records is what the checks one by one tell, whatever was damaged."""

import sqlite3
from contextlib import closing
from random import Random

import pytest

from evidence_chain.errors import EvidenceError
from evidence_chain.rules import Place
from evidence_db.case import Case
from evidence_db.reading.reader import Reader
from evidence_db.resolving.resolution import resolve
from evidence_db.verifying import at_once, records
from evidence_db.verifying.queries import Audit
from random_damage import damage, unguarded

CHANGES = 400


@pytest.fixture(scope="module")
def damageable(template):
    """The case in memory, on a connection that nothing hinders."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        with template.connected() as there:
            there.backup(memory)
        unguarded(memory)
        yield memory


def checked(connection):
    try:
        stretch = records.check_stretch(Audit(connection), 0, 64)
    except sqlite3.DatabaseError as error:
        return str(error)
    report = stretch.report
    return report.held, report.findings, report.counted, stretch.subtrees, stretch.distrusted


def test_what_holds_is_told_at_one_look(damageable):
    lines, _ = Audit(damageable).lines(0, 64)
    assert len(at_once.resealed(lines)) > len(lines) / 2


def test_so_are_what_names_others_and_a_retraction(damageable):
    audit = Audit(damageable)
    lines, shown = audit.lines(0, 64)
    found = at_once.resealed(lines)
    kinds = {index: said.kind for index, said in found.items()}
    places = audit.places_of(at_once.named(found), kinds)
    assert places == audit.places(at_once.named(found)) == audit.places_of(places, {})
    right = at_once.right(found, shown, places.get)
    assert {"artifact", "claim", "link", "retraction"} <= {found[index].kind for index in right}


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        (Place(3, "claim"), True),
        (Place(3, "key"), False),
        (Place(5, "claim"), False),
        (None, False),
    ],
)
def test_what_may_not_be_retracted_is_left_to_the_checks_one_by_one(place, holds):
    retraction = at_once.Said(b"", "retraction", {"to": "ab" * 32}, None)
    shown = {5: (("to_idx",), (place.index if place else 3,))}
    assert (at_once.right({5: retraction}, shown, {"ab" * 32: place}.get) == {5}) is holds


@pytest.mark.parametrize("part", range(4))
def test_the_checks_one_by_one_tell_the_same(damageable, monkeypatch, part):
    random, told = Random(part), 0
    for _ in range(CHANGES // 4):
        damageable.execute("SAVEPOINT before")
        what = damage(damageable, random)
        quick = checked(damageable)
        with monkeypatch.context() as patch:
            patch.setattr(at_once, "resealed", lambda *_: {})
            slow = checked(damageable)
        damageable.execute("ROLLBACK TO before")
        assert quick == slow, what
        told += bool(what and (isinstance(slow, str) or slow[1]))
    assert told > CHANGES / 4 / 3


@pytest.mark.parametrize("name", ["board-knew", "quay-is-wired"])
def test_a_chain_tells_the_same(damageable, template, monkeypatch, name):
    case, claim = Case.open(template.root), template.index(name)
    random, told = Random(name), 0
    for _ in range(CHANGES // 4):
        damageable.execute("SAVEPOINT before")
        what = damage(damageable, random)
        quick = resolved(case, damageable, claim)
        with monkeypatch.context() as patch:
            patch.setattr(at_once, "resealed", lambda *_: {})
            slow = resolved(case, damageable, claim)
        damageable.execute("ROLLBACK TO before")
        assert quick == slow, what
        told += isinstance(slow, str) or slow["integrity"]["outcome"] != "holds"
    assert told > CHANGES / 4 / 4


def test_a_claim_that_lies_elsewhere_in_the_log_is_missing(damageable, template):
    claim = template.index("board-knew")
    damageable.execute("SAVEPOINT before")
    damageable.execute("UPDATE entry SET idx = 999 WHERE idx = ?", (claim,))
    said = resolved(Case.open(template.root), damageable, claim)
    damageable.execute("ROLLBACK TO before")
    assert said.startswith("StorageError"), said


def resolved(case, connection, claim):
    try:
        return resolve(case, Reader(connection), claim)
    except (EvidenceError, sqlite3.DatabaseError) as error:
        return f"{type(error).__name__}: {error}"
