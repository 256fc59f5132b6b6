"""Finding where letters and digits stand, across the blocks of a long stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.text.compare import letters as module
from evidence_chain.text.compare.letters import Skeleton, core, letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t – 30,000 m²!", "Dont30000m²"),
        ("ﬁﬀ é n\u0303 Å ％Ａ", "fiffenAA"),
        ("ｶﾞ한", "カ\u1112\u1161\u11ab"),
        ("… “” ** \u200b😀", ""),
    ],
)
def test_letters(text, expected):
    assert letters(text) == expected


def test_the_core_holds_the_marks_of_its_last_letter():
    assert core("“e\u0301te\u0301”!") == (1, 6)
    assert core("“”") is None


@given(
    st.text(st.sampled_from("abé ,ﬁ한e\u0301\u00ad"), max_size=60),
    st.text(st.sampled_from("abéfi"), min_size=1, max_size=3),
)
def test_all_places_are_found_across_blocks(stream, needle):
    original, module._BLOCK = module._BLOCK, 4
    try:
        found = list(Skeleton(stream).find(letters(needle)))
    finally:
        module._BLOCK = original
    assert found == list(Skeleton(stream).find(letters(needle)))
    for start, end in found:
        assert letters(needle) in letters(stream[start:end])
    whole, wanted = letters(stream), letters(needle)
    assert len(found) == sum(whole.startswith(wanted, at) for at in range(len(whole)))
