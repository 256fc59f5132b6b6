"""What all tests share."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared():
    """A function that finds conformance data kept beside the project, or skips the test.

    The data belongs to others and is no part of the project. Continuous integration has it,
    so there a missing file is a failure.
    """

    def find(name):
        path = SHARED / name
        if not path.exists():
            reason = f"The conformance data {name} is not beside the project."
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find
