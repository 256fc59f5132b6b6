"""Allowed signers, line by line, each asked of ssh-keygen as well."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ssh_signing import NAMESPACE, ed25519_key, rsa_key, security_key

from evidence_chain.errors import FormatError
from evidence_chain.reviews import patterns
from evidence_chain.reviews.allowed_signers import AllowedSigners

WHO = "tamsin@desk.example"
NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
MESSAGE = b"approved"
KEY = ed25519_key()
L, OTHER = KEY.line, ed25519_key(2).line
SPACES = f'namespaces="{NAMESPACE}"'

GRANTING = [
    f"{WHO} {L}",
    f"{WHO} {L} with a comment # and more",
    f"  \t{WHO}\t {L}\r",
    f"# a comment\n\n{WHO} {OTHER}\n{WHO} {L}",
    f"other@desk.example,{WHO} {L}",
    f"*@desk.example {L}",
    f"*@desk.example,!other@desk.example {L}",
    f"t?msin@desk.* {L}",
    f"t*m*@*desk*e {L}",
    f"*****{WHO}***** {L}",
    f'"{WHO}" {L}',
    f'"a b,{WHO}"{L}',
    f'tamsin@"desk.example" {L}',
    f"{WHO} {SPACES} {L}",
    f'{WHO} namespaces="file,evidence-*" {L}',
    f'{WHO} namespaces="*,!file" {L}',
    f'{WHO} NAMESPACES="{NAMESPACE}",Valid-After="20310101Z" {L}',
    f'{WHO} valid-after="20310601120000Z" {L}',
    f'{WHO} valid-before="20310601120000Z" {L}',
    f'{WHO} valid-before="203106011200utc",valid-after="20300101z" {L}',
    f'{WHO} valid-before="20310631Z" {L}',
    f"{WHO}  {SPACES}  \t {L}",
    f"{WHO} nonsense\n{WHO} {L}",
    f'{WHO} namespaces="file" {L}\n{WHO} {L}',
]
REFUSING = [
    "",
    f"other@desk.example {L}",
    f"{WHO} {OTHER}",
    f"{WHO},!{WHO} {L}",
    f"!{WHO},* {L}",
    f"!other@desk.example {L}",
    f"?@desk.example {L}",
    f"{WHO}? {L}",
    f"{WHO.upper()} {L}",
    f"{WHO}",
    f'"{WHO} {L}',
    f"{WHO} {L.replace('AAAAC3', 'AAAAC4')}",
    f"{WHO} {L.replace('ssh-ed25519', 'ssh-rsa')}",
    f"{WHO} {L[:-1]}",
    f'{WHO} namespaces="file" {L}',
    f'{WHO} namespaces="*,!{NAMESPACE}" {L}',
    f'{WHO} namespaces="" {L}',
    f"{WHO} namespaces={NAMESPACE} {L}",
    f'{WHO} {SPACES},namespaces="file" {L}',
    f"{WHO} {SPACES}, {L}",
    f"{WHO} {SPACES};{SPACES} {L}",
    f"{WHO} {SPACES}{SPACES} {L}",
    f'{WHO} namespaces="{NAMESPACE} {L}',
    f'{WHO} unknown="yes" {L}',
    f'{WHO} namespaces="a\\"{NAMESPACE}" {L}',
    f'{WHO} valid-after="20310601120001Z" {L}',
    f'{WHO} valid-before="20310601115959Z" {L}',
    f'{WHO} valid-before="20310601Z" {L}',
    f'{WHO} valid-after="20310101Z",valid-before="20300101Z" {L}',
    f'{WHO} valid-after="20310101Z",valid-before="20310101Z" {L}',
    f'{WHO} valid-after="2031-01-01" {L}',
    f'{WHO} valid-after="20311301Z" {L}',
    f'{WHO} valid-after="20310132Z" {L}',
    f'{WHO} valid-after="2031010124Z" {L}',
    f'{WHO} valid-after="19700101Z" {L}',
    f'{WHO} valid-after="" {L}',
    f'{WHO} valid-after="00000101Z" {L}',
    f"{WHO} cert-authority {L}",
    f"{WHO} cert-authority,{SPACES} {L}",
    f"{WHO} {SPACES},cert-authority {L}",
    f"{'a' * 1023},{WHO} {L}",
]


def ask(text, key=KEY, who=WHO, namespace=NAMESPACE, at=NOW):
    return AllowedSigners.parse(text).allows(who, key.blob, namespace, at)


@pytest.mark.parametrize("text", GRANTING)
def test_granted_as_ssh_keygen_grants(text, ssh_keygen):
    assert ask(text)
    signature = KEY.sign(MESSAGE)
    assert ssh_keygen.verify(signature, MESSAGE, NAMESPACE, text, WHO, NOW)


@pytest.mark.parametrize("text", REFUSING)
def test_refused_as_ssh_keygen_refuses(text, ssh_keygen):
    assert not ask(text)
    signature = KEY.sign(MESSAGE)
    assert not ssh_keygen.verify(signature, MESSAGE, NAMESPACE, text, WHO, NOW)


@pytest.mark.parametrize("key", [rsa_key(), security_key(), security_key("ecdsa")])
def test_other_keys_in_the_file(key, ssh_keygen):
    text = f"{WHO} {L}\n{WHO} {key.line}\n"
    assert ask(text, key)
    assert ssh_keygen.verify(key.sign(MESSAGE), MESSAGE, NAMESPACE, text, WHO, NOW)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Berlin"])
@pytest.mark.parametrize("hours", range(-9, 3))
def test_a_time_without_a_zone_is_the_machine_s(zone, hours, monkeypatch, ssh_keygen):
    at = NOW + timedelta(hours=hours)
    text = f'{WHO} valid-after="203106011200",valid-before="20320101" {L}'
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert ask(text, at=at) == ssh_keygen.verify(
            KEY.sign(MESSAGE), MESSAGE, NAMESPACE, text, WHO, at
        )
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_principal_outside_ascii_is_matched_by_bytes(ssh_keygen):
    for text in (f"rené@desk.example {L}", f"ren??@desk.example {L}", f"ren?@desk.example {L}"):
        said = ssh_keygen.verify(
            KEY.sign(MESSAGE), MESSAGE, NAMESPACE, text, "rené@desk.example", NOW
        )
        assert ask(text, who="rené@desk.example") == said == ("n?@" not in text)


def test_whose_key_it_is_else():
    signers = AllowedSigners.parse(
        f"a@desk.example {L}\nb@desk.example,c {L}\nd@desk.example {OTHER}\n!e {L}\n"
        f'f cert-authority {L}\ng namespaces="file" {L}\nh valid-before="20300101Z" {L}\n'
    )
    assert signers.principals_of(KEY.blob, NAMESPACE, NOW) == ["a@desk.example", "b@desk.example,c"]
    assert signers.principals_of(ed25519_key(3).blob, NAMESPACE, NOW) == []
    assert signers.principals_of(KEY.blob, "file", NOW)[-1] == "g"


def test_lines_that_are_passed_over_are_named():
    signers = AllowedSigners.parse(f"# {WHO}\n{WHO}\n{WHO} {L}\n{WHO} ssh-dss AAAA\n{WHO}\0 {L}\n")
    assert [number for number, _ in signers.unread] == [2, 4, 5]
    assert [line.number for line in signers.lines] == [3]


def test_a_file_that_is_too_large():
    with pytest.raises(FormatError, match="may have"):
        AllowedSigners.parse("#" * (4 * 1024 * 1024 + 1))


def test_a_file_that_is_not_utf_8_is_read_all_the_same():
    text = f"{WHO} {L} Ren\xe9".encode("latin-1").decode(errors="surrogateescape")
    assert ask(text)


@given(st.text("ab*", max_size=9), st.text("ab?*", max_size=9))
def test_a_pattern_matches_as_its_regular_expression_does(text, pattern):
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    expected = re.fullmatch(expression, text) is not None
    assert patterns.matches(text.encode(), pattern.encode()) == expected


@given(st.text())
def test_any_text_is_a_file(text):
    AllowedSigners.parse(text.encode(errors="surrogatepass").decode(errors="surrogateescape"))


def test_a_pattern_of_many_stars_ends():
    assert not patterns.matches(b"a" * 500 + b"b", b"*a" * 500 + b"*c")
