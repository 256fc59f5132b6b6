"""What an adversary does to a case: with plain SQLite, and with none of our care.

with tampering(case) as db:         triggers are dropped, and come back as they were
    db.execute("UPDATE claim SET body = …")
insider = Insider(case)             has the signing key, and breaks any rule with it
insider.record("claim", {…})        sealed and put into the log unchecked
insider.rebuild(); insider.sign()   a tree and a checkpoint that fit
verdict(case, code=1)               which checks failed, and which could not be made
"""

from __future__ import annotations

import json
import re
import secrets
from contextlib import contextmanager
from typing import NamedTuple

from evidence_chain import kinds
from evidence_chain.digest import b3
from evidence_chain.entry import is_evidence, seal
from evidence_chain.log import checkpoint
from evidence_chain.log.merkle import Frontier, leaf_hash
from evidence_db.store.tables import schema


class Verdict(NamedTuple):
    """What `verify` found, as names of checks."""

    failed: list[str]
    """Sorted, each as often as it failed."""
    missed: set[str]
    details: str


def verdict(case, *words, code):
    """Run `verify`, whose exit code has to be `code`."""
    report = case.json("verify", *words, code=code)
    found = [check for check in report["checks"] if check["outcome"] != "holds"]
    failed = sorted(check["check"] for check in found if check["outcome"] == "failed")
    missed = {check["check"] for check in found if check["outcome"] == "not-checked"}
    return Verdict(failed, missed, "\n".join(check["detail"] for check in found))


@contextmanager
def tampering(case):
    """A connection that the append-only triggers do not hinder; afterwards they are back."""
    with case.connected() as db:
        db.execute("BEGIN")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, sql in (found := triggers.fetchall()):
            db.execute(f"DROP TRIGGER {name}")
            assert sql
        yield db
        for _, sql in found:
            db.execute(sql)


@contextmanager
def rewriting_schema(case):
    """A connection that may write the schema itself."""
    with case.connected() as db:
        db.execute("PRAGMA writable_schema = ON")
        yield db
        ((version,),) = db.execute("PRAGMA schema_version")
        db.execute(f"PRAGMA schema_version = {version + 1}")


@contextmanager
def loosened(case, table):
    """A connection on which a table takes any value; afterwards it is defined as it was.

    Without its generated columns SQLite doesn't look into its JSON, and without STRICT it keeps
    values of any type.
    """
    with case.connected() as db:
        ((honest,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
    loose = re.sub(r"AS \(\w+ ->> '[^']*'\)", "AS (NULL)", honest)
    loose = loose.replace("NOT NULL GENERATED", "GENERATED")
    redefine(case, table, loose.replace("STRICT, ", "").replace(" STRICT", ""))
    with tampering(case) as db:
        yield db
    redefine(case, table, honest)


def redefine(case, table, sql):
    with rewriting_schema(case) as db:
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))


def change_body(db, index, change):
    """Replace the values of a record by what `change` makes of them, as canonical JSON."""
    table = table_of(db, index)
    ((body,),) = db.execute(f"SELECT body FROM {table} WHERE idx = ?", (index,))
    values = change(json.loads(body))
    db.execute(f"UPDATE {table} SET body = ? WHERE idx = ?", (canonical(values), index))


