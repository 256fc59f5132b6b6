"""Canonical JSON against RFC 8785's test data and the JSON parsing test suite.

Each runs with `orjson` and without it, since a verifier may be built without.
"""

import json

import pytest

from evidence_chain import canonical
from evidence_chain.errors import FormatError


@pytest.fixture(params=["orjson", "json"], autouse=True)
def parser(request, monkeypatch):
    if request.param == "json":
        monkeypatch.setattr(canonical, "orjson", None)
    else:
        assert canonical.orjson is not None


def has_float(value):
    if isinstance(value, dict):
        return any(map(has_float, value.values()))
    if isinstance(value, list):
        return any(map(has_float, value))
    return isinstance(value, float)


def outcome(function, argument):
    """What `function` returns, or FormatError; any other exception passes through."""
    try:
        return function(argument)
    except FormatError:
        return FormatError


def test_rfc_8785_data(shared):
    data = shared("vectors/cyberphone-jcs/testdata")
    equal, refused = set(), set()
    for path in sorted((data / "input").iterdir()):
        value = json.loads(path.read_bytes())
        expected = bytes.fromhex((data / "outhex" / f"{path.stem}.txt").read_text())
        assert (data / "output" / path.name).read_bytes() == expected
        if has_float(value):
            with pytest.raises(FormatError, match="float"):
                canonical.encode(value)
            refused.add(path.stem)
        else:
            assert canonical.encode(value) == expected
            assert canonical.decode(expected) == value
            equal.add(path.stem)
    assert equal == {"arrays", "french", "unicode", "weird"}
    assert refused == {"structures", "values"}


def parsing_suite(shared, prefix):
    texts = {
        path.name: path.read_bytes()
        for path in shared("vectors/nst-JSONTestSuite/test_parsing").glob(f"{prefix}_*.json")
    }
    assert texts
    return texts


def test_what_is_not_json_is_refused(shared):
    texts = parsing_suite(shared, "n")
    assert [
        name for name, text in texts.items() if outcome(canonical.decode, text) is not FormatError
    ] == []
    assert len(texts) > 180


def test_json_is_accepted_where_it_is_canonical_and_refused_elsewhere(shared):
    texts = parsing_suite(shared, "y")
    accepted = 0
    for name, text in texts.items():
        value = json.loads(text)
        encoded = outcome(canonical.encode, value)
        decoded = outcome(canonical.decode, text)
        if encoded == text:
            assert decoded == value, name
            accepted += 1
        else:
            assert decoded is FormatError, name
        if encoded is not FormatError:
            assert canonical.decode(encoded) == value, name
    assert 30 < accepted < len(texts)


def test_json_outside_the_profile_has_no_encoding(shared):
    for name, text in parsing_suite(shared, "y").items():
        if has_float(json.loads(text)):
            assert outcome(canonical.encode, json.loads(text)) is FormatError, name


def test_doubtful_json_is_refused_or_read_to_the_byte(shared):
    for name, text in parsing_suite(shared, "i").items():
        value = outcome(canonical.decode, text)
        assert value is FormatError or canonical.encode(value) == text, name
