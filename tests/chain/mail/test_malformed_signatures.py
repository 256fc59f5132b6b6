"""THREATS 42: signatures and messages that are malformed, in any way, are never valid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain import canonical
from evidence_chain.mail import Key, describe
from evidence_chain.mail.dkim import check_signatures
from signing import DOMAIN, NOW, SELECTOR, check_one, message, outcome


@pytest.mark.parametrize(
    "damage",
    [
        b"X-Note: a\rFrom: Minister <minister@quillmar.example>\r\n",
        b"From Minister <minister@quillmar.example>\r\n",
        b"Subject : spaced\r\n",
        b"no field\r\n",
        b"\xe9t\xe9: x\r\n",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_headers_that_programs_read_in_two_ways(signer, damage, before):
    signed = signer.sign(message())
    if before:
        signed = b"Received: x\r\n" + damage + signed
    else:
        signed = signed.replace(b"\r\n\r\n", b"\r\n" + damage + b"\r\n")
    verdict = check_one(signed, signer.key())
    assert outcome(verdict) == ("refused", "message-malformed")
    assert (verdict["domain"], verdict["selector"]) == (DOMAIN, SELECTOR)


def test_an_algorithm_in_capitals_is_the_same(signer):
    signed = signer.sign(message(), a="rsa-sha1").replace(b"a=rsa-sha1", b"a=RSA-SHA1")
    assert outcome(check_one(signed, signer.key())) == ("refused", "algorithm")


MALFORMED = [
    {"d": None},
    {"d": "quillmar"},
    {"d": "quillmar..example"},
    {"d": "qu illmar.example"},
    {"d": "a." * 127 + "example"},
    {"s": None},
    {"s": "ju/ne"},
    {"v": "2"},
    {"v": None},
    {"bh": "AAAA"},
    {"q": "dns/txt:"},
    {"t": "yesterday"},
    {"t": "-1"},
    {"x": "9999999999999"},
    {"t": "1939543965", "x": "1939543965"},
    {"l": "-1"},
    {"l": "one"},
    {"i": "nobody"},
    {"h": "from:"},
    {"h": "from:" + ":".join(["x"] * 200)},
]


@pytest.mark.parametrize("tags", MALFORMED, ids=str)
def test_malformed_tags(signer, tags):
    verdict = check_one(signer.sign(message(), **tags), signer.key())
    assert outcome(verdict) == ("refused", "malformed")
    assert verdict["detail"]
    assert set(verdict["warnings"]) <= {"unsigned-headers"}


@pytest.mark.parametrize("extra", [b"d=other.example; ", b"d; ", b"; ", b"1=2; ", b"\xff=2; "])
def test_malformed_tag_lists(signer, extra):
    signed = signer.sign(message()).replace(b"v=1; ", b"v=1; " + extra)
    assert outcome(check_one(signed, signer.key())) == ("refused", "malformed")


def test_an_unknown_canonical_form(signer):
    signed = signer.sign(message()).replace(b"relaxed/relaxed", b"relaxed/loose")
    assert outcome(check_one(signed, signer.key())) == ("refused", "malformed")


@pytest.mark.parametrize("kind", ["signer", "ed25519"])
def test_a_signature_cut_short(kind, request):
    signer = request.getfixturevalue(kind)
    signed = signer.sign(message())
    start = signed.index(b" b=") + 3
    cut = signed[:start] + b"AAAA" + signed[signed.index(b"\r\nFrom:") :]
    assert outcome(check_one(cut, signer.key())) == ("invalid", "signature-differs")


GARBAGE = st.one_of(
    st.text(max_size=30).map(str.encode),
    st.binary(max_size=30),
    st.sampled_from([b"", b"0", b"9" * 30, b"A" * 43 + b"=", b"@", b":", b"from", b"\r\n \r\n "]),
)


TAGS = ["v", "a", "c", "d", "s", "h", "bh", "b", "i", "l", "q", "t", "x", "z"]


@given(
    tags=st.lists(st.tuples(st.sampled_from(TAGS), GARBAGE), max_size=16),
    record=st.one_of(st.text(max_size=60), GARBAGE.map(lambda raw: raw.decode("latin-1"))),
)
def test_garbage_is_never_valid_and_breaks_nothing(signer, tags, record):
    header = b"; ".join(name.encode() + b"=" + value for name, value in tags)
    signed = b"DKIM-Signature: " + header + b"\r\n" + message()
    for verdict in check_signatures(signed, [Key("file x", record)], NOW):
        assert verdict["verdict"] != "valid"
        assert canonical.encode(verdict)
        assert describe(verdict)


@given(tag=st.sampled_from(TAGS), garbage=GARBAGE)
def test_garbage_in_one_tag_of_a_good_signature(signer, tag, garbage):
    signed = signer.sign(message(), i="@quillmar.example", q="dns/txt", t=1939543965)
    head, name, rest = signed.partition(f"{tag}=".encode())
    old, mark, rest = rest.partition(b";")
    changed = head + name + garbage + mark + rest
    for verdict in check_signatures(changed, [signer.key()], NOW):
        same = not name or b"".join(garbage.split()) == b"".join(old.split())
        assert same or verdict["verdict"] != "valid"
        assert canonical.encode(verdict)


@given(at=st.integers(0, 900), byte=st.integers(0, 255))
def test_one_changed_byte(signer, at, byte):
    """Whatever byte changes: valid only if no header, no word and no tag did."""
    signed = signer.sign(message(), c="simple/simple")
    at %= len(signed)
    changed = signed[:at] + bytes([byte]) + signed[at + 1 :]
    start, end = signed.index(b" b=") + 3, signed.index(b"\r\nFrom:")
    for verdict in check_signatures(changed, [signer.key()], NOW):
        if verdict["verdict"] == "valid":
            assert changed == signed or start <= at < end
