"""Attacks are mounted on a copy of one case each."""

import os

import pytest

from adversary import Insider


@pytest.fixture
def case(invented, parsed_once):
    """A case that holds, until the test has had it."""
    return invented


@pytest.fixture
def insider(case):
    """Somebody who has the key of the case, and keeps none of the rules."""
    return Insider(case)


@pytest.fixture
def _no_umask():
    """Files are made as open as the program itself lets them be."""
    before = os.umask(0)
    yield
    os.umask(before)
