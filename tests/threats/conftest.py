"""Attacks are mounted on a copy of one case each."""

import pytest

from evidence_chain.extract import guard


@pytest.fixture(scope="session")
def drawn():
    """The text of each file that was parsed before, by the bytes of the file."""
    return {}


@pytest.fixture(autouse=True)
def _each_file_is_parsed_once(monkeypatch, drawn):
    """A parser's subprocess takes longer than all else in a test, and says the same each time."""
    parse = guard.run

    def run(extractor, file, *limits):
        content = file.read()
        file.seek(0)
        if content not in drawn:
            drawn[content] = parse(extractor, file, *limits)
        return drawn[content]

    monkeypatch.setattr(guard, "run", run)


@pytest.fixture
def case(invented):
    """A case that holds, until the test has had it."""
    return invented
