"""What all tests share."""

import os
from pathlib import Path

import pytest

from cases import make_case

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


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """The case of `cases.make_case`, made once; not to be changed."""
    return make_case(tmp_path_factory.mktemp("template"))


@pytest.fixture
def invented(template, tmp_path):
    """A copy of that case, for one test to do with as it likes."""
    return template.copy_to(tmp_path / "invented")
