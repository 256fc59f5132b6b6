"""Canonical JSON: one value, one spelling, with `orjson` and without it."""

import json
from collections import OrderedDict, UserDict
from enum import IntEnum, StrEnum

import pytest

from evidence_chain import canonical
from evidence_chain.canonical import INTEGER_BOUND, MAX_DEPTH, decode, encode
from evidence_chain.errors import FormatError


class Colour(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


def without_orjson(function, argument):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "orjson", None)
        return function(argument)


def nested(levels, innermost):
    """`innermost` in `levels` lists and objects in turn."""
    for level in range(levels):
        innermost = {"in": innermost} if level % 2 else [innermost]
    return innermost


def test_orders_that_differ():
    """UTF-8 sorts U+FB33 before U+1F600, UTF-16 after it; a naive sort by bytes is wrong."""
    text = '{"€":0,"😀":1,"\ufb33":2}'.encode()
    assert encode({"\ufb33": 2, "😀": 1, "€": 0}) == text
    assert decode(text) == {"€": 0, "😀": 1, "\ufb33": 2}
    with pytest.raises(FormatError, match="not canonical"):
        decode('{"€":0,"\ufb33":2,"😀":1}'.encode())


def test_strings_are_never_normalised():
    assert encode("e\u0301") != encode("\u00e9")
    assert encode("\u212b\ufb01") == '"\u212b\ufb01"'.encode()


@pytest.mark.parametrize("integer", [INTEGER_BOUND - 1, -INTEGER_BOUND + 1, 0, -1])
def test_integers_within_the_bound(integer):
    assert encode(integer) == b"%d" % integer
    assert decode(b"%d" % integer) == integer


@pytest.mark.parametrize("integer", [2**53, -(2**53), 2**53 + 1, 2**63, 2**64, 2**2000])
def test_integers_beyond_the_bound(integer):
    with pytest.raises(FormatError, match="2\\*\\*53 - 1 is the largest"):
        encode([integer])


@pytest.mark.parametrize("integer", [2**53, -(2**53), 2**63, 2**64, 2**2000])
@pytest.mark.parametrize("parse", [decode, lambda data: without_orjson(decode, data)])
def test_integers_beyond_the_bound_are_not_read(integer, parse):
    with pytest.raises(FormatError):
        parse(b"[%d]" % integer)


@pytest.mark.parametrize(
    "value",
    [
        *(0.0, 1.0, -0.0, float("nan"), float("inf"), 1e400, 0.1),
        *(b"bytes", bytearray(), (1,), {1}, object(), range(1), 1j),
        *(Colour.RED, Number.ONE, OrderedDict(), UserDict()),
    ],
)
def test_types_that_have_no_place(value):
    with pytest.raises(FormatError, match=f"type {type(value).__name__} has no place"):
        encode({"a": [value]})


@pytest.mark.parametrize("key", [1, None, True, b"a", Colour.RED, ("a",)])
def test_keys_that_are_no_strings(key):
    with pytest.raises(FormatError, match="is not a string"):
        encode([{key: 1}])


@pytest.mark.parametrize("value", ["\ud800", "a\udfff", "\udc00\ud800"])
@pytest.mark.parametrize("make", [lambda v: v, lambda v: {v: 1}, lambda v: [{"a": v}]])
def test_lone_surrogates(value, make):
    with pytest.raises(FormatError, match="no canonical JSON"):
        encode(make(value))


@pytest.mark.parametrize("innermost", [None, True, 1, "text"])
@pytest.mark.parametrize("run", [lambda f, v: f(v), without_orjson])
def test_depth(innermost, run):
    deepest = nested(MAX_DEPTH, innermost)
    assert run(decode, run(encode, deepest)) == deepest
    with pytest.raises(FormatError, match="nested more deeply than may be"):
        run(encode, nested(MAX_DEPTH + 1, innermost))
    with pytest.raises(FormatError):
        run(decode, json.dumps(nested(MAX_DEPTH + 1, innermost), separators=(",", ":")).encode())


@pytest.mark.parametrize("empty", [[], {}])
def test_an_empty_list_or_object_is_a_level(empty):
    encode(nested(MAX_DEPTH - 1, empty))
    with pytest.raises(FormatError, match="nested more deeply than may be"):
        encode(nested(MAX_DEPTH, empty))


def test_a_value_that_holds_itself():
    value = []
    value.append(value)
    with pytest.raises(FormatError, match="nested more deeply than may be"):
        encode(value)


@pytest.mark.parametrize("run", [lambda f, v: f(v), without_orjson])
def test_refusals_say_what_is_wrong(run):
    with pytest.raises(FormatError, match="This is not JSON"):
        run(decode, b"{")
    with pytest.raises(FormatError, match="so its digest proves nothing"):
        run(decode, b"[ ]")
