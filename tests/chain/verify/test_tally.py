"""Numbers of things, in words."""

import pytest

from evidence_chain.wording.plural import tally


@pytest.mark.parametrize(
    ("number", "of", "told"),
    [
        (1, "reviews without a signature", "1 review without a signature"),
        (2, "reviews without a signature", "2 reviews without a signature"),
        (1, "reviews that are stale", "1 review that is stale"),
        (
            1,
            "signed reviews whose signer was not asked for",
            "1 signed review whose signer was not asked for",
        ),
        (1, "published claims that were retracted", "1 published claim that was retracted"),
        (1, "records of which fields are withheld", "1 record of which fields are withheld"),
        (1, "files that are not here", "1 file that is not here"),
        (1, "note: 3 stamps existed before", "1 note: 3 stamps existed before"),
        (1_200, "lines of others", "1,200 lines of others"),
    ],
)
def test_a_number_of_what_is_given_as_several(number, of, told):
    assert tally(number, of) == told
