"""What the drawing of a claim shows, and where it all stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resolved import RETRACTED, Made, integrity, resolved

from evidence_datasette.graph.grouping import ROWS
from evidence_datasette.graph.layout import WIDTH, drawing
from evidence_datasette.graph.scene import MOST, REST, scene
from evidence_datasette.graph.shapes import clipped, wrapped

RELATIONS = ("supports", "contradicts", "qualifies")


def boxes(drawn, kind):
    return [box for box in drawn.boxes if box.kind == kind]


def states():
    """Links that differ in how they stand, by name."""
    make = Made()
    return {
        "plain": make.link(make.record()),
        "failed": make.link(make.record(make.file(integrity=integrity("failed", "changed")))),
        "ended": make.link(make.record(ended=RETRACTED), counts=False),
        "withheld": make.link(make.record(text=None, match=None)),
        "altered": make.link(make.record(match={"status": "altered", "notes": []})),
        "not-checked": make.link(make.record(integrity=integrity("not-checked", "no checkpoint"))),
        "uncounted": make.claim([], status="unsupported", counts=False),
    }


def test_records_that_lean_on_one_origin_meet_there():
    make = Made()
    release = make.original("A press release")
    links = [make.link(make.record(make.file(f"Paper {n}"), release)) for n in range(5)]
    drawn = drawing(resolved(links))
    (origin,) = boxes(drawn, "origin")
    assert origin.rows == (0, 1, 2, 3, 4)
    assert "5 records" in origin.said
    assert "not held" in origin.said
    assert {"leaned", "not-held"} <= set(origin.classes)
    assert len(boxes(drawn, "file")) == 5
    end = f"{origin.left:g} {origin.middle:g}"
    assert sum(edge.path.endswith(end) for edge in drawn.edges) == 5


def test_many_records_of_one_file_make_a_thicker_line_to_their_origin():
    make = Made()
    file = make.file()
    one, six = (
        drawing(resolved([make.link(make.record(file)) for _ in range(number)]))
        for number in (1, 6)
    )
    assert max(edge.width for edge in six.edges) > 2 * max(edge.width for edge in one.edges)


@pytest.mark.parametrize("name", [name for name in states() if name != "plain"])
def test_what_stands_otherwise_looks_and_reads_otherwise(name):
    drawn = drawing(resolved(list(states().values())))
    plain, *_ = (box for box in boxes(drawn, "record") if len(box.classes) == 2)
    *_, other = (box for box in boxes(drawn, "record") if name in box.classes)
    assert other.lines[-1] != plain.lines[-1]
    assert other.said != plain.said


def test_what_failed_has_another_outline():
    drawn = drawing(resolved(list(states().values())))
    shapes = {box.shape for box in boxes(drawn, "record") if "failed" in box.classes}
    assert shapes == {"cut"}
    assert [box.shape for box in boxes(drawn, "file")].count("cut") == 1


def test_a_line_to_what_does_not_count_differs():
    make = Made()
    links = [make.link(make.record(), counts=False, ended=RETRACTED)]
    drawn = drawing(resolved(links, "unsupported"))
    assert all("uncounted" in edge.classes for edge in drawn.edges)


def test_a_claim_leads_to_what_its_own_support_stands_in():
    make = Made()
    one, two = make.file("One"), make.file("Two")
    inner = [make.link(make.record(one)), make.link(make.record(two))]
    inner.append(make.link(make.record(), "contradicts"))
    drawn = drawing(resolved([make.claim(inner)]))
    assert {box.lines[0] for box in boxes(drawn, "file")} == {"One", "Two"}


def test_a_claim_fails_with_what_it_rests_on():
    make = Made()
    inner = make.link(make.record(make.file(integrity=integrity("failed", "changed"))))
    (box,) = boxes(drawing(resolved([make.claim([inner])])), "record")
    assert "failed" in box.classes


def test_what_has_no_file_leads_to_its_origin_at_once():
    make = Made()
    record = make.record(document=None)
    root = record | {"title": None, "held": False}
    drawn = drawing(resolved([make.link(record | {"roots": [root]})]))
    assert not boxes(drawn, "file")
    assert "withheld" in boxes(drawn, "origin")[0].said


@pytest.mark.parametrize("files", [1, 7, 300])
def test_three_hundred_links_are_drawn_within_bounds(files):
    make = Made()
    papers = [make.file(f"Paper {n}") for n in range(files)]
    release = make.original()
    links = [
        make.link(make.record(papers[n % files], release if n % 2 else None), RELATIONS[n % 3])
        for n in range(300)
    ]
    shown = scene(resolved(links))
    drawn = drawing(resolved(links))
    assert sum(len(row.links) for row in shown.rows) + shown.left_over == 300
    assert drawn.merged
    assert len(boxes(drawn, "record")) <= 3 * (ROWS + 1)
    assert drawn.height < 3000
    (origin,) = (
        box for box in boxes(drawn, "origin") if box.reference == ("original", release["id"])
    )
    assert "150 records" in origin.said


def test_a_claim_with_much_evidence_is_drawn_within_bounds():
    make = Made()
    claims = [make.claim([make.link(make.record()) for _ in range(50)]) for _ in range(40)]
    drawn = drawing(resolved(claims))
    assert len(boxes(drawn, "file")) <= MOST
    assert drawn.height < 4000
    assert any(box.key == REST for box in boxes(drawn, "origin"))


@st.composite
def chains(draw):
    make = Made()
    files = [make.file(f"File {n}") for n in range(draw(st.integers(1, 5)))]
    roots = [None, *(make.original(f"Original {n}") for n in range(draw(st.integers(0, 4))))]
    one = st.builds(
        make.link,
        st.builds(make.record, st.sampled_from([*files]), st.sampled_from(roots)),
        st.sampled_from(RELATIONS),
        counts=st.booleans(),
    )
    return draw(st.lists(one, max_size=40))


@given(chains())
def test_nothing_covers_anything_else(links):
    drawn = drawing(resolved(links))
    for kind in ("record", "file", "origin"):
        column = sorted(boxes(drawn, kind), key=lambda box: box.top)
        assert all(one.top + one.height <= other.top for one, other in pairwise(column))
    for box in drawn.boxes:
        assert 0 <= box.left <= box.left + box.width <= WIDTH
        assert 0 <= box.top <= box.top + box.height <= drawn.height
    assert len({(box.kind, box.key) for box in drawn.boxes}) == len(drawn.boxes)


@given(chains())
def test_everything_that_is_drawn_is_joined_to_a_record(links):
    drawn = drawing(resolved(links))
    rows = {row for box in boxes(drawn, "record") for row in box.rows}
    joined = [*boxes(drawn, "file"), *boxes(drawn, "origin"), *drawn.edges]
    assert all(one.rows and set(one.rows) <= rows for one in joined)


def test_a_claim_that_nothing_speaks_to_is_drawn_alone():
    drawn = drawing(resolved([], "unsupported"))
    assert [box.kind for box in drawn.boxes] == ["claim"]


@given(st.text(), st.integers(20, 300))
def test_words_fit_into_their_box(words, width):
    line = clipped(words, width)
    assert not set("\n\r\u202e\u2066\0") & set(line)
    assert len(line) <= width / 6 + 2
    assert len(wrapped(words, width, 3)) <= 3


def test_ideographs_take_twice_the_room():
    assert len(clipped("招" * 40, 200)) < len(clipped("a" * 40, 200))


def test_a_record_without_a_speaker_shows_its_first_words():
    make = Made()
    words = "The supplier shall fit forty microphones along the northern quay"
    record = make.record(make.file("Tender 9"), fields={}, text=words)
    (box,) = boxes(drawing(resolved([make.link(record)])), "record")
    assert "The supplier shall fit" in " ".join(box.lines)
    assert "Tender 9" not in " ".join(box.lines)


def test_records_drawn_as_one_name_who_published_them():
    make = Made()
    file = make.file(publisher="Aldmere Tide")
    links = [make.link(make.record(file)) for _ in range(30)]
    (box,) = boxes(drawing(resolved(links)), "record")
    assert "30 records · Aldmere Tide" in " ".join(box.lines)
