"""PDFs for tests, written by hand byte for byte, so that each shows exactly one thing."""

import zlib
from io import BytesIO

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


WORDS = """
the contract for cameras of and to Quillmar city supplier shall provide calm streets
specification network recording officer region analysis pre-trial 2026 3.5 records
"""


class Pdf:
    """A PDF that grows; objects 1 and 2 are its catalog and its page tree."""

    def __init__(self):
        self.objects = [b"", b""]
        self.pages = []
        self.catalog = b""
        self.font = self.add(FONT)

    def add(self, body):
        """Add an object; its number."""
        self.objects.append(body)
        return len(self.objects)

    def stream(self, content, entries=b""):
        return self.add(b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content))

    def page(self, content, entries=b"", resources=b"", box=b"0 0 600 800"):
        """Add a page with this content, in which /F is Helvetica; the page's object number."""
        contents = self.stream(content)
        page = self.add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R%s"
            b"/Resources<</Font<</F %d 0 R>>%s>>>>" % (box, contents, entries, self.font, resources)
        )
        self.pages.append(page)
        return page

    def image(self, width, height, pixels, entries=b"/ColorSpace/DeviceGray"):
        data = zlib.compress(pixels)
        return self.stream(
            data,
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
            b"/Filter/FlateDecode%s" % (width, height, entries),
        )

    def data(self):
        """The whole file."""
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog
        self.objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(self.pages))
        out, places = b"%PDF-1.7\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        return out + (
            b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R>>\n"
            b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(out))
        )


def one_page(content, **page):
    """A PDF of one page with this content."""
    pdf = Pdf()
    pdf.page(content, **page)
    return pdf.data()


def line(text, x=72, y=700, size=12, before=b""):
    """Drawing operators for a line of text."""
    return b"q BT %s /F %g Tf %g %g Td (%s) Tj ET Q\n" % (before, size, x, y, text)


def lines(*texts, top=740):
    """Drawing operators for several lines of text, one below the other."""
    return b"".join(line(text, y=top - 20 * row) for row, text in enumerate(texts))


def updated(data, number, body):
    """The file after an incremental update that replaces an object."""
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    size = int(data.rsplit(b"/Size ", 1)[1].split(b"/")[0])
    place = len(data)
    data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return data + (
        b"xref\n%d 1\n%010d 00000 n \ntrailer <</Size %d/Root 1 0 R/Prev %d>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (number, place, size, before, len(data))
    )


def to_unicode(mapping):
    """The content of a ToUnicode map from single bytes to hex digits of UTF-16."""
    rows = b"".join(b"<%02x> <%s>\n" % (code, units) for code, units in mapping.items())
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n%d beginbfchar\n%sendbfchar\n"
        b"endcmap end end" % (len(mapping), rows)
    )


def form(value=b"twelve hundred"):
    """A page with form fields, most of them filled in."""
    made = Pdf()
    fields = [
        b"/FT/Tx/T(number)/V(%s)" % value,
        b"/FT/Btn/T(agreed)/V/Yes/AS/Yes/AP<</N<</Yes null/Off null>>>>",
        b"/FT/Btn/T(refused)/V/Off/AS/Off/AP<</N<</Yes null/Off null>>>>",
        b"/FT/Ch/T(city)/Ff 131072/V(Quillmar)/Opt[(Quillmar)(Elsewhere)]",
        b"/FT/Tx/T(empty)",
    ]
    numbers = [
        made.add(
            b"<</Type/Annot/Subtype/Widget/Rect[%d 99 %d 120]%s>>" % (50 * n, 50 * n + 40, field)
        )
        for n, field in enumerate(fields, 1)
    ]
    refs = b" ".join(b"%d 0 R" % number for number in numbers)
    made.page(lines(b"How many?"), entries=b"/Annots[%s]" % refs)
    made.catalog = b"/AcroForm<</Fields[%s]>>" % refs
    return made


def scanned(text=b"The city of Quillmar bought cameras", stamp=b""):
    """A page that is a picture of a page, and perhaps a stamp on it."""
    import pypdfium2

    picture = pypdfium2.PdfDocument(one_page(line(text, size=18)))[0].render(scale=2).to_pil()
    made, grey = Pdf(), picture.convert("L")
    image = made.image(*grey.size, grey.tobytes())
    draw = b"q 600 0 0 800 0 0 cm /I Do Q\n"
    made.page(draw + stamp, resources=b"/XObject<</I %d 0 R>>" % image)
    return made


def report(pages=3, seed=0):
    """A text of several pages as reportlab makes it, in which words are never at the edge."""
    from io import BytesIO
    from random import Random

    from reportlab.pdfgen.canvas import Canvas

    random, data = Random(seed), BytesIO()
    words = WORDS.split()
    canvas = Canvas(data, pagesize=(595, 842), invariant=True)
    for number in range(1, pages + 1):
        text = canvas.beginText(60, 780)
        text.setFont("Helvetica", 10.5)
        for _ in range(48):
            text.textLine(" ".join(random.choices(words, k=9)))
        canvas.drawText(text)
        canvas.drawString(280, 30, f"page {number}")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def seen(data, *slices):
    """Where slices of a PDF's stream are seen."""
    from evidence_chain.extract import TextStream, pdf

    drawn = pdf.extract(BytesIO(data))
    pages = TextStream(drawn.text, {}, drawn.marks).pages
    return pdf.regions(BytesIO(data), slices, pages).regions
