"""What the tests of extractors share."""

import pytest

from evidence_chain.extract.pages import ocr


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    """A machine on which no program is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not ocr.available()


@pytest.fixture
def in_english(monkeypatch):
    """OCR takes half the time with one language."""
    monkeypatch.setattr(ocr, "_languages", lambda program: ("eng",))
