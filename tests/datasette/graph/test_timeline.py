"""Dates as people write them, and a timeline of those that are known."""

import pytest
from resolved import Made, resolved

from evidence_datasette.graph.timeline import day, day_words, timeline


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-03", "3 May 2031"),
        ("2031-05-03T10:00:00Z", "3 May 2031"),
        ("Thu, 19 Jun 2031 15:03:27 +0000", "19 June 2031"),
        ("unknown", None),
        ("2031-13-01", None),
        ("2031-00", None),
        ("20310503", None),
        ("", None),
        (None, None),
        (2031, None),
        ("Thu, 99 Jun 2031 99:03:27 +0000", None),
    ],
)
def test_dates_as_people_write_them(date, words):
    found = day(date)
    assert (found and day_words(found)) == words


def test_a_timeline_is_in_order_and_keeps_what_shares_a_day():
    make = Made()
    dates = ["2031-05-03", "2031", "2031-05-03", "unknown", "2030-01"]
    links = [make.link(make.record(fields={"date": date})) for date in dates]
    days = timeline(resolved(links))
    assert [(one["iso"], len(one["links"])) for one in days] == [
        ("2030-01", 1),
        ("2031", 1),
        ("2031-05-03", 2),
    ]
