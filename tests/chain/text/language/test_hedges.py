"""Words before a passage by which its sentence doesn't say that it is so."""

import pytest

from evidence_chain.text.language.hedges import hedge_before

PASSAGE = "we knew"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("It is unlikely that ", "unlikely that"),
        ("It is highly doubtful whether in those days ", "doubtful whether in those days"),
        ("He asked if ", "if"),
        ("They doubted that ", "doubted that"),
        ("Allegedly ", "Allegedly"),
        ("A rumour says ", "rumour says"),
        ("Es ist unwahrscheinlich dass ", "unwahrscheinlich dass"),
        ("Il est peu probable que ", "peu probable que"),
        ("Supuestamente ", "Supuestamente"),
        ("It is unlikely that “", "unlikely that"),
        ("It is\nunlikely that ", "unlikely that"),
        ("It is likely that ", None),
        ("He said that ", None),
        ("It is unlikely. Still, ", None),
        ("It is unlikely, he said: ", None),
        ("It is unlikely\n\n", None),
        ("A gift to the board, ", None),
        ("unlikely " + "and so on " * 20, None),
        ("", None),
    ],
)
def test_what_stands_before(before, found):
    stream = f"{before}{PASSAGE} of it."
    assert hedge_before(stream, len(before)) == found