def canonical(value):
    """Canonical JSON of what tests make up, made without the code under test."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def table_of(db, index):
    ((kind,),) = db.execute("SELECT kind FROM entry WHERE idx = ?", (index,))
    return schema.table_of(kind)


STAMP = {"recorded_at": "2031-06-01T00:00:00Z", "recorded_by": "insider"}


class Insider:
    """Somebody who writes to the log past our code, and signs it with `key`."""

    def __init__(self, case, key=None):
        self.case = case
        self.key = key or case.key

    def entries(self):
        with self.case.connected() as db:
            return [entry for (entry,) in db.execute("SELECT entry FROM entry ORDER BY idx")]

    def record(self, kind, fields, public=None, index=None):
        """Seal a record and put it at the end of the log, whatever it says. Returns its id."""
        fields = {**STAMP, **fields}
        record = seal(kind, fields, seed=secrets.token_bytes(32), public=public)
        with tampering(self.case) as db:
            if index is None:
                ((index,),) = db.execute("SELECT count(*) FROM entry")
            put_record(db, index, record, kind, public or {})
        return record.id

    def full(self, kind, **fields):
        """All the fields of a kind, of which these have a value."""
        known = {"evidence": kinds.evidence_kind("quote"), "claim": kinds.CLAIM}
        names = [field.name for field in known[kind].fields]
        return {**dict.fromkeys(names), **STAMP, **fields}

    def link(self, relation, from_, to):
        return self.record("link", {"note": None}, {"from": from_, "to": to, "relation": relation})

    def rebuild(self):
        """Make the tree, the search index and the ids fit the entries."""
        frontier = Frontier()
        entries = self.entries()
        with tampering(self.case) as db:
            db.execute("DELETE FROM tree_node")
            for entry in entries:
                for node in frontier.append(leaf_hash(entry.encode())):
                    db.execute("INSERT INTO tree_node VALUES (?, ?, ?)", node)
            db.execute("INSERT INTO search (search) VALUES ('rebuild')")
        return frontier.size, frontier.root()

    def sign(self, *, alone=False):
        """Sign the log as it stands; `alone` removes the checkpoints that were there."""
        size, root = self.rebuild()
        note = checkpoint.sign(checkpoint.Checkpoint(self.key.name, size, root), self.key)
        store_checkpoint(self.case, size, note, alone=alone)
        return note


def put_record(db, index, record, kind, public):
    """Insert a sealed record with the columns that stand beside its body."""

    def index_of(id_):
        found = db.execute("SELECT idx FROM entry WHERE id = ?", (id_,)).fetchone()
        return found[0] if found else None

    body = record.body.decode()
    db.execute(
        "INSERT INTO entry (idx, id, entry) VALUES (?, ?, ?)",
        (index, record.id, record.entry.decode()),
    )
    db.execute("INSERT INTO seal VALUES (?, ?)", (index, record.seed))
    columns = {"idx": index, "body": body}
    if is_evidence(kind):
        artifact = json.loads(body).get("artifact")
        columns |= {"kind": kind, "artifact_idx": index_of(artifact)}
    if kind == "link":
        columns["relation"] = public["relation"]
        ends = {"from_idx": index_of(public["from"]), "to_idx": index_of(public["to"])}
        columns |= {name: index or 0 for name, index in ends.items()}
    if kind == "review":
        columns["verdict"] = public["verdict"]
    if kind in ("retraction", "amendment", "review", "erasure"):
        columns["to_idx"] = index_of(public["to"]) or 0
    table = schema.table_of(kind)
    marks = ", ".join("?" * len(columns))
    names = ", ".join(columns)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))


def store_checkpoint(case, size, note, *, alone=False):
    with tampering(case) as db:
        db.execute("DELETE FROM checkpoint WHERE ? OR size = ?", (alone, size))
        db.execute("INSERT INTO checkpoint VALUES (?, ?)", (size, note))


def id_of(entry):
    """The id of an entry, given as text."""
    return b3(entry.encode()).hex()


def overwrite(path, content):
    """Write to a preserved file in spite of its permissions."""
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)


def flip(path, at=None):
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    overwrite(path, content)


def recast(db, index, entry):
    """Put another entry in the place of one, and change all ids that follow from it."""
    renamed = {}
    later = db.execute("SELECT idx, id, entry FROM entry WHERE idx >= ? ORDER BY idx", (index,))
    for idx, id_, text in later.fetchall():
        if idx == index:
            text = entry
        for old, new in renamed.items():
            text = text.replace(old, new)
        if id_of(text) != id_:
            renamed[id_] = id_of(text)
            db.execute("UPDATE entry SET id = ?, entry = ? WHERE idx = ?", (id_of(text), text, idx))
    return renamed


def rewrite_a_claim(case):
    """Seal another statement in the place of a claim, and change every id that follows."""
    fields = case.body("board-knew") | {"statement": "The harbour board knew of nothing"}
    record = seal("claim", fields, seed=secrets.token_bytes(32))
    index = case.index("board-knew")
    with tampering(case) as db:
        db.execute("UPDATE claim SET body = ? WHERE idx = ?", (record.body.decode(), index))
        db.execute("UPDATE seal SET seed = ? WHERE idx = ?", (record.seed, index))
        renamed = recast(db, index, record.entry.decode())
    assert len(renamed) > 3


REFERENCES = {
    "entry": ("idx",),
    "seal": ("idx",),
    "artifact": ("idx",),
    "original": ("idx",),
    "claim": ("idx",),
    "evidence": ("idx", "artifact_idx"),
    "link": ("idx", "from_idx", "to_idx"),
    "retraction": ("idx", "to_idx"),
    "amendment": ("idx", "to_idx"),
    "case_title": ("idx",),
    "key_change": ("idx",),
}
"""Every column that holds a place in the log."""


def renumber(db, places):
    """Move records to other places of the log, given old and new ones; `None` removes one."""
    for old, new in places.items():
        if new is None:
            for table in REFERENCES:
                db.execute(f"DELETE FROM {table} WHERE idx = ?", (old,))
    moved = [(-1 - new, old) for old, new in places.items() if new is not None]
    for table, columns in REFERENCES.items():
        for column in columns:
            change = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"
            db.executemany(change, moved)
            db.execute(f"UPDATE {table} SET {column} = -1 - {column} WHERE {column} < 0")


def drop(db, index):
    """Remove one record, and let the later ones move up."""
    size = size_of(db)
    renumber(db, {index: None} | {old: old - 1 for old in range(index + 1, size)})


def truncate(db, size):
    """Cut the log off, with all that belongs to what is cut off."""
    for table in REFERENCES:
        db.execute(f"DELETE FROM {table} WHERE idx >= ?", (size,))
    db.execute("DELETE FROM checkpoint WHERE size > ?", (size,))


def size_of(db):
    ((size,),) = db.execute("SELECT count(*) FROM entry")
    return size


def passage(case, **changed):
    """The values of a passage that holds, but for some."""
    return case.body("never") | changed
