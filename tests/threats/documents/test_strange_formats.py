"""Rows 29-31: what an insider signs, with a tree that fits, though no log may hold it."""

import json

import pytest

from adversary import (
    change_body,
    id_of,
    loosened,
    passage,
    put_record,
    size_of,
    tampering,
    verdict,
)
from evidence_chain.entry import MAX_ENTRY, MAX_VALUE, seal
from evidence_db.recording.importing import case_file

UNREADABLE = {"rules", "commitment", "projection"}
"""What can't be checked of a record whose entry can't be read."""


ENTRY_JSON = {
    "duplicate key": lambda text: text.replace('"v":1', '"v":1,"v":1'),
    "duplicate key, escaped": lambda text: text.replace('"v":1', '"\\u0076":1,"v":1'),
    "white space": lambda text: text.replace('"v":1', '"v": 1'),
    "newline at the end": lambda text: text + "\n",
    "float": lambda text: text.replace('"v":1', '"v":1.0'),
    "exponent": lambda text: text.replace('"v":1', '"v":1e0'),
    "escaped letter": lambda text: text.replace('"kind":"c', '"kind":"\\u0063'),
    "another order": lambda text: '{"v":1,' + text.replace(',"v":1', "")[1:],
    "integer of 2**53": lambda text: text.replace('"v":1', '"v":9007199254740992'),
    "minus zero": lambda text: text.replace('"v":1', '"v":-0'),
    "beyond every float": lambda text: text.replace('"v":1', '"v":1e400'),
    "lone surrogate": lambda text: text.replace('"v":1', '"\\ud800":1,"v":1'),
}


def forge(insider, entry):
    """Put a claim into the log whose entry was spelt by hand, and sign."""
    fields = insider.full("claim", slug="spelt", statement="By hand")
    record = seal("claim", fields, seed=bytes(32))
    text = entry(record.entry.decode())
    forged = record._replace(entry=text.encode(), id=id_of(text))
    with tampering(insider.case) as db:
        put_record(db, size_of(db), forged, "claim", {})
    insider.sign()


@pytest.mark.parametrize("what", ENTRY_JSON)
def test_row_29_an_entry_that_two_programs_may_read_differently(case, insider, what):
    forge(insider, ENTRY_JSON[what])
    assert verdict(case, code=1)[:2] == (["entry"], UNREADABLE)


BODY_JSON = {
    "duplicate key": lambda text: text.replace(',"note"', ',"note":"the first","note"'),
    "white space": lambda text: text + " ",
    "escapes": lambda text: text.replace("Under oath", "\\u0055nder oath"),
    "raw newline": lambda text: text.replace("Under oath", "Under\noath"),
    "float": lambda text: text.replace('"Under oath"', "1.5"),
    "NaN": lambda text: text.replace('"Under oath"', "NaN"),
    "beyond every float": lambda text: text.replace('"Under oath"', "1e400"),
    "another order": lambda text: "{" + ",".join(reversed(text[1:-1].split(","))) + "}",
    "byte-order mark": lambda text: "\ufeff" + text,
    "10,000 levels": lambda text: text.replace('"Under oath"', "[" * 10_000 + "]" * 10_000),
    "an array": lambda text: f"[{text}]",
    "nothing": lambda text: "",
}


@pytest.mark.parametrize("what", BODY_JSON)
def test_row_29_a_body_that_two_programs_may_read_differently(case, what):
    where = (case.index("never-knew"),)
    with loosened(case, "link") as db:
        ((body,),) = db.execute("SELECT body FROM link WHERE idx = ?", where)
        changed = BODY_JSON[what](body)
        assert changed != body
        db.execute("UPDATE link SET body = ? WHERE idx = ?", (changed, *where))
    found = verdict(case, code=1)
    assert "commitment" in found.failed
    assert set(found.failed) <= {"commitment", "projection"}


def test_row_29_text_that_is_not_utf8(case):
    with tampering(case) as db:
        bad = "CAST(x'7b226e6f7465223a22ff227d' AS TEXT)"
        db.execute(f"UPDATE link SET body = {bad} WHERE idx = ?", (case.index("never-knew"),))
    assert "projection" in verdict(case, code=1).failed


def test_row_29_a_checkpoint_that_is_not_utf8(case):
    with tampering(case) as db:
        db.execute("UPDATE checkpoint SET note = CAST(x'ff0a' AS TEXT)")
    assert verdict(case, code=1)[:2] == (["projection"], {"coverage"})


