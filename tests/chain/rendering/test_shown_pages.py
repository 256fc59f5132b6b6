"""What Chromium shows of passages: seen as they stand, or a person must look."""

import pytest

from evidence_chain.rendering import Sight, show

pytestmark = pytest.mark.usefixtures("shows_pages")

SEEN = {
    "plain": "<p>@</p>",
    "in parts": "<p>@1 <b>sees</b> <a href=#x>eve</a>ry face.</p>",
    "a note and a reading": "<p>@1 <sup><a href=#n>[2]</a></sup> @2<ruby><rt>aside</rt></ruby></p>",
    "far down": "<div style='height: 20000px'></div><p>@</p><div style='height: 999px'></div>",
    "in what scrolls": (
        "<div style='height: 150px; overflow: auto'><div style='height: 2000px'></div><p>@</div>"
    ),
    "white on black": "<p style='color: white; background: black'>@</p>",
    "cut out of a gradient": (
        "<p style='background: linear-gradient(90deg, red, blue); background-clip: text;"
        "-webkit-text-fill-color: transparent'>@</p>"
    ),
    "in columns": "<div style='columns: 3; width: 300px'>@</div>",
    "from top to bottom": "<p style='writing-mode: vertical-rl; height: 90px'>@</p>",
    "hyphens": "<p lang=en style='width: 70px; hyphens: auto'>@</p>",
    "beside a number": (
        "<style>#no::before { counter-increment: x; content: counter(x) '. ' }</style>"
        "<p id=no>@</p>"
    ),
    "for those who hear": (
        "<p>@1 <span style='position: absolute; width: 1px; height: 1px; overflow: hidden;"
        "clip: rect(0 0 0 0)'>opens elsewhere</span>@2</p>"
    ),
    "in a drawing": "<svg width=900><text y=20>@</text></svg>",
}
UNSEEN = {
    "white": "<p style='color: #fefefe'>@</p>",
    "under a picture": (
        "<p style='position: relative'>@<i style='position: absolute; inset: 0;"
        "background: white'></i></p>"
    ),
    "one word under a picture": (
        "<p style='position: relative'>@<i style='position: absolute; left: 40px; width: 30px;"
        "height: 20px; background: white'></i></p>"
    ),
    "cut off": "<div style='height: 2px; overflow: hidden'><p>@</p></div>",
    "scrolled away": (
        "<div style='height: 90px; overflow: hidden'><div style='height: 900px'></div>@</div>"
    ),
    "off the page": "<p style='position: absolute; left: -9000px'>@</p>",
    "through a filter": "<p style='filter: opacity(0)'>@</p>",
    "masked": "<p style='mask: linear-gradient(transparent, transparent)'>@</p>",
    "tiny": "<p style='font-size: 1px'>@</p>",
    "by a rule of a kind that is new": "<p style='content-visibility: hidden'>@</p>",
    "closed": "<details><summary>More</summary>@</details>",
    "turned round": "<p><bdo dir=rtl>@</bdo></p>",
    "from right to left": (
        "<p style='display: flex; flex-direction: row-reverse; justify-content: start'>"
        "<span>@1</span><span>@2</span></p>"
    ),
    "from the bottom": (
        "<div style='display: flex; flex-direction: column-reverse'><p>@1</p><p>@2</p></div>"
    ),
    "after words of the style": (
        "<style>#said::before { content: 'It is false that ' }</style><p id=said>@</p>"
    ),
    "round words of the style": (
        "<style>#not::after { content: ' do not' }</style><p><b id=not>@1</b> @2</p>"
    ),
    "with a word laid into it": (
        "<p style='position: relative; word-spacing: 40px'>@<b style='position: absolute;"
        "left: 46px; font-size: 9px; word-spacing: 0'>no</b></p>"
    ),
}


def _page(pieces):
    """A page of them all, each with a sentence of its own (@, or @1 and @2), and the sentences."""
    markup, said = ["<!doctype html><meta charset=utf-8>"], []
    for number, piece in enumerate(pieces):
        start, end = f"Camera {number:02}", "sees every face."
        said.append(f"{start} {end}")
        piece = piece.replace("@1", start).replace("@2", end).replace("@", said[-1])
        markup.append(f"<div>{piece}</div>")
    return "".join(markup), said


@pytest.fixture(scope="module")
def looked(shows_pages, tmp_path_factory):
    """What was seen of each piece, by its name; all of them stand in one page."""
    pieces = SEEN | UNSEEN
    markup, said = _page(pieces.values())
    file = tmp_path_factory.mktemp("shown") / "page.html"
    file.write_text(markup)
    return dict(zip(pieces, show(file, "text/html", said), strict=True))


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen(looked, name):
    assert looked[name].sight is Sight.SEEN, looked[name].detail


@pytest.mark.parametrize("name", UNSEEN)
def test_row_37_what_is_not_seen_is_for_a_person(looked, name):
    assert looked[name].sight is Sight.DIFFERS
    assert looked[name].detail
