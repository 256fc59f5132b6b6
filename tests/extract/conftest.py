"""What the tests of extractors share."""

import pytest

from evidence_chain.extract import _ocr


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    """A machine on which no program is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not _ocr.available()


@pytest.fixture
def in_english(monkeypatch):
    """OCR takes half the time with one language."""
    monkeypatch.setattr(_ocr, "_languages", lambda program: ("eng",))
