"""Attacks are mounted on a copy of one case each."""

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
