"""A case with a document of four pages, and how its pages are asked for."""

from io import BytesIO

from PIL import Image

from cases import make_empty_case
from pdfs import Pdf, lines

FIRST = "The annex lists every camera of the quay."
ACROSS = "Each camera is counted twice and signed for by the contractor"
LAST = "Nobody is told of the recordings."


def annex():
    made = Pdf()
    made.page(lines(b"Annex 2", FIRST.encode(), b"Each camera is counted twice"))
    made.page(lines(b"and signed for by the contractor", b"at the end of the month."))
    made.page(lines(b"Annex 3", LAST.encode()))
    made.page(lines(b"Annex 4, empty on purpose."), box=b"0 0 900 600")
    return made.data()


def make_annexed(home):
    """A PDF of four pages with passages on three of them, a picture, a broken PDF and a text."""
    case = make_empty_case(home)
    picture = BytesIO()
    Image.new("RGB", (2400, 1200), "white").save(picture, "PNG")
    for name, content in {
        "annex.pdf": annex(),
        "broken.pdf": b"%PDF-1.7\nNothing of it is left.\n%%EOF\n",
        "photo.png": picture.getvalue(),
        "notes.txt": "Nobody is told of the notes of the board.",
    }.items():
        case.ids[name] = case.id("add", "artifact", case.write(name, content))
    for name, text in (("first", FIRST), ("across", ACROSS), ("last", LAST)):
        words = ("--artifact", case.ids["annex.pdf"], "--text", text)
        case.ids[name] = case.id("add", "quote", *words)
    return case


def address(site, name, page):
    return f"/evidence/-/page/{site.case.ids[name]}/{page}"


def told(site, query="", name="annex.pdf"):
    return site.json(f"/evidence/-/document/{site.case.ids[name]}.json{query}")["page"]
