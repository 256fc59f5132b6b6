"""Rows 37 and 39: words of a file that a reader doesn't see, or that were put there later."""

import json

import pytest

from adversary import Insider
from cases import make_empty_case
from docx_files import deleted, docx, inserted, paragraph, part, run
from pdfs import Pdf, line, one_page, updated

WORDS = "The board was told about the recordings"
SEEN = "Nothing of interest was said in May."
DRAWN = WORDS.encode()


def page(markup, sheet=""):
    head = f"<!doctype html><html><head><title>Minutes</title><style>{sheet}</style></head>"
    return f"{head}<body><p>{SEEN}</p>{markup}</body></html>".encode()


def styled(style):
    return page(f'<p style="{style}">{WORDS}</p>')


def document(*runs, **parts):
    return docx(paragraph(SEEN), paragraph(*runs), **parts)


def drawn(content):
    return one_page(line(SEEN.encode(), y=740) + content)


def pictured():
    """A page on which a picture lies over the words."""
    made = Pdf()
    image = made.image(1, 1, b"\x80")
    content = line(DRAWN) + b"q 400 0 0 30 60 690 cm /I Do Q\n"
    made.page(line(SEEN.encode()) + content, resources=b"/XObject<</I %d 0 R>>" % image)
    return made.data()


def layered():
    """A page with a layer that is switched off."""
    made = Pdf()
    layer = made.add(b"<</Type/OCG/Name(Notes)>>")
    content = line(SEEN.encode(), y=740) + b"/OC /L BDC " + line(DRAWN) + b"EMC "
    made.page(content, resources=b"/Properties<</L %d 0 R>>" % layer)
    made.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (layer, layer)
    return made.data()