OTHER_TYPES = {
    "entry as bytes": ("entry", "entry = CAST(entry AS BLOB)"),
    "id as bytes": ("entry", "id = CAST(id AS BLOB)"),
    "id as a number": ("entry", "id = 7 WHERE idx = 3"),
    "seed as text": ("seal", "seed = 'seed'"),
    "seed as a number": ("seal", "seed = 7"),
    "body as bytes": ("link", "body = CAST(body AS BLOB)"),
    "body as a number": ("link", "body = 7"),
    "relation as bytes": ("link", "relation = CAST(relation AS BLOB)"),
    "end of a link as text": ("link", "from_idx = 'x'"),
    "passage as bytes": ("evidence", "body = CAST(body AS BLOB)"),
    "hash as text": ("tree_node", "hash = 'x'"),
    "note as a number": ("checkpoint", "note = 7"),
    "note as bytes": ("checkpoint", "note = CAST(note AS BLOB)"),
}


@pytest.mark.parametrize("what", OTHER_TYPES)
def test_row_29_values_of_another_type_than_the_schema_has(case, what):
    table, change = OTHER_TYPES[what]
    with loosened(case, table) as db:
        db.execute(f"UPDATE {table} SET {change}")
    assert verdict(case, code=1).failed


def test_row_29_an_origin_of_another_type_is_a_damaged_case(case):
    with loosened(case, "case_info") as db:
        db.execute("UPDATE case_info SET origin = CAST(origin AS BLOB)")
    assert case.run("verify", code=4).stderr.startswith("Error: ")


HOSTILE_FILES = {
    "10,000 levels": b'{"claims":' + b"[" * 100_000,
    "NaN": b'{"claims":[{"slug":"a","statement":"b","note":NaN}]}',
    "float": b'{"claims":[{"slug":"a","statement":"b","note":1.5}]}',
    "beyond every float": b'{"claims":[{"slug":"a","statement":"b","note":1e400}]}',
    "huge integer": b'{"claims":[{"slug":"a","statement":"b","note":' + b"9" * 5000 + b"}]}",
    "lone surrogate": b'{"claims":[{"slug":"a","statement":"\\ud800"}]}',
    "bad UTF-8": b'{"claims":[{"slug":"a","statement":"\xff"}]}',
    "no object": b"[]",
    "claims that are none": b'{"claims":[1]}',
    "nothing": b"",
}


@pytest.mark.parametrize("what", HOSTILE_FILES)
def test_row_29_a_case_file_that_is_hostile(case, what):
    before = case.json("log")["size"]
    result = case.run("import", case.write("case.json", HOSTILE_FILES[what]), code=2)
    assert result.stderr.startswith("Error: ")
    assert case.json("log")["size"] == before


def test_row_30_an_entry_of_65536_bytes(case, insider):
    empty = '{"kind":"claim","open":{},"sealed":{"":"%s"},"v":1}' % ("00" * 32)
    name = "n" * (MAX_ENTRY + 1 - len(empty))
    entry = empty.replace('""', f'"{name}"')
    assert len(entry) == 65_536
    fields = insider.full("claim", slug="long", statement="By name")
    record = seal("claim", fields, seed=bytes(32))
    record = record._replace(id=id_of(entry), entry=entry.encode())
    with tampering(case) as db:
        put_record(db, size_of(db), record, "claim", {})
    insider.sign()
    assert verdict(case, code=1)[:2] == (["entry"], UNREADABLE)


@pytest.mark.parametrize("words", [["claim", "long"], ["add", "original", "--title"]])
def test_row_30_a_field_too_long_to_record(case, words):
    before = case.json("log")["size"]
    result = case.run(*words, "x" * MAX_VALUE, code=2)
    assert "Preserve long text as a file" in result.stderr
    assert case.json("log")["size"] == before


def test_row_30_a_field_of_a_megabyte_holds(case):
    case.run("claim", "long", "x" * (MAX_VALUE - 2))
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_30_a_case_file_too_long_to_read(case, monkeypatch):
    monkeypatch.setattr(case_file, "LARGEST", 100)
    result = case.run("import", case.write("case.json", b" " * 101), code=2)
    assert "larger than 100 bytes" in result.stderr


