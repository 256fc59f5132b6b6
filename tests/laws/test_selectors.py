"""A selector finds the slice that it was made for, and nothing where the text is another."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_chain import canonical
from evidence_chain.errors import ProofError
from evidence_chain.text import check_slices, make_selectors, spans
from evidence_chain.text.clauses import clauses

TEXTS = st.text(st.sampled_from("ab \r\né海\u0301\u200d\U0001f469"), min_size=1, max_size=60)
CONTEXTS = st.integers(0, 40)


@st.composite
def selected(draw):
    """Any stream, and slices of it one after the other."""
    stream = draw(TEXTS)
    ends = draw(st.sets(st.integers(0, len(stream)), min_size=2, max_size=6))
    ends = sorted(ends)
    return stream, list(zip(ends[::2], ends[1::2], strict=False))


@given(selected(), CONTEXTS)
def test_selectors_of_any_slices_find_those_slices(drawn, context):
    stream, slices = drawn
    selectors = make_selectors(stream, slices, context)
    assert spans(selectors) == [(start, end, stream[start:end]) for start, end in slices]
    check_slices(selectors, stream)
    sealed = canonical.decode(canonical.encode(selectors))
    assert spans(sealed) == spans(selectors)


@given(selected(), CONTEXTS)
def test_selectors_of_many_slices_are_those_of_each(drawn, context):
    stream, slices = drawn
    one_by_one = [one for each in slices for one in make_selectors(stream, [each], context)]
    assert make_selectors(stream, slices, context) == one_by_one


@given(selected(), CONTEXTS, st.data())
def test_another_character_in_a_slice_or_beside_it_is_noticed(drawn, context, data):
    stream, slices = drawn
    selectors = make_selectors(stream, slices, context)
    at = data.draw(st.integers(0, len(stream) - 1))
    changed = stream[:at] + "x" + stream[at + 1 :]
    if any(start - context <= at < end + context for start, end in slices):
        with pytest.raises(ProofError):
            check_slices(selectors, changed)
    else:
        check_slices(selectors, changed)


@given(selected(), st.text("xyz", min_size=1, max_size=3))
def test_words_before_a_slice_move_it_and_words_far_behind_do_not(drawn, words):
    stream, slices = drawn
    selectors = make_selectors(stream, slices, context=0)
    check_slices(selectors, stream + words)
    assume(any(stream[a:b] != (words + stream)[a:b] for a, b in slices))
    with pytest.raises(ProofError):
        check_slices(selectors, words + stream)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20))
def test_every_clause_holds_what_follows_it_up_to_the_next(numbers):
    stream = "".join(f"{number} Heading\nwords {at}.\n" for at, number in enumerate(numbers))
    for at, number in enumerate(numbers):
        there = stream.index(f"words {at}.")
        found = [name for name, start, end in clauses(stream) if start <= there < end]
        assert found == [str(number)]
