"""Which tiles the trees of some sizes have (C2SP tlog-tiles)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import FormatError
from evidence_chain.log.tiles import WIDTH, Tile, bundle, tiles_of

SIZES = st.one_of(
    st.integers(0, 3 * WIDTH),
    st.sampled_from([WIDTH**2 - 1, WIDTH**2, WIDTH**2 + 1, WIDTH**2 + WIDTH]),
)


def tiles(size):
    """All tiles of one tree, as the page counts them."""
    counts, level = [(-1, size)], 0
    while size >> 8 * level:
        counts.append((level, size >> 8 * level))
        level += 1
    for level, count in counts:
        for first in range(0, count, WIDTH):
            yield Tile(level, first // WIDTH, min(WIDTH, count - first))


@given(st.lists(SIZES, max_size=4))
def test_a_partial_tile_is_there_where_the_full_one_is_not(sizes):
    every = {tile for size in sizes for tile in tiles(size)}
    full = {tile[:2] for tile in every if tile.width == WIDTH}
    assert tiles_of(sizes) == {
        tile for tile in every if tile.width == WIDTH or tile[:2] not in full
    }


def test_paths():
    assert Tile(0, 1_234_067, 8).path == "tile/0/x001/x234/067.p/8"
    assert Tile(-1, 0, WIDTH).path == "tile/entries/000"


def test_an_entry_that_is_too_long_for_a_bundle():
    assert bundle([bytes(65_535)])
    with pytest.raises(FormatError, match="too long"):
        bundle([b"", bytes(65_536)])
