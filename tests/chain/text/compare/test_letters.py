"""Finding where letters and digits stand, across the blocks of a long stream."""

import pytest

from evidence_chain.text.compare.letters import core, letters


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
