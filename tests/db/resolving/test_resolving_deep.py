"""A claim that rests on many claims resolves in time, each of them shown once."""

import json

import pytest

from cases import make_empty_case
from evidence_db.case import Case
from evidence_db.recording.adding import add_claim, add_link
from evidence_db.recording.writer import Writer
from evidence_db.resolving.resolution import DEPTH, resolve


def built(home, layers):
    """Claims in layers, each of which supports all of the next; the last one alone."""
    case = Case.open(make_empty_case(home).root)
    with Writer(case, "tester") as writer:
        below = []
        for number, width in enumerate(layers):
            made = [
                add_claim(writer, f"c{number}-{n}", f"Claim {number}, {n}") for n in range(width)
            ]
            for one in made:
                for other in below:
                    add_link(writer, "supports", other.id, one.id, None)
            below = made
    return case, made[0].index


def links(chain):
    for link in chain:
        yield link
        yield from links(link["chain"])


def test_a_claim_that_supports_others_in_many_ways_is_shown_once(tmp_path):
    case, top = built(tmp_path, [2] * 15 + [1])
    with case.reader() as reader:
        resolved = resolve(case, reader, top)
    shown = list(links(resolved["chain"]))
    assert len(shown) == 14 * 4 + 2
    whole = [link["record"]["slug"] for link in shown if link["left_out"] is None]
    assert len(whole) == len({*whole}) == 30
    others = {link["left_out"] for link in shown} - {None}
    assert others == {"shown-already"}
    assert all(link["chain"] == [] for link in shown if link["left_out"])


@pytest.mark.parametrize("length", [DEPTH, DEPTH + 1, 600])
def test_a_long_row_of_claims_is_shown_down_to_a_depth_and_it_says_so(tmp_path, length):
    case, top = built(tmp_path, [1] * length)
    with case.reader() as reader:
        resolved = resolve(case, reader, top)
    shown = list(links(resolved["chain"]))
    assert len(shown) == min(length - 1, DEPTH)
    assert [link["left_out"] for link in shown if link["left_out"]] == (
        ["too-deep"] if length > DEPTH else []
    )
    assert json.dumps(resolved)
