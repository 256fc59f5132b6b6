"""What stands in a form is seen as the page shows it: moved, cut, covered, switched off."""

from io import BytesIO

import pytest

from evidence_chain.extract import MarkKind, pdf
from pdfs import Pdf, line

SEEN, HIDDEN = b"seen by all", b"never seen"
AREA = b"60 690 200 30 re f\n"
PLAIN = line(SEEN, y=740) + line(HIDDEN)


def marked(data, kind=MarkKind.HIDDEN):
    found = pdf.extract(BytesIO(data))
    return [found.text[mark.start : mark.end] for mark in found.marks if mark.kind == kind]


def with_form(content, draw=b"/X Do ", entries=b"", inner=b"", box=b"0 0 600 800"):
    """A page that draws a form; in which `inner` is drawn by /Y, if there is any."""
    made = Pdf()
    kind = b"/Type/XObject/Subtype/Form/BBox[%s]"
    fonts = b"/Font<</F %d 0 R>>" % made.font
    layer = made.add(b"<</Type/OCG/Name(notes)>>")
    made.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (layer, layer)
    resources = fonts + (
        b"/Properties<</Off %d 0 R>>/ExtGState<</Clear<</ca 0>>/Whole<</ca 1>>>>" % layer
    )
    if inner:
        off = b"/OC %d 0 R" % layer if entries == b"inner off" else b""
        held = made.stream(inner, kind % box + off + b"/Resources<<%s>>" % fonts)
        resources += b"/XObject<</Y %d 0 R>>" % held
    entries = b"" if entries == b"inner off" else entries.replace(b"LAYER", b"%d 0 R" % layer)
    form = made.stream(content, kind % box + entries + b"/Resources<<%s>>" % resources)
    made.page(draw, resources=resources[len(fonts) :] + b"/XObject<</X %d 0 R>>" % form)
    return made.data()


@pytest.mark.parametrize(
    "form",
    [
        {"content": PLAIN},
        {"content": PLAIN, "draw": b"q .5 0 0 .5 90 90 cm /X Do Q "},
        {"content": PLAIN, "draw": b"q 0 1 -1 0 800 0 cm /X Do Q "},
        {"content": PLAIN, "draw": b"q .7 .7 -.7 .7 600 0 cm /X Do Q "},
        {"content": PLAIN, "draw": b"q 0 0 600 800 re W n /X Do Q "},
        {"content": PLAIN, "entries": b"/Group<</S/Transparency>>"},
        {"content": b".9 g " + AREA + b"0 g " + PLAIN},
        {"content": b"0 g " + AREA + line(HIDDEN, before=b"1 g ")},
        {"content": PLAIN + b"60 760 m 300 760 l 60 600 m 300 600 l S\n" * 5},
        {"content": b"/Y Do ", "inner": PLAIN},
        {"content": line(b" ", y=740) + line(HIDDEN)},
    ],
)
def test_text_that_is_seen(form):
    assert marked(with_form(**form)) == []


@pytest.mark.parametrize(
    "form",
    [
        {"content": line(SEEN, y=740) + line(HIDDEN, before=b"1 g ")},
        {"content": line(SEEN, y=740) + line(HIDDEN, before=b"3 Tr ")},
        {"content": PLAIN + b"1 g " + AREA},
        {"content": PLAIN, "draw": b"/X Do 0 g " + AREA},
        {"content": b"0 g " + AREA + PLAIN},
        {"content": PLAIN, "draw": b"0 g " + AREA + b"/X Do "},
        {"content": PLAIN, "box": b"0 725 600 800"},
        {"content": PLAIN, "draw": b"q 0 725 600 75 re W n /X Do Q "},
        {"content": PLAIN, "draw": b"q 0 0 600 800 re 60 690 400 30 re W* n /X Do Q "},
        {"content": line(SEEN, y=740) + b"q 0 0 9 9 re W n " + line(HIDDEN) + b"Q "},
        {"content": PLAIN, "draw": b"q .002 0 0 .002 90 90 cm /X Do Q /X Do " + b"1 g " + AREA},
        {"content": line(SEEN, y=740) + b"/Clear gs " + line(HIDDEN)},
        {"content": line(SEEN, y=740) + b"/OC /Off BDC " + line(HIDDEN) + b"EMC "},
        {"content": line(SEEN, y=740) + b"/Y Do ", "inner": line(HIDDEN), "entries": b"inner off"},
        {"content": b"/Y Do 1 g " + AREA, "inner": PLAIN},
    ],
)
def test_hidden_text(form):
    assert HIDDEN.decode() in marked(with_form(**form))


@pytest.mark.parametrize(
    "form",
    [
        {"content": PLAIN, "entries": b"/OC LAYER"},
        {"content": PLAIN, "draw": b"/OC /Off BDC /X Do EMC "},
        {"content": PLAIN, "draw": b"/Clear gs /X Do "},
        {"content": PLAIN, "draw": b"q 1 0 0 1 900 0 cm /X Do Q "},
        {"content": b"/Y Do ", "inner": PLAIN, "entries": b"/OC LAYER"},
        {"content": b"/Y Do ", "inner": PLAIN, "entries": b"inner off"},
        {"content": b"/Y Do ", "inner": PLAIN, "draw": b"0 0 9 9 re W n /X Do "},
    ],
)
def test_forms_that_are_not_seen(form):
    form["draw"] = line(b"The page itself.", y=500) + form.get("draw", b"/X Do ")
    assert "".join(marked(with_form(**form))).replace("\n", "") == (SEEN + HIDDEN).decode()


def test_one_form_that_is_seen_says_nothing_of_another():
    both = with_form(line(SEEN, y=740) + b"/Y Do ", inner=PLAIN, entries=b"inner off")
    assert "".join(marked(both)).replace("\n", "") == (SEEN + HIDDEN).decode()


THROUGH = b"72 704 m 160 704 l S\n"


@pytest.mark.parametrize(
    "form",
    [
        {"content": PLAIN + THROUGH},
        {"content": PLAIN + THROUGH, "draw": b"q .5 0 0 .5 90 90 cm /X Do Q "},
        {"content": PLAIN, "draw": b"/X Do " + THROUGH},
        {"content": PLAIN, "draw": line(SEEN, y=300) + b"/X Do " + THROUGH},
        {"content": PLAIN + b"72 703 86 1 re f\n"},
        {"content": PLAIN + b"72 703 86 1 re 72 300 86 1 re f\n"},
        {"content": PLAIN, "draw": b"/X Do 5 w " + THROUGH},
        {"content": PLAIN + b"300 20 m 310 30 l " * 12 + THROUGH},
        {"content": PLAIN + b"9 9 m 20 30 40 30 50 9 c " + THROUGH},
    ],
)
def test_words_that_are_struck_out(form):
    assert marked(with_form(**form), MarkKind.DELETED) == [HIDDEN.decode()]


@pytest.mark.parametrize(
    "lines",
    [
        b"72 698 m 160 698 l S\n",
        b"72 650 m 160 650 l 160 750 m 260 750 l S\n",
        b"72 704 m 60 704 l S\n",
    ],
)
def test_words_beside_lines(lines):
    assert marked(with_form(PLAIN + lines), MarkKind.DELETED) == []
