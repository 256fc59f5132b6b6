"""One value has one spelling, and whatever is spelt otherwise is refused."""

import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_chain import canonical
from evidence_chain.canonical import INTEGER_BOUND, decode, encode, encode_checked
from evidence_chain.errors import FormatError
from evidence_chain.export.jsonld import named_information
from evidence_chain.log import b64

characters = st.characters(codec="utf-8") | st.sampled_from(
    "\ud7ff\ue000\uffff\U00010000\U0010ffff"
)
text = st.text(characters)
integers = st.integers(-INTEGER_BOUND + 1, INTEGER_BOUND - 1)
values = st.recursive(
    st.none() | st.booleans() | integers | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=10,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def without_orjson(function, argument):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "orjson", None)
        return function(argument)


def outcome(function, argument):
    """What `function` returns, or FormatError; any other exception passes through."""
    try:
        return function(argument)
    except FormatError:
        return FormatError


def in_order(value):
    """`value` with its keys in the order of RFC 8785, by UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: in_order(value[key]) for key in keys}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def reversed_(value):
    """`value` with the keys of every object the other way round."""
    if isinstance(value, dict):
        return {key: reversed_(value[key]) for key in reversed(value)}
    return [reversed_(item) for item in value] if isinstance(value, list) else value


@given(values)
@example({"\ue000": 1, "\U0001f600": 2, "a": 3})
@example({"\ufb33": 1, "\U0001f600": 2})
@example(['\x00\x08\t\n\x0b\x0c\r\x1f\x20\x7f\x80\u2028"\\/'])
def test_the_encoding_is_that_of_rfc_8785(value):
    expected = json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode()
    assert encode(value) == expected
    assert without_orjson(encode, value) == expected
    assert encode_checked(value) == expected


@given(values)
def test_what_was_encoded_decodes(value):
    encoded = encode(value)
    assert decode(encoded) == value
    assert without_orjson(decode, encoded) == value
    assert encode(decode(encoded)) == encoded


@given(values)
def test_the_order_in_which_keys_were_put_in_does_not_matter(value):
    assert encode(reversed_(value)) == encode(value)


@given(values, values)
def test_values_that_differ_are_spelt_differently(one, other):
    same = repr(in_order(one)) == repr(in_order(other))  # where True is not 1
    assert (encode(one) == encode(other)) == same


@given(values.map(encode), st.data())
def test_other_bytes_are_refused_or_say_something_else(encoded, data):
    at = data.draw(st.integers(0, len(encoded)))
    end = data.draw(st.integers(at, min(at + 2, len(encoded))))
    new = data.draw(st.sampled_from([b"", b" ", b"\n", b"0", b"1", b"\\", b",", b'"', b"\xff"]))
    changed = encoded[:at] + new + encoded[end:]
    decoded = outcome(decode, changed)
    assert decoded is FormatError or encode(decoded) == changed


@given(anything)
@example("\ud800")
@example({"\ud800": 1})
@example({"\udc00\ud800": [2**53]})
def test_both_paths_encode_and_refuse_alike(value):
    assert outcome(encode, value) == without_orjson(lambda v: outcome(encode, v), value)


@given(
    st.binary()
    | anything.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    | st.builds(
        lambda value, at, new: encode(value)[:at] + new + encode(value)[at + len(new) :],
        values,
        st.integers(0, 50),
        st.binary(max_size=2),
    )
)
def test_both_paths_decode_and_refuse_alike(data):
    decoded = outcome(decode, data)
    assert without_orjson(lambda d: outcome(decode, d), data) == decoded
    assert decoded is FormatError or encode(decoded) == data


@given(st.binary())
def test_base64_has_one_spelling(data):
    assert b64.decode(b64.encode(data)) == data


@given(st.binary(min_size=32, max_size=32))
def test_a_name_by_digest_can_be_read_back(digest):
    name = named_information(digest.hex())
    scheme, _, value = name.partition(";")
    assert scheme == "ni:///sha-256"
    assert "=" not in value
    assert base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)) == digest
