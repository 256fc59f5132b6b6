"""Policies of witnesses (C2SP tlog-policy): who counts, how many are needed, what is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import FormatError
from evidence_chain.log import b64
from evidence_chain.log.cosignature import MlDsaWitnessKey, WitnessKey
from evidence_chain.log.key import SigningKey
from evidence_chain.log.witness.policy import LARGEST, TrustPolicy

ORIGIN = "newsroom.example/cameras"
LOG = SigningKey(ORIGIN, bytes(32)).verifier


def vkey(number, name="witness.example/w"):
    public = SigningKey(name, bytes([number] * 32)).verifier.public_key
    return str(WitnessKey.of(f"{name}{number}", public))


W1, W2, W3 = (f"witness W{n} {vkey(n)}" for n in (1, 2, 3))
NESTED = "\n".join(
    [
        f"log {LOG}",
        *(f"witness X{n} {vkey(n)}" for n in (1, 2, 3)),
        "group X 2 X1 X2 X3",
        *(f"  witness\tY{n} {vkey(n + 3)}  https://y.example/ " for n in (1, 2)),
        "  # a comment",
        "group Y any Y1 Y2",
        "group both all X Y",
        "quorum both",
        "",
    ]
)


def parse(*lines):
    return TrustPolicy.parse("".join(f"{line}\n" for line in lines).encode())


@pytest.mark.parametrize(
    ("cosigned", "met"),
    [
        ({"X1", "X2", "Y1"}, True),
        ({"X1", "X2", "X3", "Y1", "Y2"}, True),
        ({"X1", "Y1", "Y2"}, False),
        ({"X1", "X2", "X3"}, False),
        (set(), False),
        ({"both", "X", "Y"}, False),
    ],
)
def test_a_quorum_of_groups(cosigned, met):
    policy = TrustPolicy.parse(NESTED.encode())
    assert policy.is_met(cosigned) is met
    assert policy.witnesses["Y1"].url == "https://y.example/"
    assert policy.key_of(ORIGIN) == LOG


def test_the_simplest_policies():
    assert parse("quorum none").is_met(())
    assert not parse(W1, "quorum W1").is_met(())
    assert parse(W1, "quorum W1").is_met({"W1"})


def test_logs_that_are_listed_are_the_only_ones():
    assert parse("quorum none").refusal(ORIGIN) is None
    listed = parse(f"log {LOG}", "quorum none")
    assert listed.refusal(ORIGIN) is None
    assert "none called other.example" in listed.refusal("other.example")


def test_witnesses_of_unknown_types_are_listed_and_never_count():
    key = b64.encode(bytes([9]) + bytes(32))
    policy = parse(f"witness W9 witness.example/w9+01234567+{key}", "quorum none")
    assert policy.witnesses["W9"].key is None


def test_a_log_with_a_key_of_another_type_is_one_that_is_listed():
    other = str(MlDsaWitnessKey.of(ORIGIN, bytes(1312)))
    policy = parse(f"log {other}", "quorum none")
    assert policy.has_logs
    assert policy.refusal(ORIGIN)


REFUSED = {
    "no quorum": [W1],
    "two quorums": [W1, "quorum W1", "quorum none"],
    "a quorum that is defined later": ["quorum W1", W1],
    "a quorum of nobody": ["quorum W9"],
    "none as a member": [W1, "group g 1 W1 none", "quorum g"],
    "none defined": [f"witness none {vkey(1)}", "quorum none"],
    "a name taken": [W1, f"witness W1 {vkey(2)}", "quorum W1"],
    "a group of its own name": [W1, "group W1 any W1", "quorum W1"],
    "a key twice": [W1, f"witness W2 {vkey(1)}", "quorum W1"],
    "a key twice under two names": [
        W1,
        f"witness W2 {WitnessKey.of('other.example', WitnessKey.parse(vkey(1)).public_key)}",
        "quorum W1",
    ],
    "the log's key as a witness's": [f"log {LOG}", f"witness W {LOG}", "quorum none"],
    "a member twice": [W1, "group g 1 W1 W1", "quorum g"],
    "a member of two groups": [W1, W2, "group g any W1", "group h any W1 W2", "quorum g"],
    "no members": [W1, "group g any", "quorum none"],
    "none needed": [W1, "group g 0 W1", "quorum g"],
    "more needed than there are": [W1, "group g 2 W1", "quorum g"],
    "a number with a zero before": [W1, W2, "group g 01 W1 W2", "quorum g"],
    "another word": [W1, "witnesses W1", "quorum W1"],
    "a witness without a key": ["witness W1", "quorum none"],
    "too many words": [f"{W1} https://a.example more", "quorum W1"],
    "a damaged key": [W1[:-3], "quorum W1"],
    "CR LF": [f"{W1}\r", "quorum W1\r"],
    "a form feed": ["\f", "quorum none"],
}


@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_what_is_no_policy(lines):
    with pytest.raises(FormatError):
        parse(*lines)


def test_a_policy_that_was_cut_short():
    """`quorum X-and-Y` would be another policy as `quorum X`."""
    with pytest.raises(FormatError, match="newline"):
        TrustPolicy.parse(b"quorum none")
    with pytest.raises(FormatError, match="256 KiB"):
        TrustPolicy.parse(b"#" * LARGEST + b"\n")


def test_names_are_octets():
    data = f"witness K\xff {vkey(1)}\nquorum K\xff\n".encode("latin-1")
    policy = TrustPolicy.parse(data)
    assert policy.is_met(set(policy.witnesses))
    with pytest.raises(FormatError):
        TrustPolicy.parse(data.replace(b"quorum K\xff", b"quorum K\xfe"))


@given(st.binary(max_size=200))
def test_anything_is_a_policy_or_refused(data):
    with suppress(FormatError):
        TrustPolicy.parse(data)
