"""A pattern that is compiled when it is first used."""

import copy
import re

import pytest

from evidence_chain.pattern import pattern


def test_it_does_what_a_compiled_one_does():
    lazy, eager = pattern("(?P<word>a+)b", re.IGNORECASE), re.compile("(?P<word>a+)b", re.I)
    for method in ("match", "fullmatch", "search"):
        for text in ("AAB", "xab", "b"):
            one, other = getattr(lazy, method)(text), getattr(eager, method)(text)
            assert (one and one.groupdict()) == (other and other.groupdict())
    assert lazy.sub("-", "xaabx") == eager.sub("-", "xaabx") == "x-x"
    assert pattern(b"\xff").search(b"a\xff").start() == 1


def test_it_is_compiled_at_the_first_call():
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_it_has_what_a_pattern_has_and_no_more():
    assert pattern("a").pattern == "a"
    assert copy.copy(pattern("a")).match("a")
    with pytest.raises(AttributeError):
        pattern("a").nothing  # noqa: B018