def annotated():
    made = Pdf()
    note = made.add(b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(%s)>>" % DRAWN)
    made.page(line(SEEN.encode()), entries=b"/Annots[%d 0 R]" % note)
    return made.data()


def revised():
    """A page whose words were others before the file was updated."""
    before = line(WORDS.replace("was", "was never").encode())
    data, after = one_page(before), line(DRAWN)
    body = b"<</Length %d>>stream\n%s\nendstream" % (len(after), after)
    return updated(data, data.count(b" 0 obj\n", 0, data.index(before)), body)


def mail(kind, body):
    head = (
        "From: press@quillmar.example\nTo: ada@newsroom.example\nMessage-ID: <1@quillmar.example>"
    )
    return f"{head}\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{body}".encode()


def hidden_style():
    style = '<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>'
    return document(run(WORDS, '<w:rStyle w:val="x"/>'), styles=part("styles", style))


HIDDEN = {
    "display.html": (styled("display:none"), "hidden", "display: none"),
    "rule.html": (
        page(f"<p class=note>{WORDS}</p>", ".note{display:none}"),
        "hidden",
        "display: none",
    ),
    "attribute.html": (page(f"<div hidden><p>{WORDS}</p></div>"), "hidden", "hidden attribute"),
    "white.html": (styled("color:#fefefe"), "hidden", "colour of its background"),
    "off.html": (styled("position:absolute;left:-9999px"), "hidden", "off the page"),
    "small.html": (styled("font-size:1px"), "hidden", "font size"),
    "clear.html": (styled("opacity:0"), "hidden", "opacity"),
    "unseen.html": (styled("visibility:hidden"), "hidden", "visibility"),
    "clipped.html": (styled("height:0;overflow:hidden"), "hidden", "no room"),
    "struck.html": (page(f"<p><del>{WORDS}</del></p>"), "deleted", ""),
    "vanish.docx": (document(run(WORDS, "<w:vanish/>")), "hidden", "hidden"),
    "style.docx": (hidden_style(), "hidden", "hidden"),
    "white.docx": (document(run(WORDS, '<w:color w:val="FFFFFF"/>')), "hidden", "background"),
    "small.docx": (document(run(WORDS, '<w:sz w:val="2"/>')), "hidden", "font size 1 pt"),
    "struck.docx": (document(run(WORDS, "<w:dstrike/>")), "deleted", "struck out"),
    "off.docx": (
        docx(paragraph(SEEN), paragraph(WORDS, properties='<w:ind w:left="-22000"/>')),
        "hidden",
        "outside of the page",
    ),
    "narrow.docx": (document(run(WORDS, '<w:w w:val="1"/>')), "hidden", "1 % of their width"),
    "deleted.docx": (document(deleted(WORDS)), "deleted", "Ilse Maran"),
    "inserted.docx": (document(inserted(WORDS)), "inserted", "Ilse Maran"),
    "white.pdf": (drawn(line(DRAWN, before=b"1 g ")), "hidden", "in the colour"),
    "off.pdf": (drawn(line(DRAWN, x=700)), "hidden", "outside the page"),
    "under.pdf": (pictured(), "hidden", "under something"),
    "mode.pdf": (drawn(line(DRAWN, before=b"3 Tr ")), "hidden", "invisible"),
    "small.pdf": (drawn(line(DRAWN, size=0.5)), "hidden", "too small"),
    "layer.pdf": (layered(), "hidden", "switched off"),
    "note.pdf": (annotated(), "annotation", ""),
    "revised.pdf": (revised(), "revisions", "2"),
    "hidden.eml": (
        mail("text/html", f"<p>{SEEN}<p style='display:none'>{WORDS}"),
        "hidden",
        "display: none",
    ),
    "quoted.eml": (mail("text/plain", f"{SEEN}\n\n> {WORDS}\n"), "quoted", ""),
}
"""Files in which the words are marked, as what, and with what reason."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A case with a passage of each file, sealed and signed."""
    case = make_empty_case(tmp_path_factory.mktemp("hidden"))
    for name, (content, *_) in HIDDEN.items():
        case.write(name, content)
    items = {
        "documents": [{"key": name, "file": name} for name in HIDDEN],
        "evidence": [
            {"key": f"{name} passage", "kind": "quote", "document": name, "text": WORDS}
            for name in HIDDEN
        ],
    }
    case.ids = case.json("import", case.write("case.json", json.dumps(items)))["ids"]
    case.run("checkpoint")
    return case


@pytest.fixture(scope="module")
def kept_quiet(recorded, tmp_path_factory):
    """What `verify` says of each passage when another record says nothing of the mark.

    Of the records that say it, and of all the rest, it finds nothing.
    """
    case = recorded.copy_to(tmp_path_factory.mktemp("quiet"))
    insider, names = Insider(case), {}
    for name in HIDDEN:
        fields = case.body(f"{name} passage")
        fields["match"]["notes"], fields["marks"] = [], []
        names[insider.record("evidence/quote", fields)] = name
    insider.sign()
    checks = case.json("verify", code=1)["checks"]
    failed = [check for check in checks if check["outcome"] != "holds"]
    assert {check["subject"] for check in failed} == set(names)
    return {names[check["subject"]]: check for check in failed}


@pytest.mark.parametrize("name", HIDDEN)
def test_row_37_the_words_are_found_and_flagged(recorded, name):
    _, kind, reason = HIDDEN[name]
    fields = recorded.body(f"{name} passage")
    assert fields["match"]["status"] == "verbatim"
    assert kind in fields["match"]["notes"]
    assert any(mark["kind"] == kind and reason in mark["detail"] for mark in fields["marks"])


@pytest.mark.parametrize("name", HIDDEN)
def test_row_37_a_record_that_does_not_say_so(kept_quiet, name):
    check = kept_quiet[name]
    assert (check["check"], check["outcome"]) == ("extraction", "failed")
    assert f"marked as {HIDDEN[name][1]}" in check["detail"]


@pytest.mark.parametrize("name", ["rule.html", "deleted.docx", "mode.pdf", "quoted.eml"])
def test_row_37_what_is_seen_beside_it_is_not_flagged(case, name):
    file = case.write(name, HIDDEN[name][0])
    assert case.json("locate", file, "--text", SEEN)["accepted"]
    found = case.json("locate", file, "--text", WORDS, code=1)
    assert not found["accepted"]
    assert HIDDEN[name][1] in [mark["kind"] for mark in found["marks"]]


@pytest.mark.parametrize(
    "markup",
    [
        f"<!-- {WORDS} -->",
        f"<script>document.write('{WORDS}')</script>",
        f"<input type=hidden value='{WORDS}'>",
        f"<p title='{WORDS}' data-note='{WORDS}'>x</p>",
    ],
)
def test_row_37_what_no_reader_could_bring_to_sight_is_no_text_or_flagged(case, markup):
    file = case.write("page.html", page(markup))
    found = case.json("locate", file, "--text", WORDS, code=1)
    assert found["status"] == "missing" or "hidden" in [mark["kind"] for mark in found["marks"]]


def test_row_39_the_number_of_revisions_is_told(recorded):
    (mark,) = [m for m in recorded.body("revised.pdf passage")["marks"] if m["kind"] == "revisions"]
    assert mark["detail"] == "2"
    again = recorded.json(
        "add", "quote", "--artifact", recorded.ids["revised.pdf"], "--text", WORDS
    )
    assert not again["accepted"]


def test_row_39_what_a_revision_took_away_does_not_stand_there(case):
    file = case.write("revised.pdf", revised())
    found = case.json("locate", file, "--text", WORDS.replace("was", "was never"), code=1)
    assert found["status"] == "altered"
