"""Attacks are mounted on a copy of one case each."""

import pytest


@pytest.fixture
def case(invented, parsed_once):
    """A case that holds, until the test has had it."""
    return invented
