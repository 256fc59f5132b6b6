"""Texts in ASCII are read with shorter patterns, which find what the whole ones do."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.text.language.edges import cut
from evidence_chain.text.language.words import tokens

TEXTS = st.text("abAB129 .,'-/()[]@&_\n\t%$:;`", min_size=1, max_size=30)
APART = "\n;;\n中"
"""It makes a text one that is not in ASCII, and joins nothing in it."""


@given(TEXTS)
def test_tokens(text):
    among_others = tokens(text + APART)
    assert tokens(text) == [token for token in among_others if token.start < len(text)]


@given(TEXTS, st.data())
def test_edges(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    assert cut(text, at) == cut(text + APART, at)
