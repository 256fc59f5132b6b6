"""Small workbooks, presentations, OpenDocument texts and e-books for tests, part by part."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def packed(parts):
    """A ZIP of parts by name; `mimetype` is stored as it is."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, ZIP_STORED if name == "mimetype" else None)
    return held.getvalue()


def relations(*targets):
    """The relationships `rId1`, `rId2` … to targets, each with its kind."""
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def cell(address, value="", style=0, kind="n", formula=None):
    """A cell; a value that is no number is a text."""
    if kind == "n" and isinstance(value, str) and value:
        inside = f"<is><t>{escape(value)}</t></is>"
        return f'<c r="{address}" s="{style}" t="inlineStr">{inside}</c>'
    computed = f"<f>{escape(formula)}</f>" if formula else ""
    shown = f"<v>{escape(str(value))}</v>" if value != "" else ""
    return f'<c r="{address}" s="{style}" t="{kind}">{computed}{shown}</c>'


def row(number, *cells, more=""):
    """A row of cells."""
    return f'<row r="{number}" {more}>{"".join(cells)}</row>'


def workbook(sheets, *, looks=(), fonts="", conditional="", beside=None, more=""):
    """A workbook.

    Args:
        sheets: name, state, markup before the rows, rows, markup after them, of each.
        looks: number format, its code or the number of a built-in one, and number of the font, of
            each style after the first.
        fonts: markup of the fonts after the first.
        conditional: markup of `dxf`s.
        beside: relationships of the first sheet, and further parts.
        more: markup in the workbook before its sheets.
    """
    codes = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, (code, _) in enumerate(looks)
        if isinstance(code, str)
    )
    xfs = "".join(
        f'<xf numFmtId="{164 + n if isinstance(code, str) else code}" fontId="{font}"/>'
        for n, (code, font) in enumerate(looks)
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state, *_) in enumerate(sheets, 1)
    )
    targets = [("worksheet", f"sheets/{n}.xml") for n in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{RELATED}">{more}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets, ("styles", "styles.xml")),
        "xl/styles.xml": f'<styleSheet xmlns="{SHEETS}"><numFmts>{codes}</numFmts>'
        f'<fonts><font/>{fonts}</fonts><cellXfs><xf numFmtId="0"/>{xfs}</cellXfs>'
        f"<dxfs>{conditional}</dxfs></styleSheet>",
    }
    for n, (_, _, before, rows, after) in enumerate(sheets, 1):
        inside = f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"
        parts[f"xl/sheets/{n}.xml"] = f'<worksheet xmlns="{SHEETS}">{inside}</worksheet>'
    if beside:
        targets, more_parts = beside
        parts["xl/sheets/_rels/1.xml.rels"] = relations(*targets)
        parts |= more_parts
    return packed(parts)


def shape(words, *, more="", run="", box=(1, 1, 100, 100), fill=""):
    """A shape with words at a place of a slide of 1000 by 1000."""
    left, top, width, height = box
    properties = f"<a:rPr {run}" if run else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="7" name="a" {more}/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>{fill}</p:spPr>'
        f"<p:txBody><a:p><a:r>{properties}<a:t>{escape(words)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slides(*pages, beside=()):
    """A presentation: of each slide its attributes, its shapes, and markup after them.

    `beside` are parts that the first slide refers to: kind, name, content.
    """
    spaces = f'xmlns:p="{SLIDES}" xmlns:a="{DRAWN}" xmlns:r="{RELATED}"'
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(pages) + 1))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst>"
        '<p:sldSz cx="1000" cy="1000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            *(("slide", f"slides/{n}.xml") for n in range(1, len(pages) + 1))
        ),
    }
    for n, (attributes, shapes, after) in enumerate(pages, 1):
        parts[f"ppt/slides/{n}.xml"] = (
            f"<p:sld {spaces} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>{after}"
            "</p:sld>"
        )
    if beside:
        parts["ppt/slides/_rels/1.xml.rels"] = relations(
            *((kind, name) for kind, name, _ in beside)
        )
        parts |= {f"ppt/slides/{name}": f"<p:x {spaces}>{inner}</p:x>" for _, name, inner in beside}
    return packed(parts)