UNKNOWN = {
    "kind": ('"kind":"claim"', '"kind":"evidence/Quote"'),
    "version": ('"v":1', '"v":2'),
    "open key": ('"open":{}', '"open":{"colour":"red"}'),
    "fifth key": ('"v":1', '"u":0,"v":1'),
    "no sealed": ('"sealed":{', '"sealed":[],"unsealed":{'),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_row_31_what_this_version_does_not_know(case, insider, what):
    forge(insider, lambda text: text.replace(*UNKNOWN[what]))
    found = verdict(case, code=1)
    assert "entry" in found.failed
    assert set(found.failed) <= {"entry", "projection"}
    assert found.missed == UNREADABLE


def forge_kind(case, insider, kind):
    """A record of a kind that the database has no table for. Returns its id."""
    fields = {"recorded_at": "x", "recorded_by": "y"}
    text = seal("claim", fields, seed=bytes(32)).entry.decode().replace("claim", kind)
    with tampering(case) as db:
        db.execute(
            "INSERT INTO entry (idx, id, entry) VALUES (?, ?, ?)", (size_of(db), id_of(text), text)
        )
    insider.sign()
    return id_of(text)


def test_row_31_an_unknown_kind(case, insider):
    forge_kind(case, insider, "verdict")
    assert verdict(case, code=1)[:2] == (["entry"], UNREADABLE)


@pytest.mark.parametrize("words", [["log"], ["list"], ["show"]])
def test_row_31_an_unknown_kind_is_told_when_it_is_read(case, insider, words):
    id_ = forge_kind(case, insider, "verdict")
    result = case.run(*words, *([id_] if words == ["show"] else []), code=4)
    assert "verdict" in result.stderr


def test_row_31_an_unknown_relation(case, insider):
    ends = {"from": case.ids["never"], "to": case.ids["quay-is-wired"]}
    public = ends | {"relation": "supports"}
    stamp = {"recorded_at": "x", "recorded_by": "y", "note": None}
    record = seal("link", stamp, seed=bytes(32), public=public)
    text = record.entry.decode().replace("supports", "proves")
    forged = record._replace(entry=text.encode(), id=id_of(text))
    with tampering(case) as db:
        put_record(db, size_of(db), forged, "link", public | {"relation": "proves"})
    insider.sign()
    assert verdict(case, code=1)[:2] == (["entry"], UNREADABLE)


def test_row_31_more_fields_than_this_version_knows_are_fine(case, insider):
    fields = insider.full("claim", slug="more", statement="With more") | {"colour": "red"}
    insider.record("claim", fields)
    insider.sign()
    assert verdict(case, code=0).failed == []
    assert json.loads(case.run("show", "more", "--json").stdout)["fields"]["colour"] == "red"


@pytest.mark.parametrize(
    "changed",
    [
        {"blake3": "../../../../etc/passwd"},
        {"blake3": "/etc/passwd"},
        {"blake3": "\0" * 64},
        {"blake3": 7},
        {"blake3": "AB" * 32},
        {"size": 1},
        {"size": "many"},
        {"size": [1]},
    ],
    ids=str,
)
def test_row_31_a_file_that_is_named_as_nothing_could_be(case, insider, changed):
    fields = case.body("minutes") | changed
    id_ = insider.record("artifact", fields)
    insider.sign()
    assert "file" in verdict(case, code=1).failed
    passage_ = passage(case, artifact=id_)
    quote = insider.record("evidence/quote", passage_)
    insider.link("supports", quote, case.ids["quay-is-wired"])
    case.run("resolve", "quay-is-wired", code=(1, 4))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("match", {"status": "true", "notes": [], "rules": "1"}),
        ("match", {"status": None, "notes": [], "rules": "1"}),
        ("match", "verbatim"),
        ("text", 7),
        ("selector", {}),
        ("selector", [{"type": "TextQuoteSelector"}]),
        ("extracted", "../../../../etc/passwd"),
        ("extracted", "\0"),
        ("extracted", 7),
    ],
    ids=str,
)
def test_row_31_a_passage_with_values_that_no_version_makes(case, insider, name, value):
    insider.record("evidence/quote", passage(case, **{name: value}))
    insider.sign()
    found = verdict(case, code=(1, 3))
    assert set(found.failed) <= {"match", "passage", "rules", "stream"}
    assert set(found.failed) | (found.missed & {"match"})


def test_a_body_may_be_changed_by_these_tests_without_breaking_json(case):
    with tampering(case) as db:
        change_body(db, case.index("never-knew"), lambda values: values)
    assert verdict(case, code=0).failed == []
