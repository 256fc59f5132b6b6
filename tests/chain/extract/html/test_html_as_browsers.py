"""HTML beside what a browser shows of it: pieces of markup, and faults that were found."""

import json

import pytest

from evidence_chain.extract import SIGN_OFF, TextStream, html
from evidence_chain.text import match
from evidence_chain.text.verdict import SIGN_OFF as NOTES
from evidence_chain.text.verdict import STANDS
from html_reading import visible

NOT_EQUAL = {
    "ruby.dat": "readings stand aside, so that the words that they are of can be quoted",
    "noscript01.dat": "read as with scripts on, as readers have them",
    "tests16.dat": "so are these pieces with <noscript>",
    "tests19.dat": "readings, as above",
    "webkit01.dat": "readings, as above",
}
"""Files of the pieces that aren't shown as Chromium without scripts does, and why."""


def test_pieces_of_markup_show_what_chromium_shows(shared):
    pieces = json.loads(shared("vectors/html5-visible/seen.json").read_text())
    differing = [
        piece
        for piece in pieces
        if "".join(visible(piece["data"]).split()) != "".join(piece["seen"].split())
    ]
    assert len(differing) <= 0.02 * len(pieces)
    assert {piece["f"] for piece in differing} <= NOT_EQUAL.keys()
    for piece in differing:
        assert "<noscript" in piece["data"] or "<rt" in piece["data"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<!-- b --!>c", "ac"),
        ("a<!-->b", "ab"),
        ("a<!--->b", "ab"),
        ("a<!-- <!-- --> b", "a b"),
        ("a<!-- b", "a"),
        ("<script><!--<script></script>a--></script>b", "b"),
        ("<table>a<tr><td>b</table>c", "a\nb\nc"),
        ("<table><tr>a<td>b</tr>c</table>d", "ac\nb\nd"),
        ("<a>a<a>b</a>c", "abc"),
        ("<b>a<p>b</b>c</p>d", "a\nbc\nd"),
        ("<p hidden>a<div>b", "b"),
        ("<svg><p>a</p></svg>b", "a\nb"),
        ("<select><div>a</div><option>b</select>", "a\nb"),
        ("<textarea><p>a</textarea>b", "<p>a\nb"),
        ("<body>a<body hidden>b", ""),
        ("<pre>\n\na</pre>", "\na"),
        ("<plaintext>a</plaintext>", "a</plaintext>"),
        ("a&notit;b &ampc &#150;", "a¬it;b &c –"),
    ],
)
def test_markup_is_built_as_browsers_build_it(markup, text):
    assert visible(markup).strip("\n") == text.strip("\n")


FOLDERS = ("docs-04", "docs-05", "docs-10", "docs-11", "docs-12")


def test_faults_that_were_found(shared):
    folder = shared("cases/found")
    cases = [
        case
        for case in json.loads((folder / "cases.json").read_text())
        if case["fault"].startswith(FOLDERS) and case["file"].endswith(".html")
    ]
    assert len(cases) >= 24
    wrong = []
    for case in cases:
        markup, _ = html.decode((folder / case["fault"] / case["file"]).read_bytes())
        status, accepted = located(markup, case["text"])
        wanted = case["right"].get("status", [status])
        if status not in wanted or (accepted and 0 not in [*case["right"]["exit"]]):
            wrong.append(case["id"])
    assert wrong == []


def located(markup, quote):
    """How a passage stands in a page, and whether it may be published as it is."""
    text, marks = html.draw(markup)
    found = match(quote, text)
    stands = found.status in STANDS
    flagged = TextStream(text, marks=marks).marked(found.fragments)
    asks = not SIGN_OFF.isdisjoint(mark.kind for mark in flagged)
    return found.status, stands and not asks and NOTES.isdisjoint(found.notes)
