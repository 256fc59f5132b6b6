"""What a full run leaves behind, and what the next one tells of it; with made-up results."""

import json
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.measure import Run
from bench.results import Finding, Section
from bench.workbench import FULL_LINKS, FULL_RECORDS, FULL_ROUNDS, Workbench

from bench import __main__ as program
from bench import history

ABOUT = {"at": "2031-03-02T10:00:00Z", "commit": "c0ffeec0ffee", "machine": "a slow one"}


def section(other_work=0.0, **ratios):
    """A section whose findings have these ratios; `None` where the peer is missing."""
    findings = [
        Finding(what, Run(ratio or 5.0, 20), "writing", Run(1.0, 10) if ratio else None)
        for what, ratio in ratios.items()
    ]
    return Section("x", "Reading", "As one reads.", tuple(findings), other_work)


def workbench(**changes):
    full = {"records": FULL_RECORDS, "links": FULL_LINKS, "files": 1.0, "rounds": FULL_ROUNDS}
    return Workbench(Path(), **full | changes)


def told(before, after):
    """The lines of one run that tell what another had."""
    _, _, *lines = history.changes(history.past([before], workbench(), **ABOUT), [after])
    return lines


def test_what_is_kept_is_what_is_read(tmp_path):
    run = history.past([section(0.25, read=3.123456, wait=None)], workbench(), **ABOUT)
    path = history.keep(tmp_path / "history", run)
    assert path.name == "20310302T100000Z-c0ffeec0ffee.json"
    assert history.newest(path.parent, workbench()) == run
    assert run["sections"] == {"x": {"other_work": 0.25, "ratios": {"read against writing": 3.123}}}


def test_a_run_that_is_kept_is_not_written_over(tmp_path):
    run = history.past([section(read=3.0)], workbench(), **ABOUT)
    history.keep(tmp_path, run)
    with pytest.raises(FileExistsError):
        history.keep(tmp_path, run)


@pytest.mark.parametrize("other", [{"records": 2_000_000}, {"links": (3,)}, {"files": 2.0}])
def test_runs_of_other_sizes_are_not_compared(tmp_path, other):
    history.keep(tmp_path, history.past([section(read=3.0)], workbench(), **ABOUT))
    assert history.newest(tmp_path, workbench(**other)) is None


def test_the_newest_is_compared_with(tmp_path):
    for year in (2031, 2033, 2032):
        run = history.past([], workbench(), **ABOUT | {"at": f"{year}-01-01T00:00:00Z"})
        history.keep(tmp_path, run)
    assert history.newest(tmp_path, workbench())["at"].startswith("2033")


def test_a_ratio_that_changed_is_told():
    before = section(read=2.0, write=2.0, erase=2.0, wait=0.04)
    after = section(read=3.0, write=1.5, erase=2.1, wait=0.033)
    assert told(before, after) == [
        "- (x) read against writing: 2.00 → 3.00, +50%.",
        "- (x) write against writing: 2.00 → 1.50, -25%.",
    ]


def test_what_is_new_or_gone_is_told():
    assert told(section(read=2.0), section(write=2.0)) == [
        "- (x) write against writing: 2.00, new.",
        "- (x) read against writing: was 2.00, gone.",
    ]
    assert told(section(read=2.0), section(read=None)) == [
        "- (x) read against writing: was 2.00, gone."
    ]


@pytest.mark.parametrize(
    ("then", "now", "when"),
    [(0.5, 0.0, "then"), (0.0, 0.5, "now"), (None, 0.5, "then and now"), (0.0, None, "now")],
)
def test_a_change_under_load_is_told_as_uncertain(then, now, when):
    (line,) = told(section(then, read=2.0), section(now, read=3.0))
    assert line.endswith(f"+50% (uncertain, for other work {when}).")


def test_no_change_and_no_earlier_run_are_told():
    assert told(section(read=2.0), section(read=2.0)) == ["- None."]
    (line,) = history.changes(None, [section(read=2.0)])
    assert "no earlier run" in line


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the program with a made-up benchmark in the place of all; returns what was written."""
    for name in ("EVIDENCE_KEY", "EVIDENCE_BY", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "none")
    monkeypatch.setattr(program, "_check_space", lambda *_: None)

    def start(*options, **ratios):
        made_up = {"x": lambda _: section(**ratios), "y": lambda _: Section("y", "", "", ())}
        monkeypatch.setattr(program, "SECTIONS", made_up)
        written = ["--output", str(tmp_path / "RESULTS.md"), "--history", str(tmp_path / "history")]
        monkeypatch.setattr(sys, "argv", ["bench", *written, *options])
        program.main()
        return (tmp_path / "RESULTS.md").read_text(), sorted(tmp_path.glob("history/*.json"))

    return start


def test_a_full_run_enters_the_history_and_the_next_one_tells_of_it(run):
    results, (file,) = run(read=2.0)
    assert "no earlier run" in results
    kept = json.loads(file.read_text())
    assert kept["sizes"] == {"records": FULL_RECORDS, "links": [*FULL_LINKS], "files": 1.0}
    assert kept["sections"]["x"]["ratios"] == {"read against writing": 2.0}
    assert re.match(r"[0-9a-f]{12}\+?$|unknown$", kept["commit"])
    results, _ = run("--only", "x", read=4.0)
    assert f"Since the run of {kept['at'][:10]}, of commit {kept['commit']}" in results
    assert "- (x) read against writing: 2.00 → 4.00, +100%" in results


@pytest.mark.parametrize(
    "options",
    [
        *(["--only", "x"], ["--records", "900000"], ["--files", "0.5"], ["--rounds", "1"]),
        ["--links", "30"],
    ],
)
def test_a_partial_run_does_not_enter_the_history(run, options):
    results, kept = run(*options, read=2.0)
    assert "| read | 2.00 s |" in results
    assert kept == []


def test_every_run_in_the_history_can_be_compared_with():
    runs = [json.loads(file.read_text()) for file in history.FOLDER.glob("*.json")]
    assert runs
    for one in runs:
        assert set(one) - {"note"} == {"at", "commit", "machine", "sizes", "sections"}
        assert set(one["sizes"]) == set(history.SIZES)
        for part in one["sections"].values():
            assert set(part) == {"other_work", "ratios"}
            assert all(ratio > 0 for ratio in part["ratios"].values())
    assert history.newest(history.FOLDER, workbench())
