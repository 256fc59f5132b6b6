"""Numbered clauses: where each begins and ends."""

import pytest

from evidence_chain.text.clauses import clauses


def under(stream, words):
    """The numbers of the clauses that hold these words, the widest first."""
    at = stream.index(words)
    return [number for number, start, end in clauses(stream) if start <= at < end]


TENDER = """Tender 7

1. Scope
The harbour is to be watched.
1.1 Places
Every door.
1.2 Times
Day and night.
2) Price
None yet.
"""


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Tender 7", []),
        ("The harbour", ["1"]),
        ("Every door", ["1", "1.1"]),
        ("Day and night", ["1", "1.2"]),
        ("None yet", ["2"]),
    ],
)
def test_a_clause_ends_where_one_of_its_level_begins(words, numbers):
    assert under(TENDER, words) == numbers


@pytest.mark.parametrize(
    ("stream", "words", "numbers"),
    [
        ("第一章 总则\n第一条 港口。\n第二条 摄像机。\n", "摄像机", ["第一章", "第二条"]),
        ("一、范围\n港口。\n二、设备\n摄像机。\n", "摄像机", ["二"]),
        ("§ 4 Zweck\nDer Hafen.\n§ 5 Mittel\nKameras.\n", "Kameras", ["5"]),
        ("Article 4 Aim\nThe port.\n4.1 Means\nCameras.\nArticle 5\n", "Cameras", ["4", "4.1"]),
        ("## 3.2 Means\nCameras.\n## 3.3 Price\n", "Cameras", ["3.2"]),
        ("Статья 4. Порт\nПричал.\nСтатья 5. Камеры\nВезде.\n", "Везде", ["5"]),
    ],
)
def test_numbers_of_many_kinds(stream, words, numbers):
    assert under(stream, words) == numbers


def test_a_year_or_an_amount_within_a_line_is_no_clause():
    assert clauses("In 2010 the city bought\n40.000 cameras, and 3.2 of them\n2011 were lost") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\f", "\u2028"])
def test_whatever_ends_a_line(end):
    assert under(f"1 Aim{end}The port.{end}2 Means{end}Cameras.", "Cameras") == ["2"]


def test_a_hundred_thousand_clauses_take_no_square_of_the_time():
    stream = "".join(f"{at % 900 + 1} a\n" for at in range(100_000))
    assert len(clauses(stream)) == 100_000
