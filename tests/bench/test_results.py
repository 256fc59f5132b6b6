"""What RESULTS.md says of an aim that is met, and of one that is missed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.measure import JobFailedError, Run, alternating, command
from bench.results import Finding, Section, markdown

WHY = "It reads every page twice."


def written(**changes):
    values = {
        "what": "read",
        "run": Run(3.3, 20_000_000),
        "against": "writing",
        "other": Run(1.0, 10_000_000),
        "aim": 3.0,
        "why": WHY,
    }
    section = Section("x", "Reading", "As one reads.", (Finding(**values | changes),))
    return markdown([section], {"Machine": "a slow one"}, 90.0)


def test_a_missed_aim_is_told_with_its_reason():
    text = written()
    row = "| read | 3.30 s | writing | 1.00 s | 3.30 | ≤ 3 | no | 20 MB | 10 MB |"
    assert row in text
    missed = "- (x) read against writing: 3.30 where 3 was the aim, 10% over. " + WHY
    assert text.endswith(f"## Aims that are missed\n\n{missed}\n")


def test_an_aim_that_is_met_gives_no_reason():
    text = written(aim=3.3)
    assert "| 3.30 | ≤ 3.3 | yes |" in text
    assert WHY not in text
    assert text.endswith("## Aims that are missed\n\nNone.\n")


def test_a_ratio_of_memory_is_that_of_the_peaks():
    assert "| 2.00 (memory) | ≤ 3 | yes |" in written(of_memory=True)


def test_a_missing_peer_is_named_and_misses_nothing():
    text = written(other=None)
    assert "| writing | missing | – | ≤ 3 | – | 20 MB | – |" in text
    assert text.endswith("None.\n")


def test_what_was_never_aimed_at_is_neither_met_nor_missed():
    assert "| 3.30 | – | – |" in written(aim=None)


def test_the_median_is_taken_and_the_first_turn_left_out():
    seconds = iter([90.0, 1.0, 7.0, 2.0])
    turns = alternating({"one": lambda: Run(next(seconds), 5)}, 3)
    assert turns["one"].seconds == 2.0


def test_a_command_that_fails_is_no_measurement(tmp_path):
    with pytest.raises(JobFailedError, match="ended with 3: no such list"):
        command(
            [sys.executable, "-c", "import sys; print('no such list', file=sys.stderr); exit(3)"],
            tmp_path,
        )


@pytest.mark.parametrize(
    ("other_work", "words"),
    [
        (0.34, "Taken under load: other work took 34% of the time of all cores"),
        (None, "How busy the machine was with other work is unknown"),
        (0.05, None),
    ],
)
def test_what_is_taken_under_load_is_told(other_work, words):
    section = Section("x", "Reading", "As one reads.", (), other_work)
    text = markdown([section], {}, 90.0)
    assert f"As one reads. {words}" in text if words else "uncertain" not in text
