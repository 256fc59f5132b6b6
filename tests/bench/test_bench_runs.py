"""Every benchmark runs, at sizes that prove nothing about speed, and is written down."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.__main__ import main

PROJECT = Path(__file__).resolve().parents[2]
ROWS = {
    "a": ("the bare hash calls", "reading the rows", "verifying 20"),
    "b": ("b3sum -c", "sha256sum -c", "bagit-python"),
    "c": ("plain inserts of the same rows", "importing 20"),
    "d": ("3 links, as a process, among 200", "3 links, in-process, among 200"),
    "e": (
        *("evidence --version", "evidence --help", "evidence resolve"),
        *("evidence add quote", "evidence link", "evidence claim"),
    ),
    "f": ("prove one of 200 entries",),
    "g": ("read a PDF of", "quote its last page for the second time", "on all cores"),
    "h": ("match 500 quotes in", "rapidfuzz"),
    "i": ("claim page, 30 links, again, among 200", "plain row page", "50 readers at once"),
    "k": ("in Chromium", "the longest that the page was held"),
    "l": ("20 quotations against 20 documents",),
}
AIMS = {
    "a": ["≤ 3", "≤ 5", "≤ 1.1"],
    "b": ["≤ 1.05", "≤ 0.25", "≤ 0.35", "≤ 0.25", "≤ 0.65", "≤ 0.25"],
    "c": ["≤ 1.8", "≤ 1.1"],
    "d": ["≤ 1.1", "≤ 1.1", "≤ 1.7", "≤ 1.1"],
    "e": ["≤ 1.1", "≤ 1.15", "≤ 1.25"],
    "f": ["≤ 1", "≤ 1.1"],
}


ROOMS = os.pathsep.join(map(str, (PROJECT, PROJECT / "tests")))
STARTED = ("-m", "bench")
FORKED = (Path(__file__).with_name("forked_bench.py"),)


def bench(directory, *options, path=os.environ["PATH"], program=STARTED):
    temporary = directory / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, *program, "--output", directory / "RESULTS.md", *options],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(temporary), "PATH": path, "PYTHONPATH": ROOMS},
        capture_output=True,
        text=True,
    )
    assert not list(temporary.iterdir())
    return done


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    directory = tmp_path_factory.mktemp("bench")
    sizes = ("--records", "200", "--links", "3", "--files", "0.0001", "--rounds", "1")
    done = bench(directory, *sizes, program=FORKED)
    assert done.returncode == 0, done.stderr
    return (directory / "RESULTS.md").read_text()


@pytest.fixture(scope="module")
def sections(results):
    """The rows of each section's table, by the section's letter."""
    found = {}
    for part in results.split("\n## ")[1:-1]:
        rows = [cells(line) for line in part.splitlines() if line.startswith("|")]
        found[part[1]] = rows[2:]
    return found


@pytest.mark.parametrize("letter", ROWS)
def test_every_benchmark_has_its_rows(sections, letter):
    text = "\n".join(" ".join(row) for row in sections[letter])
    assert [what for what in ROWS[letter] if what not in text] == []


@pytest.mark.parametrize("letter", AIMS)
def test_every_aim_is_compared_with_a_ratio(sections, letter):
    aimed = [row for row in sections[letter] if row[5] != "–"]
    assert [row[5] for row in aimed] == AIMS[letter]
    for row in aimed:
        ratio = re.match(r"\d+\.\d\d", row[4])
        missing = row[3] == "missing"
        assert missing or row[6] in ("yes", "no")
        assert missing or (float(ratio[0]) <= float(row[5][1:]) + 0.005) or row[6] == "no"


@pytest.mark.parametrize("letter", ROWS)
def test_every_row_has_its_peak_memory(sections, letter):
    assert all(re.fullmatch(r"[\d,]+ MB", row[7]) for row in sections[letter])


def test_a_missed_aim_says_by_how_much_and_why(results, sections):
    missed = [row for rows in sections.values() for row in rows if row[6] == "no"]
    lines = [line for line in results.split("\n## ")[-1].splitlines() if line.startswith("- ")]
    assert len(lines) == len(missed)
    for row, line in zip(missed, lines, strict=True):
        assert row[0] in line
        assert re.search(r"was the aim, \d+% over\. \w.*\.$", line)


def test_results_say_where_and_how_large(results):
    assert "- Size: 200 records" in results
    assert "smaller than what the aims are meant for" in results
    assert re.search(r"- Machine: .*cores", results)
    assert re.search(r"- Other work meanwhile: (\d+% of the time of all cores|unknown)", results)


def test_peers_that_are_missing_are_named(tmp_path):
    sizes = ("--records", "200", "--links", "3", "--files", "0.0001", "--rounds", "1")
    done = bench(tmp_path, *sizes, "--only", "b", path=str(tmp_path))
    assert done.returncode == 0, done.stderr
    results = (tmp_path / "RESULTS.md").read_text()
    assert "b3sum (missing), sha256sum (missing)" in results
    rows = [cells(line) for line in results.splitlines() if "sum -c |" in line]
    assert len(rows) == 6
    assert {(row[3], row[4], row[6]) for row in rows} == {("missing", "–", "–")}


@pytest.fixture
def refused(monkeypatch, capsys):
    """What is said of options that are refused, in this process."""

    def say(*options):
        monkeypatch.setattr(sys, "argv", ["bench", *options])
        with pytest.raises(SystemExit, match="2"):
            main()
        return capsys.readouterr().err

    return say


def test_too_few_records_are_refused(refused):
    assert "take a case of 7,000 records or more" in refused("--records", "100")


def test_an_unknown_benchmark_is_refused(refused):
    assert "there is no benchmark 'z'" in refused("--only", "a,z")
