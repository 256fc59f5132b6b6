"""The kinds of record: what each seals, and kinds that others add."""

import json
import sys
from types import ModuleType

import pytest

from evidence_chain import kinds
from evidence_chain.entry import is_evidence, parse, seal
from evidence_chain.errors import InputError
from evidence_chain.kinds import (
    AMENDMENT,
    ARTIFACT,
    CASE,
    CLAIM,
    LINK,
    ORIGINAL,
    RETRACTION,
    Field,
    Kind,
)

EVIDENCE = [
    *("letter", "no-response", "quote", "request-email"),
    *("response-email", "tender-clause", "translation"),
]
OTHERS = [ARTIFACT, ORIGINAL, CLAIM, LINK, RETRACTION, AMENDMENT, CASE]
ALL = [*OTHERS, *map(kinds.evidence_kind, EVIDENCE)]
READ_BY_VERIFIERS = {
    "artifact": {"blake3", "sha256", "size", "media_type"},
    "original": {"title"},
    "claim": {"slug", "statement"},
    "link": set(),
    "retraction": {"reason"},
    "amendment": {"changes", "reason"},
    "case": {"title"},
}
"""The sealed fields that section 4 lists; those of evidence are below."""
PASSAGE = {"artifact", "text", "selector", "extractor", "extracted", "match"}
OPEN = {
    "link": {"from": "ab" * 32, "relation": "supports", "to": "cd" * 32},
    "retraction": {"to": "ab" * 32},
    "amendment": {"to": "ab" * 32},
}
EXAMPLES = {str: "words", int: 3, bool: True, list: [1, "a"], dict: {"a": 1}}

every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)


def example(field):
    """A value that the field may have."""
    forms = {"date": "2031-05-03", "time": "2031-05-03", "day": "2031-05-03", "language": "en"}
    forms["address"] = "https://tide.example"
    wanted = field.form.wanted.split()[1] if field.form else None
    return forms.get(wanted, EXAMPLES[field.type])


def filled(kind, *names):
    """Values for the fields that are required, and for `names`."""
    return {
        field.name: example(field) for field in kind.fields if field.required or field.name in names
    }


def entry_of(kind, values):
    fields = kind.complete(values)
    return parse(seal(kind.name, fields, seed=bytes(32), public=OPEN.get(kind.name)).entry)


def test_kinds_of_evidence():
    assert sorted(kinds.evidence_kinds()) == EVIDENCE
    for name, kind in kinds.evidence_kinds().items():
        assert kind.name == f"evidence/{name}"
        assert is_evidence(kind.name)


@pytest.mark.parametrize("name", ["quote", "evidence/quote"])
def test_a_kind_by_its_name(name):
    assert kinds.evidence_kind(name).name == "evidence/quote"


def test_a_kind_that_there_is_not():
    with pytest.raises(InputError, match="'verdict'; there are letter, no-response, quote"):
        kinds.evidence_kind("verdict")


@every_kind
def test_what_verifiers_read_is_sealed(kind):
    names = {field.name for field in kind.fields}
    assert names >= READ_BY_VERIFIERS.get(kind.name, PASSAGE) | {"recorded_at", "recorded_by"}
    assert len(names) == len(kind.fields)


@every_kind
def test_what_verifiers_read_is_required(kind):
    wanted = READ_BY_VERIFIERS.get(kind.name, PASSAGE) | {"recorded_at", "recorded_by"}
    wanted -= {"title"} if kind is CASE else set()  # which may have none
    assert wanted <= {field.name for field in kind.fields if field.required}


@every_kind
def test_row_25_every_record_of_a_kind_seals_the_same_names(kind):
    names = [field.name for field in kind.fields]
    bare = entry_of(kind, filled(kind))
    assert bare.sealed.keys() == set(names)
    for name in names:
        assert entry_of(kind, filled(kind, name)).sealed.keys() == bare.sealed.keys()
    assert entry_of(kind, filled(kind, *names)).sealed.keys() == bare.sealed.keys()


@every_kind
def test_what_was_not_filled_in_is_null(kind):
    values = filled(kind)
    complete = kind.complete(values)
    assert {name: value for name, value in complete.items() if value is not None} == values
    assert json.loads(json.dumps(complete)) == complete


@every_kind
@pytest.mark.parametrize("names", [["colour"], ["colour", "Text"]])
def test_an_unknown_field_is_refused(kind, names):
    with pytest.raises(InputError, match=f"no field {', '.join(sorted(names))}"):
        kind.complete(filled(kind) | dict.fromkeys(names))


@every_kind
def test_a_missing_required_field_is_refused(kind):
    for field in kind.fields:
        if not field.required:
            continue
        for empty in [None, ""] if field.asked else [None]:
            with pytest.raises(InputError, match=f"needs its {field.label} \\({field.option}\\)"):
                kind.complete(filled(kind) | {field.name: empty})
        values = filled(kind)
        del values[field.name]
        with pytest.raises(InputError, match="needs its"):
            kind.complete(values)


@every_kind
def test_a_value_of_the_wrong_type_is_refused(kind):
    for field in kind.fields:
        for type_, value in {**EXAMPLES, float: 1.5, bytes: b"words"}.items():
            if type_ is field.type:
                continue
            with pytest.raises(InputError, match=f"should be of type {field.type.__name__}"):
                kind.complete(filled(kind) | {field.name: value})


@every_kind
def test_an_empty_answer_to_an_optional_question_is_taken(kind):
    for field in kind.asked:
        if not field.required:
            kind.complete(filled(kind) | {field.name: ""})


@every_kind
def test_what_the_program_fills_in_is_not_asked_for(kind):
    asked = {field.name for field in kind.asked}
    assert asked.isdisjoint({"recorded_at", "recorded_by", "artifact", "selector", "match"})
    assert asked <= {field.name for field in kind.own}


def test_an_option_is_spelled_with_hyphens():
    assert Field("awarded_to", "awarded to").option == "--awarded-to"


# Kinds that others add


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installed package `acme-sworn` with a kind of its own."""
    package = tmp_path / "acme_sworn-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-sworn\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text(
        "[evidence_chain.kinds]\nsworn-statement = acme_sworn:KIND\n"
    )
    module = ModuleType("acme_sworn")
    module.KIND = Kind("evidence/sworn-statement", "sworn statement", (Field("court", "court"),))
    monkeypatch.setitem(sys.modules, "acme_sworn", module)
    monkeypatch.syspath_prepend(tmp_path)
    kinds.evidence_kinds.cache_clear()
    yield module.KIND
    kinds.evidence_kinds.cache_clear()


def test_a_kind_of_another_package_is_found(installed):
    assert kinds.evidence_kind("sworn-statement") is installed
    assert sorted(kinds.evidence_kinds()) == sorted([*EVIDENCE, "sworn-statement"])


def test_a_kind_of_another_package_is_sealed_like_our_own(installed):
    values = {"recorded_at": "2026-01-01T00:00:00Z", "recorded_by": "Ada", "court": "Utrecht"}
    bare = values | {"court": None}
    assert entry_of(installed, values).sealed.keys() == entry_of(installed, bare).sealed.keys()
    with pytest.raises(InputError, match="A sworn statement has no field colour"):
        installed.complete(values | {"colour": "red"})
