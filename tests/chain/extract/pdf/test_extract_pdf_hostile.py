"""PDFs that are odd, broken, or made to exhaust whoever reads them."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Drawn, pdf
from evidence_chain.extract.guard.guard import Limits, run
from pdfs import Pdf, line, lines, one_page, updated

QUICK = Limits(memory=512 << 20, cpu=5, clock=20, output=8 << 20)


def guarded(data, tmp_path, limits=QUICK):
    path = tmp_path / "document.pdf"
    path.write_bytes(data)
    with path.open("rb") as file:
        return Drawn.unpack(*run(pdf, file, limits))


@pytest.mark.usefixtures("no_tesseract")
def test_odd_files_of_others_give_text_or_a_reason(shared):
    outcomes = {}
    for path in sorted(shared("vectors/pypdf-pdfs").glob("*.pdf")):
        try:
            outcomes[path.name] = pdf.extract(BytesIO(path.read_bytes()))
        except ExtractionError as error:
            outcomes[path.name] = str(error)
    assert len(outcomes) > 60
    for name, outcome in outcomes.items():
        if isinstance(outcome, Drawn):
            outcome.text.encode()
        else:
            assert "password" in outcome or "None of the" in outcome, name
    assert isinstance(outcomes["multilang.pdf"], Drawn)


def flate_bomb(size):
    """A page whose content unpacks to so many bytes, all of them the same few operators."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b"q Q " * (1 << 18)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = b"\x78\xda" + block * (size >> 20) + packer.flush()
    made = Pdf()
    content = made.stream(data, b"/Filter/FlateDecode")
    made.pages.append(made.add(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % content))
    return made.data()


def test_a_stream_that_unpacks_to_gigabytes(tmp_path):
    data = flate_bomb(2 << 30)
    assert len(data) < 8 << 20
    with pytest.raises(ExtractionError):
        guarded(data, tmp_path)


def test_a_page_of_a_million_objects(tmp_path):
    content = b"BT /F 9 Tf 72 700 Td (a) Tj ET 0 0 1 1 re f\n" * 500_000
    with pytest.raises(ExtractionError):
        guarded(one_page(content), tmp_path, Limits(memory=512 << 20, cpu=2, clock=20))


def test_pages_without_end(tmp_path):
    """A tree of pages of which each is its own child."""
    made = Pdf()
    made.page(lines(b"one"))
    data = made.data().replace(b"/Kids[5 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")
    with pytest.raises(ExtractionError):
        guarded(data, tmp_path)


def test_forms_within_themselves(tmp_path):
    made = Pdf()
    number = len(made.objects) + 1
    made.stream(
        line(b"round") + b"/X Do ",
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
        b"/Resources<</XObject<</X %d 0 R>>/Font<</F %d 0 R>>>>" % (number, made.font),
    )
    made.page(line(b"text", y=600) + b"/X Do ", resources=b"/XObject<</X %d 0 R>>" % number)
    assert "text" in guarded(made.data(), tmp_path).text


def test_bookmarks_in_a_circle(tmp_path):
    made = Pdf()
    page = made.page(lines(b"1 One"))
    root = made.add(b"")
    mark = made.add(b"")
    made.objects[root - 1] = b"<</First %d 0 R/Last %d 0 R>>" % (mark, mark)
    made.objects[mark - 1] = b"<</Title(1 One)/Dest[%d 0 R/Fit]/Next %d 0 R/First %d 0 R>>" % (
        page,
        mark,
        mark,
    )
    made.catalog = b"/Outlines %d 0 R" % root
    assert guarded(made.data(), tmp_path).text == "1 One\f"


def test_a_page_of_any_size_is_never_drawn_large(tmp_path):
    for size in (b"0 0 1e6 1e6", b"0 0 0 0", b"0 0 1 1e9", b"5 5 -5 -5"):
        content = line(b"words") + b"0 g 0 0 1000 1000 re f\n"
        try:
            drawn = guarded(one_page(content, box=size), tmp_path)
        except ExtractionError:
            continue
        assert drawn.text == "words\f"


DATA = updated(
    one_page(lines(b"The city of Quillmar", b"bought cameras")),
    4,
    b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
)


@settings(max_examples=60, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(9, len(DATA) - 1), st.integers(0, 255)), max_size=4),
    st.integers(9, len(DATA)),
)
def test_a_damaged_file_gives_text_or_a_reason(changes, end):
    data = bytearray(DATA)
    for place, value in changes:
        data[place] = value
    try:
        found = pdf.extract(BytesIO(bytes(data[:end])))
        pdf.regions(BytesIO(bytes(data[:end])), [[0, 4]], [0, 99])
    except ExtractionError:
        return
    found.text.encode()
