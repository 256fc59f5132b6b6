"""Small DOCX files for tests, written part by part, and what is drawn from them."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from evidence_chain.extract import docx as module
from evidence_chain.text import Status, match

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:odd="urn:nobody-understands-this"'
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def text(words):
    """The text of a run."""
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def run(words, properties=""):
    """A run with the inside of its `w:rPr`."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{text(words)}</w:r>"


def paragraph(*runs, properties=""):
    """A paragraph of runs; strings that are no markup become runs."""
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def inserted(words, author="Ilse Maran", date="2031-03-04T10:00:00Z", tag="w:ins"):
    """A tracked insertion."""
    return f'<{tag} w:id="1" w:author="{author}" w:date="{date}">{run(words)}</{tag}>'


def deleted(words, author="Ilse Maran", date="2031-03-04T10:00:00Z"):
    """A tracked deletion."""
    return (
        f'<w:del w:id="2" w:author="{author}" w:date="{date}">'
        f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r></w:del>'
    )


def field(code, result):
    """A field with its code and what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*paragraphs):
    """A text box as Word writes it: once for itself, and once for older programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{inside}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def table(*rows):
    """A table of rows of cells; a cell is a list of paragraphs or plain words."""
    return f"<w:tbl><w:tblPr/>{''.join(map(_row, rows))}</w:tbl>"


def _row(cells):
    whole = (each if each.startswith("<") else paragraph(each) for each in cells)
    return f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in whole)}</w:tr>"


def part(tag, inside):
    """A whole part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMESPACES}>{inside}</w:{tag}>'


def docx(*body, files=(), **parts):
    """The bytes of a DOCX.

    `body` are paragraphs and tables, or one whole part. `parts` are whole parts by the kind of
    their relationship, or lists of them; the last section of a body that says nothing of sections
    has all headers and footers. `files` are pairs of name and content.
    """
    contents, relations = {}, []
    for kind, given in parts.items():
        for n, content in enumerate([given] if isinstance(given, str) else given, 1):
            contents[f"word/{kind}{n}.xml"] = content
            relations.append((kind, f"{kind}{n}.xml"))
    whole = body[0] if body and body[0].startswith("<?xml") else None
    own = any("<w:sectPr" in each for each in body)
    inside = "".join(body) + ("" if own else section(relations))
    contents["word/document.xml"] = whole or part("document", f"<w:body>{inside}</w:body>")
    contents["word/_rels/document.xml.rels"] = relationships(relations)
    return archive(
        [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", relationships([("officeDocument", "word/document.xml")])),
            *contents.items(),
            *files,
        ]
    )


def section(relations):
    """The properties of a section that has each header and footer of these."""
    named = (
        f'<w:{kind}Reference w:type="default" r:id="rId{n}"/>'
        for n, (kind, _) in enumerate(relations, 1)
        if kind in ("header", "footer")
    )
    return f"<w:sectPr>{''.join(named)}</w:sectPr>"


def relationships(pairs):
    """A part that names others, by kind and target."""
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def archive(files):
    """The bytes of a ZIP with these pairs of name and content, in order."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as zipped:
        for name, content in files:
            zipped.writestr(name, content)
    return held.getvalue()


def draw(*body, **named):
    """What is drawn from a document, without a subprocess."""
    return module.extract(BytesIO(docx(*body, **named)))


def marked(drawn, kind):
    """What is marked so, and the details."""
    return [
        (drawn.text[one.start : one.end], one.detail)
        for one in drawn.marks
        if one.kind == kind and one.end > one.start
    ]


def seen(drawn):
    """The text before the first piece that isn't seen where it stands."""
    ends = [
        one.start
        for one in drawn.marks
        if one.kind in ("hidden", "deleted") and one.end > one.start
    ]
    return drawn.text[: min(ends, default=len(drawn.text))].rstrip("\n")


def flags(drawn, quote):
    """The kinds of marks on a quote that stands there verbatim."""
    found = match(quote, drawn.text)
    assert found.status == Status.VERBATIM
    slices = found.fragments
    return {
        one.kind
        for one in drawn.marks
        if any(one.start < end and start < one.end for start, end in slices)
    }
