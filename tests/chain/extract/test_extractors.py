"""Which extractor reads a file, and what is said when none can."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Drawn, extract, extractor_for, extractors


@pytest.fixture(autouse=True)
def forget():
    extractors.others_extractors.cache_clear()
    yield
    extractors.others_extractors.cache_clear()


def entry_points(monkeypatch, *loaders):
    points = [SimpleNamespace(load=loader) for loader in loaders]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)


def test_a_type_that_nothing_reads(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x00")
    with pytest.raises(ExtractionError, match=r"application/x-unknown.*text/html, text/markdown"):
        extract(path, "application/x-unknown")


def test_each_type_is_read_by_one_of_ours():
    folders = [sys.modules[f"evidence_chain.extract.{name}"] for name in extractors.folders_here()]
    types = [kind for folder in folders for kind in getattr(folder, "MEDIA_TYPES", ())]
    assert len(types) == len(set(types)) > len(folders)
    for kind, extractor in extractors.own_extractors().items():
        assert extractor_for(kind) is extractor


def test_another_package_brings_an_extractor(tmp_path, monkeypatch):
    class Shouting:
        NAME, VERSION, MEDIA_TYPES, GUARDED = "shouting", "2", ("text/x-shout",), False

        @staticmethod
        def extract(file):
            return Drawn(file.read().decode().upper(), {"loud": True})

    entry_points(monkeypatch, lambda: Shouting)
    path = tmp_path / "a"
    path.write_text("quiet words")
    stream = extract(path, "text/x-shout")
    assert stream.text == "QUIET WORDS"
    assert stream.extractor == {"name": "shouting", "version": "2", "options": {"loud": True}}


def test_ours_come_first(monkeypatch):
    other = SimpleNamespace(NAME="other", MEDIA_TYPES=("text/html", "text/x-other"))
    entry_points(monkeypatch, lambda: other)
    assert extractor_for("text/x-other") is other
    assert extractor_for("text/html").NAME == "evidence-chain/html"


def test_a_broken_package_is_named(monkeypatch):
    def load():
        raise ImportError("no module named missing_library")

    entry_points(monkeypatch, load)
    with pytest.raises(ExtractionError, match="missing_library"):
        extractor_for("text/x-other")


def test_what_is_no_regular_file_is_refused(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, what in ((pipe, "no regular"), (tmp_path, "a folder"), ("/dev/zero", "no regular")):
        with pytest.raises(ExtractionError, match=what):
            extract(path, "text/plain")


def test_what_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(ExtractionError, match="No such file"):
        extract(tmp_path / "nothing", "text/plain")


def test_importing_costs_little():
    heavy = {"difflib", "email", "html.parser", "importlib.metadata", "subprocess"}
    code = (
        "import sys; import evidence_chain.text, evidence_chain.extract; "
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    command = [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
